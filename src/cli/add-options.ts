import { type Command, InvalidArgumentError, Option } from 'commander';
import type { GivenOptions } from '../options/resolve.ts';
import { flagOf, OPTION_KEYS, type OptionKey, specOf, variableOf } from '../options/specs.ts';

/** What a command's flags say besides the options of a run. */
export interface CommandFlags extends GivenOptions {
  config?: string;
  dryRun?: boolean;
}

/** Gives a command every flag of the options. Values stay text; the options' schema reads them. */
export function addOptions(command: Command): Command {
  for (const key of OPTION_KEYS) command.addOption(toFlag(key));
  return command.option('--config <FILE>', 'configuration file (default: deid-batch.config.json)');
}

function toFlag(key: OptionKey): Option {
  const spec = specOf(key);
  const flag = flagOf(key);
  const variables = [variableOf(key), ...(spec.alsoEnv ?? [])].join(', ');
  const help = [spec.description, ...describeDefault(spec.default), `[${variables}]`].join(' ');
  if (spec.placeholder === undefined) return new Option(flag, help);
  const option = new Option(`${flag} <${spec.placeholder}>`, help);
  return spec.repeatable ? option.argParser(collect) : option.argParser(refuseEmpty);
}

/** Nothing where the default is to have none. */
function describeDefault(value: unknown): string[] {
  const shown = value === undefined || value === false ? '' : String(value);
  return shown === '' ? [] : [`(default: ${shown})`];
}

function collect(value: string, earlier: string[] | undefined): string[] {
  return [...(earlier ?? []), refuseEmpty(value)];
}

/** An empty value mostly is a variable of the shell that nobody set. */
function refuseEmpty(value: string): string {
  if (value === '') throw new InvalidArgumentError('empty');
  return value;
}
