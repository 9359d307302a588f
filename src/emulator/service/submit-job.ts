import { randomBytes } from 'node:crypto';
import type { JobRequest } from '../../wire/job.ts';
import { isJobName } from '../../wire/job-name.ts';
import type { EmulatedResponse } from '../http.ts';
import type { JobRecord } from './job-record.ts';
import { parseJobRequest } from './parse-job-request.ts';
import { parseJsonBody } from './parse-json-body.ts';
import { renderJob } from './render-job.ts';
import { createJsonResponse } from './responses.ts';
import type { OperationHandler, ServiceContext, ServiceRequest } from './service-context.ts';
import { createFailure, createRouteNotFound, createValidationFailure } from './service-failure.ts';

/**
 * `PUT /jobs/{name}`. Always 200 when accepted, also for a job that is doomed: storage is looked at
 * later (recorded). What happens to a name that exists is a switch.
 */
export const submitJob: OperationHandler = async (request, context) => {
  const { jobName } = request.route;
  const { rePut, invalidName } = context.behaviour();
  if (!isJobName(jobName)) throw createInvalidName(invalidName);

  const jobRequest = parseJobRequest(parseJsonBody(request.body), request.version);
  const existing = context.store.find(jobName);
  if (existing && rePut === 'conflict') {
    throw createFailure(409, 'JobAlreadyExists', 'A job with this name exists already.');
  }
  if (existing && rePut === 'existing') return createAccepted(existing, request, context);

  const job = createJob(jobName, jobRequest, context);
  context.store.save(job);
  context.executions.push({
    name: jobName,
    request: jobRequest,
    acceptedAtMs: job.acceptedAtMs,
    requestedBy: request.caller.objectId,
  });
  const response = createAccepted(job, request, context);
  if (existing) await context.runner.halt(existing);
  context.runner.start(job);
  return response;
};

function createJob(name: string, request: JobRequest, context: ServiceContext): JobRecord {
  const acceptedAtMs = context.clock.nowMs();
  const createdAt = context.createTimestamp();
  return {
    name,
    sequence: context.executions.length + 1,
    request,
    acceptedAtMs,
    visibleFromMs: acceptedAtMs + context.behaviour().lateVisibilityMs,
    createdAt,
    lastUpdatedAt: createdAt,
    key: randomBytes(32),
    abort: new AbortController(),
    status: 'NotStarted',
    documents: [],
    hintedPolls: 0,
  };
}

function createAccepted(
  job: JobRecord,
  request: ServiceRequest,
  context: ServiceContext,
): EmulatedResponse {
  return createJsonResponse(renderJob(job, request.version), {
    'operation-location': `${context.origin()}/jobs/${job.name}?api-version=${request.version}`,
    'operation-id': job.name,
  });
}

function createInvalidName(form: 'validationFailed' | 'notFound'): Error {
  if (form === 'notFound') return createRouteNotFound();
  return createValidationFailure([
    { code: 'FieldInvalid', message: 'The name of the job is invalid.', target: 'name' },
  ]);
}
