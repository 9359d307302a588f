import { connectState } from '../connect.ts';
import type { RunEvent } from '../model/event.ts';
import { EventChannel } from './event-channel.ts';
import { type RunOptions, resolveSurroundings } from './run-options.ts';
import { reopenSession } from './session.ts';
import { launchRun, type Run } from './start-run.ts';
import { readStartedOptions, readStateOptions } from './started-options.ts';

/** Options of a run that goes on; what decides what it does stays as it was. */
export type ResumeOptions = Partial<RunOptions>;

/**
 * Goes on with a run, from wherever it was left: only what is left is done, and no job is submitted
 * that the service already has. Concurrency, rates, timeouts, identity and logs may change.
 *
 * Throws RunNotFound, LockHeld when another process drives it, OptionChanged for an option that
 * would change what it does, and StateUnusable.
 */
export async function resumeRun(runId: string, options: ResumeOptions = {}): Promise<Run> {
  const { credential, signal, logger, clock, ...flags } = options;
  const surroundings = resolveSurroundings({ credential, signal, logger, clock });
  const sources = { flags, environment: {}, file: {} };
  const state = await connectState(readStateOptions(sources), surroundings);
  const { settings, fixed } = await readStartedOptions(state, { runId, sources });
  const channel = new EventChannel<RunEvent>();
  const session = await reopenSession(
    { settings, fixed, ...surroundings },
    { runId, emit: (event) => channel.push(event), besides: true },
  );
  return launchRun(session, () => session.readPlan(), channel);
}
