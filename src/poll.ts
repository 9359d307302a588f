import type { Clock } from './clock.ts';
import { isDeidBatchError } from './errors/deid-batch-error.ts';
import { isTerminal, type JobStatus } from './model/job.ts';
import { isOutage, MAX_OUTAGE_MS } from './outage.ts';

export interface PollPorts {
  jobs: {
    find(call: {
      name: string;
      signal: AbortSignal;
    }): Promise<{ job: JobStatus; retryAfterMs?: number } | undefined>;
    cancel(call: { name: string; signal: AbortSignal }): Promise<unknown>;
  };
  clock: Clock;
}

export interface PollRequest {
  /** Name of a job that the service accepted. */
  name: string;
  /** Aborting it ends the wait; the job goes on. */
  signal: AbortSignal;
  /** Aborting it asks the service to cancel the job; the wait goes on until it has ended. */
  canceling?: AbortSignal;
  /** Told about every answer, the terminal one included. */
  onStatus(job: JobStatus): Promise<void>;
}

/** The first look comes early: an access error or an empty selection shows within 1 to 2 s. */
const FIRST_DELAY_MS = 1_000;
const SECOND_DELAY_MS = 2_000;
const DELAY_GROWTH = 1.5;
const MAX_DELAY_MS = 30_000;
/** A job that was accepted may be invisible for this long. */
const INVISIBLE_MS = 60_000;
/** How often in a row the service says that it knows no such job before that is believed. */
const ABSENT_ANSWERS = 3;

/**
 * Looks at a job until it is in a terminal state. Returns undefined when the service no longer
 * knows the job. Throws ServiceUnavailable or UnexpectedAnswer after an hour without a usable
 * answer; the job goes on remotely.
 */
export async function pollJob(
  { jobs, clock }: PollPorts,
  { name, signal, canceling, onStatus }: PollRequest,
): Promise<JobStatus | undefined> {
  const startedMs = clock.monotonicMs();
  let answeredMs = startedMs;
  let seen = false;
  let absent = 0;
  let retryAfterMs: number | undefined;
  for (let poll = 1; ; poll += 1) {
    await sleepUntilCanceled(clock, choosePollDelay(poll, retryAfterMs), { signal, canceling });
    try {
      if (canceling?.aborted) await askToCancel(jobs, { name, signal });
      const found = await jobs.find({ name, signal });
      answeredMs = clock.monotonicMs();
      retryAfterMs = found?.retryAfterMs;
      if (found) {
        seen = true;
        absent = 0;
        await onStatus(found.job);
        if (isTerminal(found.job.state)) return found.job;
      } else {
        absent += 1;
        const isGone = absent >= ABSENT_ANSWERS && (seen || answeredMs - startedMs > INVISIBLE_MS);
        if (isGone) return undefined;
      }
    } catch (error) {
      if (!isOutage(error) || clock.monotonicMs() - answeredMs > MAX_OUTAGE_MS) throw error;
    }
  }
}

/**
 * A service that refuses to cancel may have its reasons, such as a job that has just ended; where
 * it does not answer it is asked again. Either way the job is looked at.
 */
async function askToCancel(
  jobs: PollPorts['jobs'],
  call: { name: string; signal: AbortSignal },
): Promise<void> {
  try {
    await jobs.cancel(call);
  } catch (error) {
    if (!isDeidBatchError(error, 'JobRejected') && !isOutage(error)) throw error;
  }
}

/**
 * The milliseconds before the given poll (1 is the first): what the service asked for, else 1 s,
 * then 2 s growing by half each time to 30 s.
 */
export function choosePollDelay(poll: number, retryAfterMs: number | undefined): number {
  if (poll === 1) return FIRST_DELAY_MS;
  const delayMs = retryAfterMs ?? SECOND_DELAY_MS * DELAY_GROWTH ** (poll - 2);
  return Math.min(Math.max(delayMs, FIRST_DELAY_MS), MAX_DELAY_MS);
}

/** Sleeps; being canceled ends the sleep early, but only the first time. */
async function sleepUntilCanceled(
  clock: Clock,
  ms: number,
  { signal, canceling }: { signal: AbortSignal; canceling: AbortSignal | undefined },
): Promise<void> {
  if (!canceling || canceling.aborted) return clock.sleep(ms, signal);
  try {
    await clock.sleep(ms, AbortSignal.any([signal, canceling]));
  } catch (error) {
    if (signal.aborted || !canceling.aborted) throw error;
  }
}
