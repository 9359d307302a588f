import type { JobState, ServiceFault } from './job.ts';
import type { BatchOutcome, JournalRecord, RunStatus } from './journal-record.ts';
import type { DocumentCounts } from './verification.ts';

/** What the journal says about one batch. */
export interface BatchState {
  step: 'planned' | 'submitting' | 'submitted' | 'ended' | 'verified';
  attempt: number;
  /** Whether an earlier attempt was submitted, and so may have left outputs. */
  hasWritten?: true;
  /** Name of the attempt's job. */
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
  /** Container URLs. */
  source: string;
  target: string;
  startedAt: string;
  endedAt?: string;
  status?: RunStatus;
  planDigest?: string;
  batchesPlanned: number;
  documentsPlanned: number;
  /** Jobs that the service accepted. */
  jobsSubmitted: number;
  /** Only batches that something happened to. */
  batches: Map<string, BatchState>;
}

/** The state of a run that has no records yet. */
export function emptyRunState(): RunState {
  return {
    runId: '',
    source: '',
    target: '',
    startedAt: '',
    batchesPlanned: 0,
    documentsPlanned: 0,
    jobsSubmitted: 0,
    batches: new Map(),
  };
}

/** Adds one record to the state, in place: the state of a run is the fold over its journal. */
export function applyRecord(run: RunState, record: JournalRecord): void {
  switch (record.type) {
    case 'run-created':
      run.runId = record.runId;
      run.source = record.source;
      run.target = record.target;
      run.startedAt = record.at;
      return;
    case 'opened':
      delete run.status;
      delete run.endedAt;
      return;
    case 'plan-sealed':
      run.planDigest = record.digest;
      run.batchesPlanned = record.batches;
      run.documentsPlanned = record.documents;
      return;
    case 'retrying':
      run.batches.set(record.batch, {
        step: 'planned',
        attempt: record.attempt,
        ...(mayHaveWritten(run.batches.get(record.batch)) ? { hasWritten: true } : {}),
      });
      return;
    case 'submitting':
      run.batches.set(record.batch, {
        ...(run.batches.get(record.batch)?.hasWritten ? { hasWritten: true } : {}),
        step: 'submitting',
        attempt: record.attempt,
        job: record.job,
      });
      return;
    case 'submitted':
      run.jobsSubmitted += 1;
      update(run, record.batch, { step: 'submitted', createdAt: record.createdAt });
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

function mayHaveWritten(batch: BatchState | undefined): boolean {
  return batch?.hasWritten === true || batch?.createdAt !== undefined;
}

/** Whether work was begun that has not come to its end: such a run is gone on with, not repeated. */
export function isOpen(run: RunState): boolean {
  return run.batches.size > 0 && run.status !== 'canceled' && hasOpenBatches(run);
}

/** Whether some batch has not come to its end. */
export function hasOpenBatches(run: Readonly<RunState>): boolean {
  let verified = 0;
  for (const { step } of run.batches.values()) if (step === 'verified') verified += 1;
  return verified < run.batchesPlanned;
}

function update(run: RunState, batch: string, change: Partial<BatchState>): void {
  run.batches.set(batch, { step: 'ended', attempt: 1, ...run.batches.get(batch), ...change });
}
