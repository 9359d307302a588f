import type { PipelineResponse } from '@azure/core-rest-pipeline';
import { type DeidBatchError, isDeidBatchError } from '../errors/deid-batch-error.ts';
import type { JobStatus, ProcessedDocument } from '../model/job.ts';
import type { ApiVersion } from '../wire/api-version.ts';
import { parseDocumentPage } from '../wire/document.ts';
import { type JobRequest, parseJob } from '../wire/job.ts';
import { isSameRequest } from '../wire/same-request.ts';
import type { ServiceConnection } from './pipeline.ts';
import { parseRetryAfter } from './retry-after.ts';
import { readErrorCode, understandBody, unexpectedAnswer } from './service-error.ts';
import { toJobStatus, toProcessedDocument } from './to-job-status.ts';
import { createTransport } from './transport.ts';

/** How sending a job went. Whatever may have started work without saying so is `unknown`. */
export type PutOutcome =
  | { kind: 'answered'; found: FoundJob }
  | { kind: 'conflict' }
  | { kind: 'throttled'; cause: DeidBatchError; retryAfterMs: number }
  | { kind: 'unknown'; cause: DeidBatchError };

/** A job as the service showed it. */
export interface FoundJob {
  job: JobStatus;
  /** What `Retry-After` asked for; undefined without it. */
  retryAfterMs?: number;
  /** Whether the job was made from `body`. */
  isMadeFrom(body: string): boolean;
}

interface JobCall {
  name: string;
  signal: AbortSignal;
}

/**
 * The service's job routes. All throw ServiceAccessDenied, JobRejected, HostNotFound and
 * CertificateNotTrusted; ServiceUnavailable and UnexpectedAnswer where a repetition may help.
 */
export interface JobClient {
  /** Sends a job once, never again by itself. */
  put(call: JobCall & { body: string; timeoutMs: number }): Promise<PutOutcome>;
  /** The job, or undefined when there is none of that name. */
  find(call: JobCall): Promise<FoundJob | undefined>;
  /** What the service did with each document of the job, page by page; none without such a job. */
  listDocuments(call: JobCall): AsyncIterable<ProcessedDocument[]>;
  /** Removes the service's record of the job; none is no error. Its outputs stay. */
  remove(call: JobCall): Promise<void>;
  /** Asks the service to stop the job; returns its state, or undefined without such a job. */
  cancel(call: JobCall): Promise<JobStatus | undefined>;
}

/** Asked for in one page; a service that gives fewer is followed all the same. */
const DOCUMENTS_PER_PAGE = 1_000;

export function createJobClient(
  connection: ServiceConnection & { apiVersion: ApiVersion },
): JobClient {
  const { endpoint, clock, apiVersion } = connection;
  const transport = createTransport(connection);
  const jobUrl = (name: string, rest = '') =>
    `${endpoint}/jobs/${encodeURIComponent(name)}${rest}?api-version=${apiVersion}`;

  function readJob(response: PipelineResponse): FoundJob {
    const resource = understandBody(response, parseJob);
    const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'), clock.nowMs());
    return {
      job: toJobStatus(resource),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      isMadeFrom: (body) => isSameRequest(JSON.parse(body) as JobRequest, resource),
    };
  }

  return {
    async put({ name, body, timeoutMs, signal }) {
      const doing = 'create a job';
      const url = jobUrl(name);
      try {
        const response = await transport.send({ method: 'PUT', url, body, timeoutMs, signal });
        if (response.status === 409) return { kind: 'conflict' };
        if (response.status === 200 || response.status === 201) {
          return { kind: 'answered', found: readJob(response) };
        }
        const cause = transport.explain(response, doing);
        if (response.status !== 429) throw cause;
        const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'), clock.nowMs());
        return { kind: 'throttled', cause, retryAfterMs: retryAfterMs ?? 0 };
      } catch (error) {
        // An answer that cannot be read may well be that of a job that was accepted.
        if (!isDeidBatchError(error, 'ServiceUnavailable', 'UnexpectedAnswer')) throw error;
        return { kind: 'unknown', cause: error };
      }
    },

    async find({ name, signal }) {
      const response = await transport.send({ method: 'GET', url: jobUrl(name), signal });
      if (isNoSuchJob(response)) return undefined;
      if (response.status !== 200) throw transport.explain(response, 'read a job');
      return readJob(response);
    },

    async *listDocuments({ name, signal }) {
      let url: string | undefined =
        `${jobUrl(name, '/documents')}&maxpagesize=${DOCUMENTS_PER_PAGE}`;
      const seen = new Set<string>();
      while (url !== undefined) {
        if (seen.has(url)) throw unexpectedAnswer('The service repeats a page of documents.');
        seen.add(url);
        const response = await transport.send({ method: 'GET', url, signal });
        if (isNoSuchJob(response)) return;
        if (response.status !== 200) throw transport.explain(response, "list a job's documents");
        const page = understandBody(response, parseDocumentPage);
        yield page.value.map(toProcessedDocument);
        url = page.nextLink;
        if (url !== undefined) refuseOtherOrigin(url, endpoint);
      }
    },

    async remove({ name, signal }) {
      const response = await transport.send({ method: 'DELETE', url: jobUrl(name), signal });
      if (response.status !== 204 && !isNoSuchJob(response)) {
        throw transport.explain(response, 'remove the record of a job');
      }
    },

    async cancel({ name, signal }) {
      const url = jobUrl(name, ':cancel');
      const response = await transport.send({ method: 'POST', url, signal });
      if (isNoSuchJob(response)) return undefined;
      if (response.status !== 200) throw transport.explain(response, 'cancel a job');
      return readJob(response).job;
    },
  };
}

/**
 * Whether the service itself says that it knows no such job. A gateway in front of it may answer
 * 404 as well, and a job that is only out of reach must not be sent a second time.
 */
function isNoSuchJob(response: PipelineResponse): boolean {
  if (response.status !== 404) return false;
  if (readErrorCode(response) !== undefined) return true;
  throw unexpectedAnswer('The service answered HTTP 404 without an error of its own.');
}

/** The next page is asked for with a token, so it must lie where the token belongs. */
function refuseOtherOrigin(link: string, endpoint: string): void {
  // URL leaves out a port that is the scheme's own, so `:443` in the link makes no difference.
  if (URL.canParse(link) && new URL(link).origin === new URL(endpoint).origin) return;
  throw unexpectedAnswer('The service points to another host for the next page of documents.');
}
