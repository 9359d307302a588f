import type { WireError } from '../../wire/error-body.ts';
import type { JobRequest, JobSummary } from '../../wire/job.ts';

/** States of the interface; `PartialFailed` exists for {@link Behaviour.jobStatusWithFailures} only. */
export type JobStatus =
  | 'NotStarted'
  | 'Running'
  | 'Succeeded'
  | 'Failed'
  | 'Canceled'
  | 'PartialFailed';

/** One document of a job, as the emulated service remembers it. */
export interface DocumentRecord {
  /** 36 characters in the form of a GUID, made of job and name. */
  readonly id: string;
  readonly name: string;
  /** At enumeration, without quotes. */
  readonly etag: string;
  readonly bytes: number;
  status: 'NotStarted' | 'Running' | 'Succeeded' | 'Failed';
  /** In the target container; the etag without quotes. */
  output?: { name: string; etag: string };
  error?: WireError;
}

/** One accepted job, as the emulated service remembers it. */
export interface JobRecord {
  readonly name: string;
  /** Grows with every accepted job. */
  readonly sequence: number;
  readonly request: JobRequest;
  readonly acceptedAtMs: number;
  /** Before this moment reads do not find the job. */
  readonly visibleFromMs: number;
  readonly createdAt: string;
  /** The scope of surrogates: the same key, the same surrogates. */
  readonly key: Uint8Array;
  /** Aborted when the job shall stop: canceled, deleted, replaced, or the service stops. */
  readonly abort: AbortController;
  status: JobStatus;
  error?: WireError;
  summary?: JobSummary;
  startedAt?: string;
  lastUpdatedAt: string;
  endedAtMs?: number;
  documents: DocumentRecord[];
  /** Reads answered with `Retry-After`, which grows with them. */
  hintedPolls: number;
}

/** Whether `job` has reached a state that it never leaves. */
export function isEnded(job: JobRecord): boolean {
  return job.status !== 'NotStarted' && job.status !== 'Running';
}

/** The counters over `documents`; `canceled` stays 0, as recorded. */
export function countDocuments(documents: readonly DocumentRecord[]): JobSummary {
  const succeeded = documents.filter(({ status }) => status === 'Succeeded');
  return {
    successful: succeeded.length,
    failed: documents.filter(({ status }) => status === 'Failed').length,
    canceled: 0,
    total: documents.length,
    bytesProcessed: succeeded.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}
