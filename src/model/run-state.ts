import type { JobState, ServiceFault } from './job.ts';
import type { BatchOutcome, JournalRecord, RunStatus } from './journal-record.ts';
import type { DocumentCounts } from './verification.ts';

/** What the journal says about one batch. */
export interface BatchState {
  step: 'submitting' | 'submitted' | 'ended' | 'verified';
  job?: string;
  state?: JobState;
  outcome?: BatchOutcome;
  createdAt?: string;
  fault?: ServiceFault;
  counts?: DocumentCounts;
  findings?: number;
}

/** What the journal says about a run: the fold over its records. */
export interface RunState {
  runId: string;
  startedAt: string;
  endedAt?: string;
  status?: RunStatus;
  planDigest?: string;
  /** Jobs that the service accepted. */
  jobsSubmitted: number;
  /** Only batches that something happened to. */
  batches: Map<string, BatchState>;
}

/** The state of a run that has no records yet. */
export function emptyRunState(): RunState {
  return { runId: '', startedAt: '', jobsSubmitted: 0, batches: new Map() };
}

/** Adds one record to the state, in place: the state of a run is the fold over its journal. */
export function applyRecord(run: RunState, record: JournalRecord): void {
  switch (record.type) {
    case 'run-created':
      run.runId = record.runId;
      run.startedAt = record.at;
      return;
    case 'plan-sealed':
      run.planDigest = record.digest;
      return;
    case 'submitting':
      run.batches.set(record.batch, { step: 'submitting', job: record.job });
      return;
    case 'submitted':
      run.jobsSubmitted += 1;
      update(run, record.batch, { step: 'submitted' });
      return;
    case 'state':
      update(run, record.batch, { state: record.state });
      return;
    case 'ended':
      update(run, record.batch, {
        step: 'ended',
        outcome: record.outcome,
        ...(record.createdAt === undefined ? {} : { createdAt: record.createdAt }),
        ...(record.fault === undefined ? {} : { fault: record.fault }),
      });
      return;
    case 'verified':
      update(run, record.batch, {
        step: 'verified',
        counts: record.counts,
        findings: record.findings,
      });
      return;
    case 'run-ended':
      run.status = record.status;
      run.endedAt = record.at;
      return;
  }
}

function update(run: RunState, batch: string, change: Partial<BatchState>): void {
  run.batches.set(batch, { step: 'ended', ...run.batches.get(batch), ...change });
}
