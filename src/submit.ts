import { createHash } from 'node:crypto';
import type { Clock } from './clock.ts';
import { DeidBatchError, isDeidBatchError } from './errors/deid-batch-error.ts';
import type { Document } from './model/document.ts';
import type { JobStatus } from './model/job.ts';
import type { JournalEntry } from './model/journal-record.ts';
import type { Lister } from './model/lister.ts';
import type { Batch } from './model/plan.ts';
import { type Drift, findDrift } from './submit/recheck.ts';

/** A job as the service shows it. */
export interface FoundJob {
  job: JobStatus;
  /** Whether the job was made from `body`. */
  isMadeFrom(body: string): boolean;
}

export type PutOutcome =
  | { kind: 'answered'; found: FoundJob }
  | { kind: 'conflict' }
  | { kind: 'throttled'; cause: DeidBatchError; retryAfterMs: number }
  | { kind: 'unknown'; cause: DeidBatchError };

export interface SubmitPorts {
  jobs: {
    put(call: {
      name: string;
      body: string;
      timeoutMs: number;
      signal: AbortSignal;
    }): Promise<PutOutcome>;
    find(call: { name: string; signal: AbortSignal }): Promise<FoundJob | undefined>;
  };
  /** The container that holds the batch's documents. */
  source: Lister;
  clock: Clock;
  /** Saves a journal record; what it says has not happened before this resolves. */
  record(entry: JournalEntry): Promise<void>;
}

export interface Submission {
  batch: Batch;
  /** 1, 2, ... of the same batch. */
  attempt: number;
  /** Name of the job: used for this body and for no other, ever. */
  job: string;
  documents: ReadonlyMap<string, Document>;
  signal: AbortSignal;
}

export type SubmitResult =
  | { kind: 'submitted'; job: JobStatus; adopted: boolean }
  | { kind: 'drifted'; drift: Drift };

/** How long the service may take to answer a PUT before its outcome counts as unknown. */
export const PUT_TIMEOUT_MS = 30_000;
/** How long after that a request that is still on its way may start a job. */
const SETTLE_MS = 5_000;
/** When a job is looked for, counted from the first look: a fresh one may answer 404 for a while. */
const LOOKUP_DELAYS_MS = [0, 1_000, 2_000, 4_000, 8_000, 15_000];
/** How often one body is sent before the run gives up for now. */
const MAX_PUTS = 8;
const FIRST_THROTTLE_DELAY_MS = 1_000;
const MAX_THROTTLE_DELAY_MS = 120_000;

/**
 * Turns one batch into one job, at most once: checks that the prefix still holds exactly the
 * planned documents, records the intent, sends the request, records the outcome. When the outcome
 * is unknown it waits until the request can no longer have an effect, looks for the job by name,
 * and sends the same name and body again only when the service does not know it.
 *
 * Throws JobNameTaken when a job of that name was made from another body, and SubmissionUnknown or
 * ServiceUnavailable when the service stays out of reach; the intent is on record then.
 */
export async function submitBatch(
  ports: SubmitPorts,
  submission: Submission,
): Promise<SubmitResult> {
  const { batch, attempt, job } = submission;
  const drift = await recheck(ports, submission);
  if (drift) return { kind: 'drifted', drift };

  const bodyDigest = createHash('sha256').update(batch.body).digest('hex');
  await ports.record({ type: 'submitting', batch: batch.id, attempt, job, bodyDigest });
  const known = await putUntilKnown(ports, submission);
  if ('drift' in known) return { kind: 'drifted', drift: known.drift };
  const { found, adopted } = known;
  refuseOtherBody(found, { job, body: batch.body });
  await ports.record({ type: 'submitted', batch: batch.id, job, adopted });
  return { kind: 'submitted', job: found.job, adopted };
}

function recheck(
  { source }: SubmitPorts,
  { batch, documents, signal }: Submission,
): Promise<Drift | undefined> {
  return findDrift(source, { prefix: batch.source.prefix, documents, signal });
}

async function putUntilKnown(
  ports: SubmitPorts,
  submission: Submission,
): Promise<{ found: FoundJob; adopted: boolean } | { drift: Drift }> {
  const { batch, job: name, signal } = submission;
  const { jobs, clock } = ports;
  let cause: DeidBatchError | undefined;
  for (let put = 1; put <= MAX_PUTS; put += 1) {
    const startedMs = clock.monotonicMs();
    const outcome = await jobs.put({ name, body: batch.body, timeoutMs: PUT_TIMEOUT_MS, signal });
    if (outcome.kind === 'answered') return { found: outcome.found, adopted: false };

    if (outcome.kind === 'throttled') {
      const backoffMs = FIRST_THROTTLE_DELAY_MS * 2 ** (put - 1);
      const waitMs = Math.max(backoffMs, outcome.retryAfterMs);
      await clock.sleep(Math.min(waitMs, MAX_THROTTLE_DELAY_MS), signal);
    } else if (outcome.kind === 'unknown') {
      const passedMs = clock.monotonicMs() - startedMs;
      await clock.sleep(Math.max(0, PUT_TIMEOUT_MS + SETTLE_MS - passedMs), signal);
    }
    const found = await lookUp(ports, name, signal);
    if (found) return { found, adopted: true };
    // After a conflict there is a job already, and what it holds is settled.
    if (outcome.kind === 'conflict') continue;
    cause = outcome.cause;
    const drift = await recheck(ports, submission);
    if (drift) return { drift };
  }
  throw new DeidBatchError(
    'SubmissionUnknown',
    `It is unknown whether the service accepted job ${name}: it was sent ${MAX_PUTS} times and never seen.`,
    {
      hint: 'The intent is saved. Look at the state of the service before you start again.',
      cause,
    },
  );
}

/** Looks for a job by name, several times; undefined when the service knows none. */
async function lookUp(
  { jobs, clock }: SubmitPorts,
  name: string,
  signal: AbortSignal,
): Promise<FoundJob | undefined> {
  for (const delayMs of LOOKUP_DELAYS_MS) {
    await clock.sleep(delayMs, signal);
    try {
      const found = await jobs.find({ name, signal });
      if (found) return found;
    } catch (cause) {
      if (!isDeidBatchError(cause, 'ServiceUnavailable', 'UnexpectedAnswer')) throw cause;
      // Without an answer the job may exist, so nothing may be sent again.
      if (delayMs === LOOKUP_DELAYS_MS.at(-1)) {
        throw new DeidBatchError(
          'SubmissionUnknown',
          `It is unknown whether the service accepted job ${name}: it does not answer.`,
          { hint: 'The intent is saved; the job may be running in the service.', cause },
        );
      }
    }
  }
  return undefined;
}

/** Throws JobNameTaken unless the job that was found is the one that `body` makes. */
export function refuseOtherBody(
  found: FoundJob,
  { job, body }: { job: string; body: string },
): void {
  if (found.isMadeFrom(body)) return;
  throw new DeidBatchError(
    'JobNameTaken',
    `The service already has a job ${job} that was made from another request.`,
    { hint: 'Job names are used once. Give another name, or start a new run.' },
  );
}
