import { DeidBatchError } from '../../errors/deid-batch-error.ts';
import { isOpen } from '../../model/run-state.ts';
import type { CommandFlags } from '../add-options.ts';
import { openCommandState } from '../load-options.ts';
import type { Terminal } from '../terminal.ts';
import { foldRun } from './status.ts';

/** Removes all that is kept about a run, names included. Returns the exit code. */
export async function purgeCommand(
  flags: CommandFlags & { force?: boolean },
  terminal: Terminal,
  runId: string,
): Promise<number> {
  const { force = false, ...options } = flags;
  const { state } = await openCommandState(options, terminal);
  if (!force && isOpen(await foldRun(state, runId))) {
    throw new DeidBatchError(
      'RunUnfinished',
      'The run has not ended; without its state nobody knows which jobs it submitted.',
      { hint: 'Resume or cancel it first, or give --force.' },
    );
  }
  await state.purgeRun(runId);
  terminal.note(`Run ${runId} is removed from the state. Outputs in the target are left alone.`);
  return 0;
}
