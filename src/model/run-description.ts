import type { RunStatus } from './journal-record.ts';
import type { DocumentCounts } from './verification.ts';

/** How far a run has come, as `runs` and `status` show it. */
export interface RunDescription {
  schemaVersion: 1;
  type: 'run';
  runId: string;
  /** `planned`: nothing was submitted yet. `open`: begun and not ended. */
  status: RunStatus | 'planned' | 'open';
  /** Container URLs. */
  source: string;
  target: string;
  startedAt: string;
  /** Absent until it has ended. */
  endedAt?: string;
  documents: DocumentCounts;
  batches: { planned: number } & BatchCounts;
}

/** Batches by how far they have come. */
export interface BatchCounts {
  waiting: number;
  /** Recorded as about to be submitted, and not known to have been. */
  submitting: number;
  inFlight: number;
  /** Their jobs have ended, and they are yet to be verified. */
  ended: number;
  verified: number;
}
