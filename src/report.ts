import { EXIT, type ExitCode } from './errors/codes.ts';
import type { RunStatus } from './model/journal-record.ts';
import type { Plan } from './model/plan.ts';
import type { RunState } from './model/run-state.ts';
import type { RunSummary } from './model/summary.ts';
import { addCounts, type DocumentCounts, noDocuments } from './model/verification.ts';

export interface SummaryFacts {
  plan: Plan;
  endedAt: string;
  /** What stopped the run before every batch was verified; undefined when nothing did. */
  stop: Stop | undefined;
  /** Whether the run was asked to cancel. */
  canceled: boolean;
}

export interface Stop {
  exitCode: ExitCode;
}

/** The result of a run, from its journal and its plan. */
export function summariseRun(
  run: RunState,
  { plan, endedAt, stop, canceled }: SummaryFacts,
): RunSummary {
  const documents = countDocuments(run, { plan, canceled });
  const batches = countBatches(run, plan);
  const jobs = run.jobsSubmitted;
  const drift = batches.drifted > 0 && nothingSent(run);
  const { status, exitCode } = judgeRun({ documents, batches, drift, stop, canceled });
  return {
    schemaVersion: 1,
    type: 'summary',
    runId: run.runId,
    status,
    exitCode,
    documents,
    batches,
    jobs: { submitted: jobs },
    bytes: plan.selection.bytes,
    consistency: plan.consistency,
    startedAt: run.startedAt,
    endedAt,
  };
}

/** Documents of batches that a cancel kept from being submitted count as canceled. */
function countDocuments(
  run: RunState,
  { plan, canceled }: Pick<SummaryFacts, 'plan' | 'canceled'>,
): DocumentCounts {
  let counts = noDocuments();
  for (const { counts: batch } of run.batches.values()) {
    if (batch) counts = addCounts(counts, batch);
  }
  const planned = plan.selection.documents;
  const untouched = canceled ? planned - counts.planned : 0;
  return { ...counts, planned, canceled: counts.canceled + untouched };
}

function countBatches(run: RunState, plan: Plan): RunSummary['batches'] {
  const counts = { planned: plan.batches.length, succeeded: 0, failed: 0, canceled: 0, drifted: 0 };
  let done = 0;
  for (const { step, outcome, findings } of run.batches.values()) {
    if (step !== 'verified') continue;
    done += 1;
    if (outcome === 'canceled' || outcome === 'drifted') counts[outcome] += 1;
    else if (outcome === 'succeeded' && findings === 0) counts.succeeded += 1;
    else counts.failed += 1;
  }
  return { ...counts, open: plan.batches.length - done };
}

/** Whether the service was asked for no job, not even one whose fate is unknown. */
function nothingSent(run: RunState): boolean {
  if (run.jobsSubmitted > 0) return false;
  return [...run.batches.values()].every(({ job }) => job === undefined);
}

interface Facts extends Pick<SummaryFacts, 'stop' | 'canceled'> {
  documents: DocumentCounts;
  batches: RunSummary['batches'];
  /** Whether blobs had changed before anything was submitted. */
  drift: boolean;
}

/** Of several exit codes that apply, the first of 130, 143, 4, 7, 6, 5, 75 wins. */
function judgeRun(facts: Facts): { status: RunStatus; exitCode: ExitCode } {
  const { documents, batches, drift, stop, canceled } = facts;
  const sound = documents.succeeded === documents.planned && documents.unexpected === 0;
  if (stop && stop.exitCode !== EXIT.unfinished) {
    return { status: mayGoOn(stop) ? 'incomplete' : 'failed', exitCode: stop.exitCode };
  }
  if (canceled && batches.open + batches.canceled > 0) {
    return { status: 'canceled', exitCode: drift ? EXIT.drift : EXIT.findings };
  }
  if (drift) {
    return { status: batches.open > 0 ? 'incomplete' : 'failed', exitCode: EXIT.drift };
  }
  if (batches.failed + batches.canceled + batches.drifted > 0) {
    return { status: batches.open > 0 ? 'incomplete' : 'findings', exitCode: EXIT.findings };
  }
  if (stop || batches.open > 0) return { status: 'incomplete', exitCode: EXIT.unfinished };
  return sound
    ? { status: 'complete', exitCode: EXIT.complete }
    : { status: 'findings', exitCode: EXIT.findings };
}

function mayGoOn({ exitCode }: Stop): boolean {
  return exitCode === EXIT.interrupted || exitCode === EXIT.terminated || exitCode === EXIT.brake;
}
