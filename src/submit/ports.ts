import type { Clock } from '../clock.ts';
import type { DeidBatchError } from '../errors/deid-batch-error.ts';
import type { Document } from '../model/document.ts';
import type { JobStatus } from '../model/job.ts';
import type { JournalEntry } from '../model/journal-record.ts';
import type { Lister } from '../model/lister.ts';
import type { Batch } from '../model/plan.ts';
import type { Drift } from './recheck.ts';

/** A job as the service shows it. */
export interface FoundJob {
  job: JobStatus;
  /** Whether the job was made from `body`. */
  isMadeFrom(body: string): boolean;
}

export type PutOutcome =
  | { kind: 'answered'; found: FoundJob }
  | { kind: 'conflict' }
  | { kind: 'throttled'; cause: DeidBatchError; retryAfterMs: number }
  | { kind: 'unknown'; cause: DeidBatchError };

export interface SubmitPorts {
  jobs: {
    put(call: {
      name: string;
      body: string;
      timeoutMs: number;
      signal: AbortSignal;
    }): Promise<PutOutcome>;
    find(call: { name: string; signal: AbortSignal }): Promise<FoundJob | undefined>;
  };
  /** The container that holds the batch's documents. */
  source: Lister;
  clock: Clock;
  /** Saves a journal record; what it says has not happened before this resolves. */
  record(entry: JournalEntry): Promise<void>;
  /** Throws unless this process drives the run and will for at least `ms` milliseconds. */
  confirmHold(ms: number): Promise<void>;
}

export interface Submission {
  batch: Batch;
  /** What is sent, byte for byte. */
  body: string;
  /** 1, 2, ... of the same batch. */
  attempt: number;
  /** Name of the job: used for this body and for no other, ever. */
  job: string;
  documents: ReadonlyMap<string, Document>;
  /** Whether the journal holds an intent to submit this job, but not what came of it. */
  unresolved: boolean;
  /** Whether a job may still be created. */
  mayPut(): boolean;
  signal: AbortSignal;
}

export type SubmitResult =
  /** Not sent, because that was no longer wanted. */
  | { kind: 'withheld' }
  | { kind: 'submitted'; job: JobStatus; adopted: boolean }
  | { kind: 'drifted'; drift: Drift };
