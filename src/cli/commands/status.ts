import { systemClock } from '../../clock.ts';
import { isDeidBatchError } from '../../errors/deid-batch-error.ts';
import type { Driver, StateStore } from '../../journal/run-store.ts';
import type { RunDescription } from '../../model/run-description.ts';
import { applyRecord, emptyRunState, isOpen, type RunState } from '../../model/run-state.ts';
import { renderRuns, renderStatus } from '../../render/runs-text.ts';
import { describeRun } from '../../report/describe-run.ts';
import type { CommandFlags } from '../add-options.ts';
import { isJsonWanted, openCommandState } from '../load-options.ts';
import type { Terminal } from '../terminal.ts';

/** Lists all runs that can be read. Returns the exit code. */
export async function runsCommand(flags: CommandFlags, terminal: Terminal): Promise<number> {
  const { state, sources } = await openCommandState(flags, terminal);
  const runs: RunDescription[] = [];
  let exitCode = 0;
  for (const runId of await state.listRuns()) {
    try {
      runs.push(describeRun(await foldRun(state, runId)));
    } catch (error) {
      // One that is damaged or newer hides none of the others.
      if (!isDeidBatchError(error, 'StateUnusable', 'StateNewer')) throw error;
      exitCode = error.exitCode;
      terminal.note(`Run ${runId} cannot be shown: ${error.message}`);
    }
  }
  if (isJsonWanted(sources)) for (const run of runs) terminal.print(JSON.stringify(run));
  else terminal.print(renderRuns(runs));
  return exitCode;
}

/** Shows how far a run has come, by default the latest one. Returns the exit code. */
export async function statusCommand(
  flags: CommandFlags,
  terminal: Terminal,
  given: string,
): Promise<number> {
  const { state, sources } = await openCommandState(flags, terminal);
  const runId = given === '' ? ((await state.listRuns()).at(-1) ?? '') : given;
  const driver = await state.findDriver(runId);
  const run = await foldRun(state, runId);
  const description = describeRun(run);
  if (isJsonWanted(sources)) {
    terminal.print(JSON.stringify({ ...description, ...(driver ? { driver } : {}) }));
  } else {
    const shown = driver && describeDriver(driver);
    terminal.print(renderStatus(description, { driver: shown, isOpen: isOpen(run) }));
  }
  return 0;
}

/** What the journal of a run amounts to. Throws RunNotFound. */
export async function foldRun(state: StateStore, runId: string): Promise<RunState> {
  const run = { ...emptyRunState(), runId };
  for await (const record of (await state.readRun(runId)).readJournal()) applyRecord(run, record);
  return run;
}

/** A process in words, with the time since it showed that it is alive. */
export function describeDriver({ pid, host, seenAtMs }: Driver): string {
  const seconds = Math.max(0, Math.round((systemClock.nowMs() - seenAtMs) / 1_000));
  return `process ${pid} on ${host}, last seen ${seconds} s ago`;
}
