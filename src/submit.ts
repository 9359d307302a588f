import { createHash } from 'node:crypto';
import { DeidBatchError } from './errors/deid-batch-error.ts';
import type { FoundJob, Submission, SubmitPorts, SubmitResult } from './submit/ports.ts';
import { type KnownJob, lookUpIntent, putUntilKnown, recheck } from './submit/put-job.ts';

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
  const { batch, job, body } = submission;
  const existing = submission.unresolved ? await lookUpIntent(ports, submission) : undefined;
  if (!existing && !submission.mayPut()) return { kind: 'withheld' };
  const known = existing ?? (await recheckAndPut(ports, submission));
  if (!known) return { kind: 'withheld' };
  if ('drift' in known) return { kind: 'drifted', drift: known.drift };
  const { found, adopted } = known;
  refuseOtherBody(found, { job, body });
  const { createdAt } = found.job;
  await ports.record({ type: 'submitted', batch: batch.id, job, adopted, createdAt });
  return { kind: 'submitted', job: found.job, adopted };
}

/** Undefined when, after the prefix was listed, the job is no longer wanted. */
async function recheckAndPut(
  ports: SubmitPorts,
  submission: Submission,
): Promise<KnownJob | undefined> {
  const { batch, body, attempt, job } = submission;
  const drift = await recheck(ports, submission);
  if (drift) return { drift };
  if (!submission.mayPut()) return undefined;
  const bodyDigest = createHash('sha256').update(body).digest('hex');
  await ports.record({ type: 'submitting', batch: batch.id, attempt, job, bodyDigest });
  return putUntilKnown(ports, submission);
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
