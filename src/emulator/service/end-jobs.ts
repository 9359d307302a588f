import { isEnded } from './job-record.ts';
import { findVisibleJob } from './read-jobs.ts';
import { renderJob } from './render-job.ts';
import { createJsonResponse } from './responses.ts';
import type { OperationHandler } from './service-context.ts';
import { createFailure, createJobNotFound } from './service-failure.ts';

/**
 * `POST /jobs/{name}:cancel`. Answers `Canceled` at once (recorded); written outputs stay, and a job
 * that has ended is left as it is (specification).
 */
export const cancelJob: OperationHandler = async (request, context) => {
  const job = findVisibleJob(request.route.jobName, context);
  if (!isEnded(job)) {
    job.status = 'Canceled';
    job.endedAtMs = context.clock.nowMs();
    job.lastUpdatedAt = context.createTimestamp();
    await context.runner.halt(job);
  }
  return createJsonResponse(renderJob(job, request.version));
};

/** `DELETE /jobs/{name}`: 204, removes the record, never a blob (recorded). */
export const deleteJob: OperationHandler = async (request, context) => {
  const { deleteMissing, deleteRunning } = context.behaviour();
  const job = context.store.find(request.route.jobName);
  if (!job) {
    if (deleteMissing === 'notFound') throw createJobNotFound();
    return { status: 204 };
  }
  if (!isEnded(job)) {
    if (deleteRunning === 'conflict') {
      throw createFailure(409, 'JobNotTerminated', 'A job can be deleted when it has ended.');
    }
    if (deleteRunning === 'stop') await context.runner.halt(job);
  }
  context.store.remove(job.name);
  return { status: 204 };
};
