import { systemClock } from '../../clock.ts';
import { DeidBatchError } from '../../errors/deid-batch-error.ts';
import type { CommandFlags } from '../add-options.ts';
import { openCommandState } from '../load-options.ts';
import type { Terminal } from '../terminal.ts';
import { describeDriver } from './status.ts';

/** A holder shows that it is alive every 10 seconds, or every 15 in a blob container. */
const ALIVE_MS = 60_000;

/** Breaks the lock of a process that is gone. Returns the exit code. */
export async function unlockCommand(
  flags: CommandFlags & { force?: boolean },
  terminal: Terminal,
  runId: string,
): Promise<number> {
  const { force = false, ...options } = flags;
  const { state } = await openCommandState(options, terminal);
  const driver = await state.findDriver(runId);
  if (!driver) {
    terminal.note('Nobody drives the run; there is no lock to break.');
    return 0;
  }
  if (!force && systemClock.nowMs() - driver.seenAtMs < ALIVE_MS) {
    throw new DeidBatchError('LockHeld', `The run is driven by ${describeDriver(driver)}.`, {
      hint: 'End that process first. Where you are certain that it is gone, give --force.',
    });
  }
  await state.unlockRun(runId);
  terminal.note(
    `The lock of ${describeDriver(driver)} is broken. Go on with: deid-batch resume ${runId}`,
  );
  return 0;
}
