import { type Clock, formatTimestamp } from './clock.ts';
import { DeidBatchError } from './errors/deid-batch-error.ts';
import { toDeidBatchError } from './errors/to-deid-batch-error.ts';
import type { RunStore } from './journal/run-store.ts';
import { listBlobs } from './list.ts';
import { createMatcher, type MatchRules } from './match.ts';
import { type Brake, isBraked } from './model/brake.ts';
import type { Document, ListedBlob } from './model/document.ts';
import type { RunEvent } from './model/event.ts';
import type { JobStatus } from './model/job.ts';
import type { JournalEntry } from './model/journal-record.ts';
import type { Lister } from './model/lister.ts';
import type { Location } from './model/location.ts';
import type { Batch, Plan } from './model/plan.ts';
import { hasOpenBatches } from './model/run-state.ts';
import type { RunSummary } from './model/summary.ts';
import { waitOutOutage } from './outage.ts';
import type { GroupOf } from './plan/group-by.ts';
import { parseDocument } from './plan/spool.ts';
import { Survey } from './plan/survey.ts';
import { digestPlan, type PlanRules, planBatches } from './plan.ts';
import { type PollPorts, pollJob } from './poll.ts';
import { checkTarget, type Place, refuseOverlap } from './preflight.ts';
import { summariseRun } from './report.ts';
import { driveBatches } from './run/drive-batches.ts';
import {
  braked,
  composeAttempt,
  countDrift,
  countWithheld,
  describeOutcome,
  followSignal,
  isInFlight,
  isProof,
  isStorageDenied,
  recallJob,
  serviceIdentityDenied,
} from './run/outcomes.ts';
import { openRecorder, type Recorder } from './run/recorder.ts';
import type { SubmitPorts } from './submit/ports.ts';
import { submitBatch } from './submit.ts';
import { type Verification, type VerifyPorts, verifyBatch } from './verify.ts';

/** All that planning touches. */
export interface PlanPorts {
  source: Lister;
  target: Lister;
  store: Pick<RunStore, 'runId' | 'files'>;
  emit(event: RunEvent): void;
}

/** All that a run touches. */
export interface RunPorts extends PlanPorts {
  store: RunStore;
  jobs: SubmitPorts['jobs'] & PollPorts['jobs'] & VerifyPorts['jobs'];
  clock: Clock;
}

export interface PlanRequest {
  match: MatchRules;
  groupOf: GroupOf | undefined;
  plan: Omit<PlanRules, 'runId' | 'prefixes'>;
  target: Location;
  service: string;
  /** Whether a selection without documents is a plan rather than an error. */
  allowEmpty: boolean;
  signal: AbortSignal;
}

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

export interface ExecuteRequest {
  plan: Plan;
  /** Jobs in flight at a time. */
  concurrency: number;
  /** Whether outputs bear the names of their documents. */
  outputNamesKnown: boolean;
  /** When too much has failed to go on. */
  brake: Brake;
  /** Aborting it stops the run; jobs go on remotely. */
  signal: AbortSignal;
  /** Aborting it cancels the jobs in flight, submits no more, and waits for the end. */
  canceling: AbortSignal;
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
  const driving = { ports, recorder, request: { ...request, signal: stopping.signal } };
  const isBrakeOn = () => isBraked(recorder.state, request.brake);
  const failure =
    (await findObstacle(driving)) ??
    (await driveBatches({
      batches: plan.batches,
      concurrency,
      stopping,
      isClosed: () => request.canceling.aborted || isBrakeOn(),
      isBegun: ({ id }) => isInFlight(recorder.state.batches.get(id)),
      driveBatch: (batch, onProven) => driveBatch(driving, { batch, onProven }),
    })) ??
    (isBrakeOn() && hasOpenBatches(recorder.state) ? braked() : undefined);
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
 * Before anything is sent, asks the service for a job that is not there: better to learn that it
 * cannot be reached, or not by this identity, than to wonder what became of a request that starts
 * work. Returns what stands in the way.
 */
async function findObstacle({ ports, recorder, request }: Driving): Promise<unknown> {
  if (recorder.state.batches.size > 0 || request.plan.batches.length === 0) return undefined;
  try {
    const name = `${request.plan.runId}-check`;
    await ports.jobs.find({ name, signal: request.signal });
    return undefined;
  } catch (error) {
    return error;
  }
}

interface Driving {
  ports: RunPorts;
  recorder: Recorder;
  request: ExecuteRequest;
}

/**
 * One batch: submit -> poll -> verify, every step on record before the next. What the journal says
 * was done before is not done again.
 */
async function driveBatch(
  driving: Driving,
  { batch, onProven }: { batch: Batch; onProven: () => void },
): Promise<void> {
  const { ports, recorder } = driving;
  const before = recorder.state.batches.get(batch.id);
  if (before?.step === 'verified') return;
  const documents = await readManifest(ports.store, batch);
  const ended = before?.step === 'ended';
  const begun = before && recallJob(before);
  const started = begun ?? (await submit(driving, { batch, documents }));
  if (!started) return;
  const job = ended ? started : await awaitEnd(driving, { batch, started, onProven });

  const { jobs, target, clock } = ports;
  const { outputNamesKnown, signal } = driving.request;
  const { attempt = 1 } = before ?? {};
  const request = { batch, job, attempt, documents, outputNamesKnown, signal };
  const verification = await waitOutOutage({ clock, signal }, () =>
    verifyBatch({ jobs, target }, request),
  );
  await settle(driving, batch, verification);
  if (isStorageDenied(job)) throw serviceIdentityDenied(batch);
}

/** Submits the batch; undefined when its blobs have changed, which settles it. */
async function submit(
  driving: Driving,
  { batch, documents }: { batch: Batch; documents: ReadonlyMap<string, Document> },
): Promise<JobStatus | undefined> {
  const { ports, recorder, request } = driving;
  const { jobs, source, clock, store, emit } = ports;
  const { record, state } = recorder;
  const before = state.batches.get(batch.id);
  const attempt = before?.attempt ?? 1;
  const name = before?.job ?? `${store.runId}-${batch.id}-${attempt}`;
  const result = await submitBatch(
    { jobs, source, clock, record, confirmHold: store.confirmHold },
    {
      batch,
      body: composeAttempt(batch, attempt),
      attempt,
      job: name,
      documents,
      unresolved: before?.job !== undefined,
      mayPut: () => !request.canceling.aborted,
      signal: request.signal,
    },
  );
  if (result.kind === 'drifted') {
    await end(driving, { batch: batch.id, outcome: 'drifted' });
    await settle(driving, batch, countDrift(batch, result.drift));
    return undefined;
  }
  if (result.kind === 'withheld') {
    await end(driving, { batch: batch.id, outcome: 'canceled' });
    await settle(driving, batch, countWithheld(batch));
    return undefined;
  }
  emit({ type: 'submitted', batch: batch.id, job: name, adopted: result.adopted });
  return result.job;
}

/** Polls the job to its end, which is recorded; a job that disappears is in an unknown state. */
async function awaitEnd(
  driving: Driving,
  { batch, started, onProven }: { batch: Batch; started: JobStatus; onProven: () => void },
): Promise<JobStatus> {
  const { ports, recorder, request } = driving;
  const { jobs, clock, emit } = ports;
  const { name } = started;
  let { state } = started;
  const onStatus = async (job: JobStatus) => {
    if (job.state !== state) {
      state = job.state;
      await recorder.record({ type: 'state', batch: batch.id, job: name, state });
    }
    emit({ type: 'state', batch: batch.id, job: name, state, ...countDone(job) });
    if (isProof(job)) onProven();
  };
  const { signal, canceling } = request;
  const last = await pollJob({ jobs, clock }, { name, signal, canceling, onStatus });
  const { createdAt, fault } = last ?? started;
  const outcome = describeOutcome(last);
  await end(driving, { batch: batch.id, outcome, createdAt, ...(fault ? { fault } : {}) });
  return last ?? { ...started, state: 'unknown' };
}

type Ended = Extract<JournalEntry, { type: 'ended' }>;

async function end({ ports, recorder }: Driving, ended: Omit<Ended, 'type'>): Promise<void> {
  await recorder.record({ type: 'ended', ...ended });
  const { batch, outcome, fault } = ended;
  ports.emit({ type: 'ended', batch, outcome, ...(fault ? { fault } : {}) });
}

/** Saves what verification found: the findings first, since the record refers to them. */
async function settle(
  { ports, recorder }: Driving,
  { id }: Batch,
  { counts, findings }: Verification,
): Promise<void> {
  if (findings.length > 0) {
    const lines = findings.map((finding) => JSON.stringify(finding));
    await ports.store.files.writeLines(`findings-${id}`, lines);
  }
  const verified = { type: 'verified', batch: id, counts, findings: findings.length } as const;
  await recorder.record(verified);
  ports.emit(verified);
}

/** The plan that was sealed for the run. Throws StateUnusable when there is none, or another. */
export async function readPlan(store: RunStore): Promise<Plan> {
  const { state } = await openRecorder(store.journal);
  const text = await store.files.readText('plan.json');
  const plan = text === undefined ? undefined : (JSON.parse(text) as Plan);
  if (plan && state.planDigest === plan.digest && digestPlan(plan) === plan.digest) return plan;
  throw new DeidBatchError('StateUnusable', 'The run has no plan, or one that was changed.', {
    hint: 'If nothing was submitted, start a new run.',
  });
}

/** The documents of a batch, by name. */
export async function readManifest(
  { files }: Pick<RunStore, 'files'>,
  batch: Batch,
): Promise<Map<string, Document>> {
  const documents = new Map<string, Document>();
  for await (const line of files.readSealed(batch.manifest)) {
    const document = parseDocument(line);
    documents.set(document.name, document);
  }
  return documents;
}

async function* reportListing(
  pages: AsyncIterable<ListedBlob[]>,
  survey: Survey,
  { store, emit }: PlanPorts,
): AsyncGenerator<ListedBlob[]> {
  for await (const page of pages) {
    yield page;
    const { listed, documents } = survey;
    emit({ type: 'listing', runId: store.runId, listed, documents });
  }
}

function listPlaces({ plan, target }: PlanRequest, prefixes: readonly string[]): Place[] {
  const { location } = plan.source;
  return [
    { name: 'source', at: prefixes.map((prefix) => ({ location, prefix })) },
    { name: 'target', at: [target] },
  ];
}

function countDone({ summary }: JobStatus): { done?: number; total?: number } {
  if (!summary) return {};
  return { done: summary.successful + summary.failed + summary.canceled, total: summary.total };
}

function nothingMatched({ listed }: Survey): DeidBatchError {
  return new DeidBatchError(
    'NothingMatched',
    `No blob matches: ${listed} were listed under the patterns' prefixes, none was selected.`,
    {
      hint: 'A pattern matches the full blob name: use **/ for any folder. Give --allow-empty if nothing to do is fine.',
    },
  );
}
