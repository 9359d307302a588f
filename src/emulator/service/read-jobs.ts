import { isEnded, type JobRecord } from './job-record.ts';
import { cutPage, readPageSize, readPosition, renderNextLink } from './paging.ts';
import { renderDocuments } from './render-document.ts';
import { renderJob } from './render-job.ts';
import { createJsonResponse } from './responses.ts';
import { decideRetryAfter } from './retry-after.ts';
import type { OperationHandler, ServiceContext, ServiceRequest } from './service-context.ts';
import { createJobNotFound } from './service-failure.ts';

/** `GET /jobs/{name}`: the only operation that answers with `Retry-After` (recorded). */
export const getJob: OperationHandler = (request, context) => {
  const job = findVisibleJob(request.route.jobName, context);
  const retryAfter = decideRetryAfter({
    ageMs: context.clock.nowMs() - job.acceptedAtMs,
    hintedPolls: job.hintedPolls,
    ended: isEnded(job),
  });
  if (retryAfter === undefined) return createJsonResponse(renderJob(job, request.version));
  job.hintedPolls += 1;
  return createJsonResponse(renderJob(job, request.version), { 'retry-after': String(retryAfter) });
};

/** `GET /jobs`: newest first (recorded). */
export const listJobs: OperationHandler = (request, context) => {
  const page = cutPage(context.store.list().filter(isVisibleAt(context.clock.nowMs())), {
    size: readPageSize(request.query, context.behaviour()),
    after: readPosition(request.query),
    position: (job) => -job.sequence,
  });
  return createJsonResponse({
    value: page.items.map((job) => renderJob(job, request.version)),
    ...renderNext('/jobs', page.lastPosition, request, context),
  });
};

/** `GET /jobs/{name}/documents`: empty until the service has enumerated. */
export const listDocuments: OperationHandler = (request, context) => {
  const job = findVisibleJob(request.route.jobName, context);
  const page = cutPage(renderDocuments(job, context.behaviour()), {
    size: readPageSize(request.query, context.behaviour()),
    after: readPosition(request.query),
    position: (_, index) => index,
  });
  return createJsonResponse({
    value: page.items,
    ...renderNext(`/jobs/${job.name}/documents`, page.lastPosition, request, context),
  });
};

/** The job `name`; throws 404 for none, and for one that reads do not find yet. */
export function findVisibleJob(name: string, context: ServiceContext): JobRecord {
  const job = context.store.find(name);
  if (!job || !isVisibleAt(context.clock.nowMs())(job)) throw createJobNotFound();
  return job;
}

function isVisibleAt(nowMs: number): (job: JobRecord) => boolean {
  return (job) => job.visibleFromMs <= nowMs;
}

function renderNext(
  path: string,
  position: number | undefined,
  request: ServiceRequest,
  context: ServiceContext,
): { nextLink?: string } {
  if (position === undefined) return {};
  const origin = context.origin();
  return { nextLink: renderNextLink({ origin, path, query: request.route.query, position }) };
}
