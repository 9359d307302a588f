import type { RunDescription } from '../model/run-description.ts';
import type { RunState } from '../model/run-state.ts';
import { addCounts, noDocuments } from '../model/verification.ts';

/** Describes a run by its journal alone. */
export function describeRun(run: Readonly<RunState>): RunDescription {
  let documents = noDocuments();
  const batches = { waiting: 0, submitting: 0, inFlight: 0, ended: 0, verified: 0 };
  for (const { step, counts } of run.batches.values()) {
    if (counts) documents = addCounts(documents, counts);
    if (step === 'submitting' || step === 'ended' || step === 'verified') batches[step] += 1;
    if (step === 'submitted') batches.inFlight += 1;
  }
  const { submitting, inFlight, ended, verified } = batches;
  batches.waiting = run.batchesPlanned - submitting - inFlight - ended - verified;
  return {
    schemaVersion: 1,
    type: 'run',
    runId: run.runId,
    status: run.status ?? (run.batches.size === 0 ? 'planned' : 'open'),
    source: run.source,
    target: run.target,
    startedAt: run.startedAt,
    ...(run.endedAt === undefined ? {} : { endedAt: run.endedAt }),
    documents: { ...documents, planned: run.documentsPlanned },
    batches: { planned: run.batchesPlanned, ...batches },
  };
}
