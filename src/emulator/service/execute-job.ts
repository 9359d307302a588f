import { setMaxListeners } from 'node:events';
import type { Clock } from '../../clock.ts';
import type { Behaviour } from './behaviour.ts';
import { deidentifyDocument } from './deidentify-document.ts';
import { enumerateDocuments } from './enumerate-documents.ts';
import { JobFailure } from './job-failure.ts';
import { countDocuments, type JobRecord, type JobStatus } from './job-record.ts';
import type { OpenContainer } from './storage.ts';

/** Documents per second of one job up to which {@link PHASES_MS} hold; three take about 3 s. */
const DEFAULT_SPEED = 200;

/** Milliseconds of the parts of a job's life that do not depend on its documents. */
const PHASES_MS = {
  /** From acceptance to enumeration (recorded: about 1 to 3 s). */
  enumerate: 1000,
  /** From enumeration to Running (recorded: 5 to 65 s; shortened). */
  start: 1500,
  /** From the last document to the end. */
  finish: 500,
};

const DOCUMENT_CONCURRENCY = 8;
/** Documents between two updates of the counters; small jobs show none while Running (recorded). */
const SUMMARY_STEP_DOCUMENTS = 10;

/** What executing a job needs. */
export interface ExecutionContext {
  clock: Clock;
  /** Documents per second of one job. */
  speed: number;
  behaviour: () => Behaviour;
  openContainer: OpenContainer;
  createTimestamp: () => string;
  /** Aborted when the service stops. */
  shutdown: AbortSignal;
}

/**
 * Takes `job` from NotStarted to its end, on the record itself. Never rejects: whatever goes wrong
 * ends the job as Failed. A job whose signal aborts is left as whoever aborted it wants it.
 */
export async function executeJob(job: JobRecord, context: ExecutionContext): Promise<void> {
  const end = (status: JobStatus): void => {
    job.status = status;
    job.endedAtMs = context.clock.nowMs();
    job.lastUpdatedAt = context.createTimestamp();
  };
  try {
    await runPhases(job, context);
    job.abort.signal.throwIfAborted();
    end(decideFinalStatus(job, context.behaviour()));
  } catch (failure) {
    if (job.abort.signal.aborted) return;
    job.error =
      failure instanceof JobFailure
        ? failure.error
        : { code: 'InternalError', message: 'The emulator failed on this job.' };
    end('Failed');
  }
}

async function runPhases(job: JobRecord, context: ExecutionContext): Promise<void> {
  const { clock, openContainer, createTimestamp } = context;
  const { signal } = job.abort;
  // A faster service is faster in everything, so that tests on a real clock are quick.
  const pace = Math.min(1, DEFAULT_SPEED / context.speed);

  await clock.sleep(PHASES_MS.enumerate * pace, signal);
  const documents = await enumerateDocuments(job, openContainer, context.behaviour());
  signal.throwIfAborted();
  job.documents = documents;
  job.summary = countDocuments(job.documents);
  job.lastUpdatedAt = createTimestamp();

  await clock.sleep(PHASES_MS.start * pace, signal);
  job.status = 'Running';
  job.startedAt = createTimestamp();
  job.lastUpdatedAt = job.startedAt;

  await deidentifyDocuments(job, context);
  await clock.sleep(PHASES_MS.finish * pace, signal);
  job.summary = countDocuments(job.documents);
}

async function deidentifyDocuments(job: JobRecord, context: ExecutionContext): Promise<void> {
  const { clock, openContainer, createTimestamp } = context;
  const failed = new AbortController();
  const signal = AbortSignal.any([job.abort.signal, failed.signal]);
  // Every request of every worker listens; Node would warn of a leak from the eleventh on.
  setMaxListeners(0, signal);
  const startedMs = clock.monotonicMs();
  const queue = job.documents.entries();
  let finished = 0;

  const work = async (): Promise<void> => {
    for (const [index, document] of queue) {
      const dueMs = startedMs + ((index + 1) / context.speed) * 1000;
      const waitMs = dueMs - clock.monotonicMs();
      if (waitMs >= 1) await clock.sleep(waitMs, signal);
      signal.throwIfAborted();

      document.status = 'Running';
      const behaviour = context.behaviour();
      const { shutdown } = context;
      const documentContext = { openContainer, behaviour, signal, shutdown };
      Object.assign(document, await deidentifyDocument(job, document, documentContext));
      finished += 1;
      if (finished % SUMMARY_STEP_DOCUMENTS === 0 && !job.abort.signal.aborted) {
        job.summary = countDocuments(job.documents);
        job.lastUpdatedAt = createTimestamp();
      }
    }
  };

  // All workers come to rest before the job ends: nothing is written after that.
  const workers = Array.from({ length: DOCUMENT_CONCURRENCY }, () =>
    work().catch((failure: unknown) => failed.abort(failure)),
  );
  await Promise.all(workers);
  signal.throwIfAborted();
}

/** All failed is Failed (documented for the preview); some failed is a switch. */
function decideFinalStatus(job: JobRecord, behaviour: Behaviour): JobStatus {
  const { failed = 0, total = 0 } = job.summary ?? {};
  if (failed === 0) return 'Succeeded';
  const status = failed === total ? 'Failed' : behaviour.jobStatusWithFailures;
  if (status === 'Failed') {
    job.error = { code: 'DocumentsFailed', message: 'Some documents could not be processed.' };
  }
  return status;
}
