import { type Connection, connect, toPlanRequest } from '../connect.ts';
import { DeidBatchError } from '../errors/deid-batch-error.ts';
import { newRunId } from '../journal/run-id.ts';
import type { RunStore } from '../journal/run-store.ts';
import type { RunEvent } from '../model/event.ts';
import type { Plan } from '../model/plan.ts';
import type { RunSummary } from '../model/summary.ts';
import { executePlan, type PlanRequest, preparePlan } from '../run.ts';
import type { ResolvedRunOptions } from './run-options.ts';

/** One run with its connections open: to plan, to execute, to close. */
export interface Session {
  readonly runId: string;
  /** list -> match -> plan; when that fails, nothing is kept of the run. */
  plan(): Promise<Plan>;
  /** submit -> poll -> verify -> report. Aborting `canceling` cancels the jobs in flight. */
  execute(plan: Plan, canceling: AbortSignal): Promise<RunSummary>;
  /** The secret behind the ids that stand for names. */
  nameKey(): Promise<Uint8Array>;
  close(): Promise<void>;
  /** Removes the run from the state. */
  discard(): Promise<void>;
}

export type Emit = (event: RunEvent) => void;

/** Opens a new run. Throws a usage error before anything is created or sent. */
export async function createSession(resolved: ResolvedRunOptions, emit: Emit): Promise<Session> {
  const request = toPlanRequest(resolved.settings, resolved.signal);
  const connection = await connect(resolved.settings, resolved);
  const store = await connection.state.createRun(newRunId(resolved.clock));
  return openSession({ resolved, request, connection, store, emit });
}

/** Opens the run of a plan that was made before. Throws RunNotFound. */
export async function reopenSession(
  resolved: ResolvedRunOptions,
  { runId, emit }: { runId: string; emit: Emit },
): Promise<Session> {
  const request = toPlanRequest(resolved.settings, resolved.signal);
  const connection = await connect(resolved.settings, resolved);
  const store = await connection.state.openRun(runId);
  return openSession({ resolved, request, connection, store, emit });
}

interface Opening {
  resolved: ResolvedRunOptions;
  request: PlanRequest;
  connection: Connection;
  store: RunStore;
  emit: Emit;
}

function openSession({ resolved, request, connection, store, emit }: Opening): Session {
  const { settings, clock, signal } = resolved;
  const ports = { ...connection, store, emit };
  return {
    runId: store.runId,
    async plan() {
      try {
        return await preparePlan(ports, request);
      } catch (error) {
        await store.discard();
        throw error;
      }
    },
    async execute(plan, canceling) {
      const timer = new AbortController();
      const waiting = startTimeout(timer, { ms: settings.timeout, clock });
      try {
        return await executePlan(ports, {
          plan,
          concurrency: settings.concurrency,
          outputNamesKnown: settings.operation !== 'tag',
          signal: AbortSignal.any([signal, timer.signal]),
          canceling,
        });
      } finally {
        waiting.abort();
      }
    },
    nameKey: () => connection.state.nameKey(),
    close: () => store.close(),
    discard: () => store.discard(),
  };
}

/** Aborts `timer` after `ms`; returns what ends the wait earlier. */
function startTimeout(
  timer: AbortController,
  { ms, clock }: { ms: number; clock: ResolvedRunOptions['clock'] },
): AbortController {
  const waiting = new AbortController();
  if (ms === Number.POSITIVE_INFINITY) return waiting;
  const timeOut = () =>
    timer.abort(
      new DeidBatchError('TimedOut', 'The time to wait is over; jobs go on in the service.', {
        hint: 'The state is saved. Give a longer --timeout.',
      }),
    );
  clock.sleep(ms, waiting.signal).then(timeOut, () => {});
  return waiting;
}
