import { createHash } from 'node:crypto';
import { type Connection, connect, toPlanRequest } from '../connect.ts';
import { DeidBatchError, isDeidBatchError } from '../errors/deid-batch-error.ts';
import { newRunId } from '../journal/run-id.ts';
import type { RunStore } from '../journal/run-store.ts';
import type { RunEvent } from '../model/event.ts';
import type { Plan } from '../model/plan.ts';
import type { RunSummary } from '../model/summary.ts';
import type { Settings } from '../options/settings.ts';
import { planRetry } from '../run/plan-retry.ts';
import type { PlanRequest } from '../run/ports.ts';
import { readPlan } from '../run/sealed-plan.ts';
import { watchCancel } from '../run/watch-cancel.ts';
import { executePlan, preparePlan } from '../run.ts';
import type { ResolvedRunOptions } from './run-options.ts';
import { sliceOver, startTimeout, timedOut } from './timeout.ts';

/** One run in the hands of this process: to plan, to execute, to close. */
export interface Session {
  readonly runId: string;
  /** list -> match -> plan; when that fails, nothing is kept of the run. */
  plan(): Promise<Plan>;
  /** The plan that was sealed when the run was started. Throws StateUnusable when it is not whole. */
  readPlan(): Promise<Plan>;
  /** Has batches that did not come out as planned done again; returns their ids. */
  planRetry(): Promise<string[]>;
  /**
   * submit -> poll -> verify -> report, from where the journal ends. Aborting `canceling` cancels
   * the jobs in flight, as does a request that somebody left in the state.
   */
  execute(plan: Plan, canceling: AbortSignal): Promise<RunSummary>;
  /** The secret behind the ids that stand for names. */
  nameKey(): Promise<Uint8Array>;
  close(): Promise<void>;
  /** Removes the run from the state. */
  discard(): Promise<void>;
}

export type Emit = (event: RunEvent) => void;

export interface NewSession {
  emit: Emit;
  /** A run that is only planned leaves its source and target to others. */
  purpose: 'plan' | 'run';
  /** Whether it may start although an earlier run of the same source and target has not ended. */
  besides: boolean;
}

/** Opens a new run. Throws a usage error before anything is created or sent. */
export async function createSession(
  resolved: ResolvedRunOptions,
  { emit, purpose, besides }: NewSession,
): Promise<Session> {
  const request = toPlanRequest(resolved.settings, resolved.signal);
  const connection = await connect(resolved.settings, resolved);
  const runId = newRunId(resolved.clock);
  const scope = describeScope(resolved.settings);
  const store = await connection.state.createRun({ runId, scope, purpose, besides });
  await store.files.writeText('options.json', JSON.stringify(resolved.fixed));
  return openSession({ resolved, request, connection, store, emit });
}

/** Takes over a run that was planned or started before. Throws RunNotFound, LockHeld or RunOpen. */
export async function reopenSession(
  resolved: ResolvedRunOptions,
  { runId, emit, besides }: { runId: string; emit: Emit; besides: boolean },
): Promise<Session> {
  const request = toPlanRequest(resolved.settings, resolved.signal);
  const connection = await connect(resolved.settings, resolved);
  const store = await connection.state.openRun(runId, { besides });
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
        throw toUnplanned(error);
      }
    },
    readPlan: () => readPlan(store),
    planRetry: () => planRetry(store),
    async execute(plan, canceling) {
      const watch = await watchCancel(store, { clock, canceling });
      const timeout = startTimeout({ ms: settings.timeout, clock, error: timedOut });
      const slice = startTimeout({ ms: settings.maxDuration, clock, error: sliceOver });
      try {
        return await executePlan(ports, {
          plan,
          concurrency: settings.concurrency,
          outputNamesKnown: settings.operation !== 'tag',
          brake: { maxFailures: settings.maxFailures, minSample: settings.minSample },
          signal: AbortSignal.any([signal, timeout.signal, slice.signal]),
          canceling: watch.canceling,
        });
      } finally {
        timeout.stop();
        slice.stop();
        watch.stop();
      }
    },
    nameKey: () => connection.state.nameKey(),
    close: () => store.close(),
    discard: () => store.discard(),
  };
}

/** A run that was stopped before it had a plan: there is nothing to go on with. */
function toUnplanned(error: unknown): unknown {
  const stops = ['Interrupted', 'Terminated'] as const;
  if (!isDeidBatchError(error, ...stops)) return error;
  const { code, cause } = error;
  return new DeidBatchError(code, 'Stopped while listing and planning: nothing was submitted.', {
    hint: 'Nothing is kept of it; start again.',
    cause,
  });
}

/** Two runs with the same source and target would get in each other's way. */
function describeScope({ source, target }: Settings): string {
  const text = JSON.stringify([source, target.location, target.prefix]);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
