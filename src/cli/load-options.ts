import type { ResolvedRunOptions } from '../api/run-options.ts';
import { readStateOptions } from '../api/started-options.ts';
import { formatTimestamp, systemClock } from '../clock.ts';
import { openFolderState } from '../journal/open-folder-state.ts';
import type { StateStore } from '../journal/run-store.ts';
import {
  chooseOptions,
  type OptionSources,
  pickFixed,
  type ResolvedOption,
  readOptions,
} from '../options/resolve.ts';
import { toSettings } from '../options/settings.ts';
import type { OptionKey } from '../options/specs.ts';
import { createLogger } from '../telemetry/logger.ts';
import type { CommandFlags } from './add-options.ts';
import { readConfigFile } from './config-file.ts';
import type { Terminal } from './terminal.ts';

/** Every option as somebody gave it, with where that was. */
export async function chooseCommandOptions(
  flags: CommandFlags,
  terminal: Terminal,
): Promise<Map<OptionKey, ResolvedOption>> {
  return chooseOptions(await readSources(flags, terminal));
}

/** The options of a new run, read and checked. */
export async function loadOptions(
  flags: CommandFlags,
  context: { terminal: Terminal; signal: AbortSignal },
): Promise<ResolvedRunOptions> {
  const chosen = await chooseCommandOptions(flags, context.terminal);
  const settings = toSettings(readOptions(chosen));
  return resolveCommandOptions({ settings, fixed: pickFixed(chosen) }, context);
}

/** Options with what the command line brings along. */
export function resolveCommandOptions(
  { settings, fixed }: Pick<ResolvedRunOptions, 'settings' | 'fixed'>,
  { terminal, signal }: { terminal: Terminal; signal: AbortSignal },
): ResolvedRunOptions {
  const logger = createLogger({
    level: settings.logLevel,
    write: (line) => terminal.note(line),
    now: () => formatTimestamp(systemClock.nowMs()),
  });
  return { settings, fixed, credential: undefined, signal, logger, clock: systemClock };
}

/** The run state, for commands that need nothing else of the options. */
export async function openCommandState(
  flags: CommandFlags,
  terminal: Terminal,
): Promise<{ state: StateStore; sources: OptionSources }> {
  const sources = await readSources(flags, terminal);
  const options = readStateOptions(sources);
  if (options.state.kind === 'folder') {
    return { state: openFolderState(options.state.path, systemClock), sources };
  }
  // The SDKs are loaded only where they are needed.
  const { connectState } = await import('../connect.ts');
  const around = { credential: undefined, clock: systemClock };
  return { state: await connectState(options, around), sources };
}

/** Whether results are to be JSON. */
export function isJsonWanted(sources: OptionSources): boolean {
  return /^(true|1)$/.test(String(chooseOptions(sources).get('json')?.given));
}

async function readSources(flags: CommandFlags, { environment }: Terminal): Promise<OptionSources> {
  const { config, dryRun: _, ...given } = flags;
  return { flags: given, environment, file: await readConfigFile(config) };
}
