import type { Document } from '../model/document.ts';
import type { JobStatus } from '../model/job.ts';
import type { JournalEntry } from '../model/journal-record.ts';
import type { Batch } from '../model/plan.ts';
import { waitOutOutage } from '../outage.ts';
import { pollJob } from '../poll.ts';
import { submitBatch } from '../submit.ts';
import { type Verification, verifyBatch } from '../verify.ts';
import { composeAttempt, countDrift, countWithheld, describeOutcome, isProof } from './outcomes.ts';
import type { Driving } from './ports.ts';

/** A batch with its manifest, by name. */
export interface LoadedBatch {
  batch: Batch;
  documents: ReadonlyMap<string, Document>;
}

/**
 * Submits the batch. Undefined when its blobs have changed or the run was canceled, which settles
 * it, and when the brake came on, which leaves it for later.
 */
export async function submit(
  driving: Driving,
  { batch, documents }: LoadedBatch,
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
      body: composeAttempt(batch, before),
      attempt,
      job: name,
      documents,
      unresolved: before?.job !== undefined,
      mayPut: () => !driving.isClosed(),
      signal: request.signal,
    },
  );
  if (result.kind === 'drifted') {
    await end(driving, { batch: batch.id, outcome: 'drifted' });
    await settle(driving, batch, countDrift(batch, result.drift));
    return undefined;
  }
  if (result.kind === 'withheld') {
    if (!request.canceling.aborted) return undefined;
    await end(driving, { batch: batch.id, outcome: 'canceled' });
    await settle(driving, batch, countWithheld(batch));
    return undefined;
  }
  emit({ type: 'submitted', batch: batch.id, job: name, adopted: result.adopted });
  return result.job;
}

/** Polls the job to its end, which is recorded; a job that disappears is in an unknown state. */
export async function awaitEnd(
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

/** Compares what was planned, processed and written, and records what was found. */
export async function verify(
  driving: Driving,
  { batch, documents, job }: LoadedBatch & { job: JobStatus },
): Promise<void> {
  const { ports, recorder, request } = driving;
  const { jobs, target, clock } = ports;
  const { outputNamesKnown, signal } = request;
  const { attempt = 1 } = recorder.state.batches.get(batch.id) ?? {};
  const verification = await waitOutOutage({ clock, signal }, () =>
    verifyBatch({ jobs, target }, { batch, job, attempt, documents, outputNamesKnown, signal }),
  );
  await settle(driving, batch, verification);
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
  // Whoever has taken the run over finds for itself.
  await ports.store.confirmHold(0);
  if (findings.length > 0) {
    const lines = findings.map((finding) => JSON.stringify(finding));
    await ports.store.files.writeLines(`findings-${id}`, lines);
  }
  const verified = { type: 'verified', batch: id, counts, findings: findings.length } as const;
  await recorder.record(verified);
  ports.emit(verified);
}

function countDone({ summary }: JobStatus): { done?: number; total?: number } {
  if (!summary) return {};
  return { done: summary.successful + summary.failed + summary.canceled, total: summary.total };
}
