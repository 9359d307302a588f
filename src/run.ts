import { formatTimestamp } from './clock.ts';
import { toDeidBatchError } from './errors/to-deid-batch-error.ts';
import { listBlobs } from './list.ts';
import { createMatcher } from './match.ts';
import { isBraked } from './model/brake.ts';
import type { Batch, Plan } from './model/plan.ts';
import { hasOpenBatches } from './model/run-state.ts';
import type { RunSummary } from './model/summary.ts';
import { Survey } from './plan/survey.ts';
import { planBatches } from './plan.ts';
import { checkTarget, refuseOverlap } from './preflight.ts';
import { summariseRun } from './report.ts';
import { awaitEnd, submit, verify } from './run/batch-steps.ts';
import { driveBatches } from './run/drive-batches.ts';
import { findObstacle } from './run/find-obstacle.ts';
import { listPlaces, nothingMatched, reportListing } from './run/listing.ts';
import {
  braked,
  followSignal,
  isInFlight,
  isStorageDenied,
  recallJob,
  serviceIdentityDenied,
} from './run/outcomes.ts';
import type { Driving, ExecuteRequest, PlanPorts, PlanRequest, RunPorts } from './run/ports.ts';
import { openRecorder } from './run/recorder.ts';
import { readManifest } from './run/sealed-plan.ts';

/**
 * list -> match -> plan. Changes nothing remote: the listing, the batches' manifests and the
 * sealed plan go into the run state.
 */
export async function preparePlan(ports: RunPorts, request: PlanRequest): Promise<Plan> {
  const { store, emit } = ports;
  const { runId } = store;
  const { record } = await openRecorder(store.journal);
  await record({
    type: 'run-created',
    schemaVersion: 1,
    runId,
    source: request.plan.source.location,
    target: request.target.location,
    service: request.service,
  });
  const plan = await planSelection(ports, request);
  await checkOutputs(ports, request, plan);
  await store.files.writeText('plan.json', JSON.stringify(plan));
  await record({
    type: 'plan-sealed',
    digest: plan.digest,
    batches: plan.batches.length,
    documents: plan.selection.documents,
  });
  emit({ type: 'planned', runId, plan });
  return plan;
}

/** Spools the listing once; everything else reads the spool. */
export async function planSelection(ports: PlanPorts, request: PlanRequest): Promise<Plan> {
  const { source, store } = ports;
  const { plan: rules, groupOf, signal } = request;
  const { runId, files } = store;
  const matcher = createMatcher(request.match);
  const { prefixes } = matcher;
  refuseOverlap(listPlaces(request, prefixes));

  const survey = new Survey({ matcher, naming: rules.naming, ...(groupOf ? { groupOf } : {}) });
  const pages = reportListing(listBlobs(source, { prefixes, signal }), survey, ports);
  await files.writeLines('listing', survey.observe(pages));
  if (survey.documents === 0 && !request.allowEmpty) throw nothingMatched(survey);

  return planBatches(survey, {
    rules: { ...rules, runId, prefixes },
    files: {
      readSpool: () => files.readLines('listing'),
      sealManifest: (lines) => files.sealLines(lines),
    },
  });
}

/** Throws when the target cannot be read, or holds outputs that the plan may not overwrite. */
export async function checkOutputs(
  { target, store }: PlanPorts,
  request: PlanRequest,
  plan: Plan,
): Promise<void> {
  const { prefix } = request.target;
  const { overwrite } = request.plan.target;
  await checkTarget(
    { target, readDocuments: (batch) => readManifest(store, batch) },
    { plan, prefix, overwrite, signal: request.signal },
  );
}

/**
 * submit -> poll -> verify -> report. Resolves with the summary when every batch came to an end,
 * good or bad; rejects with what stopped the run before that, after the summary was saved. What
 * is running remotely goes on.
 */
export async function executePlan(ports: RunPorts, request: ExecuteRequest): Promise<RunSummary> {
  const { store, clock, emit } = ports;
  const { plan, concurrency } = request;
  const recorder = await openRecorder(store.journal);

  const stopping = followSignal(request.signal);
  const isBrakeOn = () => isBraked(recorder.state, request.brake);
  const isClosed = () => request.canceling.aborted || isBrakeOn();
  const driving = { ports, recorder, request: { ...request, signal: stopping.signal }, isClosed };
  const failure =
    (await findObstacle(driving)) ??
    (await driveBatches({
      batches: plan.batches,
      concurrency,
      stopping,
      isClosed,
      isBegun: ({ id }) => isInFlight(recorder.state.batches.get(id)),
      driveBatch: (batch, onProven) => driveBatch(driving, { batch, onProven }),
    })) ??
    (isBrakeOn() && hasOpenBatches(recorder.state) ? braked() : undefined);
  // Whoever has taken the run over writes its summary.
  const overtaken = await store.confirmHold(0).catch((error: unknown) => error);
  if (overtaken !== undefined) throw failure ?? overtaken;
  const error = failure === undefined ? undefined : toDeidBatchError(failure);

  const endedAt = formatTimestamp(clock.nowMs());
  const canceled = request.canceling.aborted;
  const summary = summariseRun(recorder.state, { plan, endedAt, stop: error, canceled });
  const summaryFile = await store.files.writeText(
    'summary.json',
    `${JSON.stringify(summary, null, 2)}\n`,
  );
  const { status, exitCode } = summary;
  await recorder.record({ type: 'run-ended', status, exitCode });
  emit({ type: 'finished', summary, summaryFile });
  if (error) throw error;
  return summary;
}

/**
 * One batch: submit -> poll -> verify, every step on record before the next. What the journal says
 * was done before is not done again.
 */
async function driveBatch(
  driving: Driving,
  { batch, onProven }: { batch: Batch; onProven: () => void },
): Promise<void> {
  const before = driving.recorder.state.batches.get(batch.id);
  if (before?.step === 'verified') return;
  const documents = await readManifest(driving.ports.store, batch);

  const recalled = before && recallJob(before);
  const started = recalled ?? (await submit(driving, { batch, documents }));
  if (!started) return;
  const hasEnded = before?.step === 'ended';
  const job = hasEnded ? started : await awaitEnd(driving, { batch, started, onProven });
  await verify(driving, { batch, documents, job });
  if (isStorageDenied(job)) throw serviceIdentityDenied(batch);
}
