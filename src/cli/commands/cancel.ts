import { isDeidBatchError } from '../../errors/deid-batch-error.ts';
import type { CommandFlags } from '../add-options.ts';
import { openCommandState } from '../load-options.ts';
import type { Terminal } from '../terminal.ts';
import { resumeCommand } from './resume.ts';

/**
 * Asks for a run to be canceled: whoever drives it obeys within seconds; when nobody does, this
 * process cancels the jobs in flight and verifies what is finished. Returns the exit code.
 */
export async function cancelCommand(
  flags: CommandFlags,
  terminal: Terminal,
  runId: string,
): Promise<number> {
  const { state } = await openCommandState(flags, terminal);
  await state.requestCancel(runId);
  try {
    return await resumeCommand(flags, terminal, runId);
  } catch (error) {
    if (!isDeidBatchError(error, 'LockHeld')) throw error;
    // The lock is that of the source and target: another run may have it.
    if (!(await state.findDriver(runId))) throw error;
    terminal.note('The process that drives the run was asked to cancel it; see deid-batch status.');
    return 0;
  }
}
