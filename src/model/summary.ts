import type { RunStatus } from './journal-record.ts';
import type { Consistency } from './plan.ts';
import type { DocumentCounts } from './verification.ts';

/** The result of a run, as `run --json` prints it last and `Run.result()` returns it. */
export interface RunSummary {
  schemaVersion: 1;
  type: 'summary';
  runId: string;
  status: RunStatus;
  /** What the command line exits with (README, "Exit codes"). */
  exitCode: number;
  documents: DocumentCounts;
  batches: {
    planned: number;
    succeeded: number;
    failed: number;
    canceled: number;
    /** Not submitted, because their blobs had changed since the plan. */
    drifted: number;
    /** Not finished. */
    open: number;
  };
  /** Jobs that the service accepted. */
  jobs: { submitted: number };
  /** Bytes of the planned documents. */
  bytes: number;
  consistency: Consistency;
  startedAt: string;
  endedAt: string;
}
