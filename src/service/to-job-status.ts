import type { JobState, JobStatus, ProcessedDocument, ServiceFault } from '../model/job.ts';
import type { DocumentLocation, DocumentResource } from '../wire/document.ts';
import type { WireError } from '../wire/error-body.ts';
import type { JobResource } from '../wire/job.ts';

/** A job on the wire as the run sees it. */
export function toJobStatus(job: JobResource): JobStatus {
  const { name, createdAt, summary } = job;
  return {
    name,
    createdAt,
    state: toJobState(job.status),
    ...(job.error ? { fault: toFault(job.error) } : {}),
    ...(summary ? { summary } : {}),
  };
}

/** A document of a job on the wire as verification sees it. */
export function toProcessedDocument(document: DocumentResource): ProcessedDocument {
  return {
    input: toLocation(document.input),
    ...(document.output ? { output: toLocation(document.output) } : {}),
    state: toJobState(document.status),
    ...(document.error ? { fault: toFault(document.error) } : {}),
  };
}

function toJobState(status: string): JobState {
  switch (status.toLowerCase()) {
    case 'notstarted':
      return 'notStarted';
    case 'running':
      return 'running';
    case 'succeeded':
      return 'succeeded';
    case 'failed':
    // Gone from the stable version, but final where it appears; the documents tell the rest.
    case 'partialfailed':
      return 'failed';
    case 'canceled':
    case 'cancelled':
      return 'canceled';
    default:
      return 'unknown';
  }
}

/** Only the code: a message of the service may quote what it is about. */
function toFault({ code }: WireError): ServiceFault {
  return { code };
}

function toLocation({ location, etag }: DocumentLocation): { location: string; etag?: string } {
  return etag === undefined ? { location } : { location, etag: etag.replaceAll('"', '') };
}
