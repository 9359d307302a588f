import { DeidBatchError } from '../errors/deid-batch-error.ts';
import {
  flagOf,
  OPTION_KEYS,
  type OptionKey,
  type OptionValues,
  specOf,
  variableOf,
} from './specs.ts';

/** Where the value of an option comes from. */
export type Origin = 'flag' | 'environment' | 'file' | 'run' | 'default';

/** Values as somebody gave them, by option key. */
export type GivenOptions = Partial<Record<OptionKey, unknown>>;

export interface OptionSources {
  /** Flags, or the options of a library call. */
  flags: GivenOptions;
  environment: Readonly<Record<string, string | undefined>>;
  file: GivenOptions;
  /** What the run was started with, where one goes on. */
  run?: GivenOptions;
}

export interface ResolvedOption {
  /** As it was given. */
  given: unknown;
  origin: Origin;
}

/** The value of each option that has one: flag before environment before file before default. */
export function chooseOptions(sources: OptionSources): Map<OptionKey, ResolvedOption> {
  const chosen = new Map<OptionKey, ResolvedOption>();
  for (const key of OPTION_KEYS) {
    const option = chooseOption(key, sources);
    if (option) chosen.set(key, option);
  }
  return chosen;
}

function chooseOption(key: OptionKey, sources: OptionSources): ResolvedOption | undefined {
  const spec = specOf(key);
  if (sources.flags[key] !== undefined) return { given: sources.flags[key], origin: 'flag' };
  // What a run was started with outlives the environment: a flag may have won over it then.
  const started = sources.run?.[key];
  if (spec.fixed && started !== undefined) return { given: started, origin: 'run' };
  for (const variable of [variableOf(key), ...(spec.alsoEnv ?? [])]) {
    const given = sources.environment[variable];
    if (given !== undefined && given !== '') return { given, origin: 'environment' };
  }
  if (sources.file[key] !== undefined) return { given: sources.file[key], origin: 'file' };
  return spec.default === undefined ? undefined : { given: spec.default, origin: 'default' };
}

/**
 * Reads and checks every value. Throws MissingOption, which names all that are missing at once,
 * or InvalidOption, which says what the option takes and never what it was given.
 */
export function readOptions(chosen: ReadonlyMap<OptionKey, ResolvedOption>): OptionValues {
  const missing = OPTION_KEYS.filter((key) => !chosen.has(key));
  if (missing.length > 0) throw missingOptions(missing);
  const values = OPTION_KEYS.map((key) => [key, readOption(key, chosen.get(key))]);
  return Object.fromEntries(values) as OptionValues;
}

/** The options that decide what a run does, as they were given: what going on with it needs. */
export function pickFixed(chosen: ReadonlyMap<OptionKey, ResolvedOption>): GivenOptions {
  const fixed = OPTION_KEYS.filter((key) => specOf(key).fixed && chosen.has(key));
  return Object.fromEntries(fixed.map((key) => [key, chosen.get(key)?.given]));
}

/** Throws OptionChanged, which names the options that differ from those the run was started with. */
export function refuseChanges(
  chosen: ReadonlyMap<OptionKey, ResolvedOption>,
  started: GivenOptions,
): void {
  const changed = OPTION_KEYS.filter((key) => {
    const option = chosen.get(key);
    if (!specOf(key).fixed || !option || option.origin === 'run') return false;
    const before = readOption(key, { given: started[key], origin: 'run' });
    return JSON.stringify(readOption(key, option)) !== JSON.stringify(before);
  });
  if (changed.length === 0) return;
  throw new DeidBatchError(
    'OptionChanged',
    `The run was started with other values of ${changed.map(flagOf).join(', ')}.`,
    { hint: 'Leave them out: a run goes on with what it was started with. Or start a new run.' },
  );
}

function readOption(key: OptionKey, option: ResolvedOption | undefined): unknown {
  const { schema } = specOf(key);
  const parsed = schema.safeParse(option?.given);
  if (parsed.success) return parsed.data;
  const expected = schema.description ?? parsed.error.issues[0]?.message ?? 'another value';
  throw new DeidBatchError(
    'InvalidOption',
    `${flagOf(key)} (from ${describeOrigin(option?.origin)}) has a value that it cannot take.`,
    { hint: `It takes ${expected}.` },
  );
}

function describeOrigin(origin: Origin | undefined): string {
  switch (origin) {
    case 'flag':
      return 'the call';
    case 'environment':
      return 'the environment';
    case 'file':
      return 'the configuration file';
    case 'run':
      return 'the start of the run';
    case 'default':
    case undefined:
      return 'the defaults';
  }
}

function missingOptions(missing: readonly OptionKey[]): DeidBatchError {
  const names = missing.map(flagOf).join(', ');
  return new DeidBatchError('MissingOption', `Missing: ${names}.`, {
    hint: `Give ${missing.length === 1 ? 'it' : 'them'} as flags, in the environment (${missing.map(variableOf).join(', ')}), or in the configuration file.`,
  });
}
