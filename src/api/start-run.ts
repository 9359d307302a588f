import { DeidBatchError } from '../errors/deid-batch-error.ts';
import type { RunEvent } from '../model/event.ts';
import type { Plan } from '../model/plan.ts';
import type { RunSummary } from '../model/summary.ts';
import { EventChannel } from './event-channel.ts';
import { findOptionsOfPlan } from './plan-run.ts';
import { type RunOptions, resolveRunOptions } from './run-options.ts';
import { createSession, type Emit, reopenSession, type Session } from './session.ts';

/** A run in progress. Iterate over it for its events, from the first, as often as you like. */
export interface Run extends AsyncIterable<RunEvent> {
  readonly id: string;
  /**
   * The summary, when every batch came to an end, good or bad: look at `status`. Rejects with a
   * DeidBatchError when the run could not go on; its state is saved then.
   */
  result(): Promise<RunSummary>;
  /**
   * Submits nothing more and asks the service to cancel the jobs in flight; what is finished is
   * kept and verified. Resolves when the run has ended.
   */
  cancel(): Promise<void>;
}

/**
 * Starts a run: of a plan that {@link planRun} made in this process, or of options that are
 * planned first. Throws a usage error before anything is created or sent.
 */
export async function startRun(planOrOptions: Plan | RunOptions): Promise<Run> {
  const channel = new EventChannel<RunEvent>();
  const emit: Emit = (event) => channel.push(event);
  if (isPlan(planOrOptions)) {
    const session = await openPlan(planOrOptions, emit);
    return launchRun(session, () => session.readPlan(), channel);
  }
  const resolved = resolveRunOptions(planOrOptions);
  const besides = resolved.settings.new;
  const session = await createSession(resolved, { emit, purpose: 'run', besides });
  return launchRun(session, () => session.plan(), channel);
}

/** Executes the plan that `getPlan` gives, in the background. */
export function launchRun(
  session: Session,
  getPlan: () => Promise<Plan>,
  channel: EventChannel<RunEvent>,
): Run {
  const canceling = new AbortController();
  const drive = async () => {
    try {
      return await session.execute(await getPlan(), canceling.signal);
    } finally {
      await session.close();
      channel.close();
    }
  };
  const result = drive();
  // Whoever asks for the result gets the error; nobody asking is no crash.
  result.catch(() => {});
  return {
    id: session.runId,
    result: () => result,
    async cancel() {
      canceling.abort();
      await result.catch(() => {});
    },
    [Symbol.asyncIterator]: () => channel[Symbol.asyncIterator](),
  };
}

function isPlan(value: Plan | RunOptions): value is Plan {
  return 'digest' in value && 'batches' in value;
}

async function openPlan(plan: Plan, emit: Emit): Promise<Session> {
  const resolved = findOptionsOfPlan(plan);
  if (!resolved) {
    throw new DeidBatchError('InvalidOption', 'The plan was not made by planRun in this process.', {
      hint: 'Pass the object that planRun returned, not a copy of it.',
    });
  }
  if (startedPlans.has(plan)) {
    throw new DeidBatchError(
      'InvalidOption',
      'The plan was started before; a plan is for one run.',
      {
        hint: 'Call planRun again: a second run has a plan and job names of its own.',
      },
    );
  }
  const { runId } = plan;
  const session = await reopenSession(resolved, { runId, emit, besides: resolved.settings.new });
  startedPlans.add(plan);
  return session;
}

/** Its job names are used once, so that a plan can be started once. */
const startedPlans = new WeakSet<Plan>();
