import { type ApiVersion, PREVIEW_API_VERSION } from '../../wire/api-version.ts';
import type { JobRequest } from '../../wire/job.ts';
import { DEFAULT_REDACTION_FORMAT } from './customizations.ts';
import type { JobRecord } from './job-record.ts';

/** A job as the service sends it: properties in the recorded order, absent ones left out. */
export function renderJob(job: JobRecord, version: ApiVersion): object {
  const { sourceLocation, targetLocation } = job.request;
  return {
    name: job.name,
    sourceLocation: {
      location: sourceLocation.location,
      prefix: sourceLocation.prefix,
      extensions: sourceLocation.extensions,
    },
    targetLocation: {
      location: targetLocation.location,
      prefix: targetLocation.prefix,
      overwrite: targetLocation.overwrite,
    },
    operation: job.request.operation,
    customizations: renderCustomizations(job.request, version),
    status: job.status,
    ...(job.error && { error: job.error }),
    ...(job.summary && { summary: job.summary }),
    createdAt: job.createdAt,
    ...(job.startedAt && { startedAt: job.startedAt }),
    lastUpdatedAt: job.lastUpdatedAt,
  };
}

/** Surrogate echoes its locale, Redact its format and an explicit null (recorded; Tag is derived). */
function renderCustomizations(request: JobRequest, version: ApiVersion): object {
  const { redactionFormat, surrogateLocale, inputLocale } = request.customizations ?? {};
  const format = redactionFormat ?? DEFAULT_REDACTION_FORMAT;
  return {
    ...(request.operation === 'Redact' && { redactionFormat: format }),
    surrogateLocale: request.operation === 'Surrogate' ? surrogateLocale : null,
    ...(version === PREVIEW_API_VERSION && { inputLocale: inputLocale ?? 'en-US' }),
  };
}
