import type { JobState, ServiceFault } from './job.ts';
import type { DocumentCounts } from './verification.ts';

/** Why a batch needs nothing more. */
export type BatchOutcome = 'succeeded' | 'failed' | 'canceled' | 'drifted' | 'gone';

/** How a run stands. */
export type RunStatus = 'complete' | 'findings' | 'canceled' | 'incomplete' | 'failed';

/** What a journal record says; the journal adds `seq`, `epoch` and `at`. */
export type JournalEntry =
  | {
      type: 'run-created';
      schemaVersion: 1;
      runId: string;
      source: string;
      target: string;
      service: string;
    }
  /** Another holder has begun: what earlier ones write from now on does not count. */
  | { type: 'opened' }
  | { type: 'plan-sealed'; digest: string; batches: number; documents: number }
  /** The batch is done again, as a whole, in a job of its own. */
  | { type: 'retrying'; batch: string; attempt: number }
  | { type: 'submitting'; batch: string; attempt: number; job: string; bodyDigest: string }
  | { type: 'submitted'; batch: string; job: string; adopted: boolean; createdAt: string }
  | { type: 'state'; batch: string; job: string; state: JobState; total?: number }
  | {
      type: 'ended';
      batch: string;
      outcome: BatchOutcome;
      /** The service's creation time of the job; absent when nothing was submitted. */
      createdAt?: string;
      fault?: ServiceFault;
    }
  | { type: 'verified'; batch: string; counts: DocumentCounts; findings: number }
  | { type: 'run-ended'; status: RunStatus; exitCode: number };

/** One line of the journal. */
export type JournalRecord = JournalEntry & {
  /** 1, 2, ... without gaps. */
  seq: number;
  /** Which holder of the run wrote it. */
  epoch: number;
  /** ISO 8601, UTC. */
  at: string;
};
