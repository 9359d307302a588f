import { DeidBatchError } from '../errors/deid-batch-error.ts';
import type { StateStore } from '../journal/run-store.ts';
import type { StatePlace } from '../model/location.ts';
import {
  chooseOptions,
  type GivenOptions,
  type OptionSources,
  readOptions,
  refuseChanges,
} from '../options/resolve.ts';
import { parseState, type Settings, toSettings } from '../options/settings.ts';
import type { OptionValues } from '../options/specs.ts';

/** Where runs are kept and who looks; nothing else needs to be known to look at one. */
export function readStateOptions(
  sources: OptionSources,
): Omit<OptionValues, 'state'> & { state: StatePlace } {
  const placeholder = { source: '', target: '', service: '', pattern: [] };
  const values = readOptions(chooseOptions({ ...sources, run: placeholder }));
  return { ...values, state: parseState(values.state) };
}

/** The options of a run that was started before, with those that may change as they are now. */
export async function readStartedOptions(
  state: StateStore,
  { runId, sources }: { runId: string; sources: OptionSources },
): Promise<{ settings: Settings; fixed: GivenOptions }> {
  const { files } = await state.readRun(runId);
  const fixed = parseFixed(await files.readText('options.json'));
  const chosen = chooseOptions({ ...sources, run: fixed });
  refuseChanges(chosen, fixed);
  return { settings: toSettings(readOptions(chosen)), fixed };
}

function parseFixed(text: string | undefined): GivenOptions {
  if (text !== undefined) return parseOptions(text);
  throw new DeidBatchError('StateUnusable', 'The run has no options: it was lost as it began.', {
    hint: 'Nothing was submitted by it. Start a new run.',
  });
}

function parseOptions(text: string): GivenOptions {
  try {
    return JSON.parse(text) as GivenOptions;
  } catch (cause) {
    throw new DeidBatchError('StateUnusable', 'The options of the run are damaged.', {
      hint: 'Start a new run; the state of this one is not whole.',
      cause,
    });
  }
}
