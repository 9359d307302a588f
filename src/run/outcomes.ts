import { setMaxListeners } from 'node:events';
import { DeidBatchError, isDeidBatchError } from '../errors/deid-batch-error.ts';
import type { JobState, JobStatus } from '../model/job.ts';
import type { BatchOutcome } from '../model/journal-record.ts';
import type { Batch } from '../model/plan.ts';
import type { BatchState } from '../model/run-state.ts';
import { noDocuments } from '../model/verification.ts';
import type { Drift } from '../submit/recheck.ts';
import type { Verification } from '../verify.ts';

/** How a batch ended, by the last state of its job; undefined stands for a job that is gone. */
export function describeOutcome(job: JobStatus | undefined): BatchOutcome {
  switch (job?.state) {
    case 'succeeded':
    case 'failed':
    case 'canceled':
      return job.state;
    default:
      return 'gone';
  }
}

/** Whether something was begun with a batch that has not come to its end. */
export function isInFlight(batch: BatchState | undefined): boolean {
  return batch !== undefined && batch.step !== 'planned' && batch.step !== 'verified';
}

/** The body of an attempt: it may replace outputs where an earlier one may have written them. */
export function composeAttempt({ body }: Batch, state: BatchState | undefined): string {
  if (!state?.hasWritten) return body;
  const request = JSON.parse(body) as { targetLocation: { overwrite: boolean } };
  request.targetLocation.overwrite = true;
  return JSON.stringify(request);
}

/**
 * The job that an earlier process got an answer about; undefined when there is none, and then it is
 * to be submitted, or looked for.
 */
export function recallJob(batch: BatchState): JobStatus | undefined {
  const { step, job: name, createdAt, outcome, fault, state = 'notStarted' } = batch;
  if (step === 'submitting' || name === undefined || createdAt === undefined) return undefined;
  const last = outcome === undefined ? state : toJobState(outcome);
  return { name, createdAt, state: last, ...(fault ? { fault } : {}) };
}

function toJobState(outcome: BatchOutcome): JobState {
  return outcome === 'gone' || outcome === 'drifted' ? 'unknown' : outcome;
}

/** Whether the job shows that the service can list the source. */
export function isProof(job: JobStatus): boolean {
  return (job.summary !== undefined || job.state !== 'notStarted') && !isStorageDenied(job);
}

/** Whether the job failed because the service's own identity may not use the storage. */
export function isStorageDenied(job: JobStatus): boolean {
  return job.state === 'failed' && job.fault?.code === 'StorageAccessDenied';
}

export function serviceIdentityDenied({ source, target }: Batch): DeidBatchError {
  return new DeidBatchError(
    'ServiceIdentityDenied',
    `The de-identification service's own identity may not read ${source.location} or not write ${target.location}.`,
    {
      hint: 'Assign "Storage Blob Data Contributor" on both to the managed identity of the service (up to 10 minutes to work), and let the storage firewall pass trusted services.',
    },
  );
}

/** A batch that was not submitted: what changed counts as changed, all else as missing. */
export function countDrift(batch: Batch, { changed, added, findings }: Drift): Verification {
  const { documents } = batch;
  return {
    counts: {
      ...noDocuments(),
      planned: documents,
      changed,
      missing: documents - changed,
      unexpected: added,
    },
    findings,
  };
}

/** A batch that was not submitted, because the run was canceled before. */
export function countWithheld({ documents }: Batch): Verification {
  return { counts: { ...noDocuments(), planned: documents, canceled: documents }, findings: [] };
}

export function braked(): DeidBatchError {
  return new DeidBatchError(
    'FailureBrake',
    'More documents failed than --max-failures allows: nothing more was submitted.',
    { hint: 'Look at what failed. deid-batch resume goes on, with a higher --max-failures.' },
  );
}

/** A controller that aborts when `signal` does, always with a reason of ours. */
export function followSignal(signal: AbortSignal): AbortController {
  const controller = new AbortController();
  // Every request and every wait in flight listens; more than ten are no leak.
  setMaxListeners(0, controller.signal);
  const follow = () => controller.abort(toInterruption(signal.reason));
  if (signal.aborted) follow();
  else signal.addEventListener('abort', follow, { once: true });
  return controller;
}

function toInterruption(reason: unknown): DeidBatchError {
  if (isDeidBatchError(reason)) return reason;
  return new DeidBatchError('Interrupted', 'The run was interrupted; its state is saved.', {
    cause: reason,
  });
}
