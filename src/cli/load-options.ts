import type { ResolvedRunOptions } from '../api/run-options.ts';
import { formatTimestamp, systemClock } from '../clock.ts';
import { chooseOptions, type ResolvedOption, readOptions } from '../options/resolve.ts';
import { toSettings } from '../options/settings.ts';
import type { OptionKey } from '../options/specs.ts';
import { createLogger } from '../telemetry/logger.ts';
import type { CommandFlags } from './add-options.ts';
import { readConfigFile } from './config-file.ts';
import type { Terminal } from './terminal.ts';

/** Every option as somebody gave it, with where that was. */
export async function chooseCommandOptions(
  flags: CommandFlags,
  { environment }: Terminal,
): Promise<Map<OptionKey, ResolvedOption>> {
  const { config, dryRun: _, ...given } = flags;
  return chooseOptions({ flags: given, environment, file: await readConfigFile(config) });
}

/** The options of a run, read and checked. */
export async function loadOptions(
  flags: CommandFlags,
  { terminal, signal }: { terminal: Terminal; signal: AbortSignal },
): Promise<ResolvedRunOptions> {
  const settings = toSettings(readOptions(await chooseCommandOptions(flags, terminal)));
  const logger = createLogger({
    level: settings.logLevel,
    write: (line) => terminal.note(line),
    now: () => formatTimestamp(systemClock.nowMs()),
  });
  return { settings, credential: undefined, signal, logger, clock: systemClock };
}
