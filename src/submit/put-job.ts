import type { Clock } from '../clock.ts';
import { DeidBatchError } from '../errors/deid-batch-error.ts';
import { isOutage, waitOutOutage } from '../outage.ts';
import type { FoundJob, Submission, SubmitPorts } from './ports.ts';
import { type Drift, findDrift } from './recheck.ts';

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

/** What is known of a job: it is there, or its blobs have changed before it was. */
export type KnownJob = { found: FoundJob; adopted: boolean } | { drift: Drift };

/** How long a run that is stopped waits for the answer to a request that is on its way. */
const GRACE_MS = 5_000;

/** Compares the prefix with the manifest; undefined means that nothing has changed. */
export function recheck(
  { source, clock }: SubmitPorts,
  { batch, documents, signal }: Submission,
): Promise<Drift | undefined> {
  const request = { prefix: batch.source.prefix, documents, signal };
  return waitOutOutage({ clock, signal }, () => findDrift(source, request));
}

/** What became of a request that a process sent, or was about to send, before it was lost. */
export async function lookUpIntent(
  ports: SubmitPorts,
  { job: name, signal }: Submission,
): Promise<KnownJob | undefined> {
  const found = await lookUp(ports, { name, signal, delaysMs: [0] });
  if (found) return { found, adopted: true };
  // It may still be on its way.
  await ports.clock.sleep(PUT_TIMEOUT_MS + SETTLE_MS, signal);
  const late = await lookUp(ports, { name, signal, delaysMs: LOOKUP_DELAYS_MS });
  return late && { found: late, adopted: true };
}

/**
 * Sends the job until it is known to exist. Throws SubmissionUnknown when that does not become
 * known, and ServiceUnavailable while the service throttles without end.
 */
export async function putUntilKnown(ports: SubmitPorts, submission: Submission): Promise<KnownJob> {
  const { body, job: name, signal } = submission;
  const { jobs, clock } = ports;
  let cause: DeidBatchError | undefined;
  for (let put = 1; put <= MAX_PUTS; put += 1) {
    // A process that was frozen since its last record may have been overtaken.
    await ports.confirmHold(PUT_TIMEOUT_MS);
    const grace = startGrace(signal, clock);
    const outcome = await jobs
      .put({ name, body, timeoutMs: PUT_TIMEOUT_MS, signal: grace.signal })
      .finally(grace.stop);
    if (outcome.kind === 'answered') return { found: outcome.found, adopted: false };

    if (outcome.kind === 'throttled') {
      const backoffMs = FIRST_THROTTLE_DELAY_MS * 2 ** (put - 1);
      const waitMs = Math.max(backoffMs, outcome.retryAfterMs);
      await clock.sleep(Math.min(waitMs, MAX_THROTTLE_DELAY_MS), signal);
    } else if (outcome.kind === 'unknown') {
      // In full, since only the service knows when the request reached it.
      await clock.sleep(PUT_TIMEOUT_MS + SETTLE_MS, signal);
    }
    const found = await lookUp(ports, { name, signal, delaysMs: LOOKUP_DELAYS_MS });
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

/** A signal that aborts a little after the given one, until it is stopped. */
function startGrace(signal: AbortSignal, clock: Clock): { signal: AbortSignal; stop(): void } {
  const late = new AbortController();
  const stopping = new AbortController();
  const follow = () => {
    clock.sleep(GRACE_MS, stopping.signal).then(
      () => late.abort(signal.reason),
      () => {},
    );
  };
  if (signal.aborted) follow();
  else signal.addEventListener('abort', follow, { once: true, signal: stopping.signal });
  return { signal: late.signal, stop: () => stopping.abort() };
}

interface LookUp {
  name: string;
  signal: AbortSignal;
  /** The wait before each look. */
  delaysMs: readonly number[];
}

/** Looks for a job by name; undefined when the service answers that it knows none. */
async function lookUp(
  { jobs, clock }: SubmitPorts,
  { name, signal, delaysMs }: LookUp,
): Promise<FoundJob | undefined> {
  for (const delayMs of delaysMs) {
    await clock.sleep(delayMs, signal);
    try {
      const found = await waitOutOutage({ clock, signal }, () => jobs.find({ name, signal }));
      if (found) return found;
    } catch (cause) {
      if (!isOutage(cause)) throw cause;
      // Without an answer the job may exist, so nothing may be sent again.
      throw new DeidBatchError(
        'SubmissionUnknown',
        `It is unknown whether the service accepted job ${name}: it does not answer.`,
        { hint: 'The intent is saved; the job may be running in the service.', cause },
      );
    }
  }
  return undefined;
}
