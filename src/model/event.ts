import type { JobState, ServiceFault } from './job.ts';
import type { BatchOutcome } from './journal-record.ts';
import type { Plan } from './plan.ts';
import type { RunSummary } from './summary.ts';
import type { DocumentCounts } from './verification.ts';

/** What a run tells while it works. Events carry no blob names, except the plan's prefixes. */
export type RunEvent =
  | { type: 'listing'; runId: string; listed: number; documents: number }
  | { type: 'planned'; runId: string; plan: Plan }
  | { type: 'submitted'; batch: string; job: string; adopted: boolean }
  | { type: 'state'; batch: string; job: string; state: JobState; done?: number; total?: number }
  | { type: 'ended'; batch: string; outcome: BatchOutcome; fault?: ServiceFault }
  | { type: 'verified'; batch: string; counts: DocumentCounts; findings: number }
  | { type: 'finished'; summary: RunSummary; summaryFile: string };
