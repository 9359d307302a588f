import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { connect, toPlanRequest } from '../connect.ts';
import { DeidBatchError } from '../errors/deid-batch-error.ts';
import { createFileMedium } from '../journal/file-medium.ts';
import { createRunFiles } from '../journal/run-files.ts';
import { newRunId } from '../journal/run-id.ts';
import type { RunFiles } from '../journal/run-store.ts';
import type { JobStatus, ProcessedDocument } from '../model/job.ts';
import type { Plan } from '../model/plan.ts';
import { pollJob } from '../poll.ts';
import { readManifest } from '../run/sealed-plan.ts';
import { checkOutputs, planSelection } from '../run.ts';
import type { JobClient } from '../service/job-client.ts';
import type { Drift } from '../submit/recheck.ts';
import { refuseOtherBody, submitBatch } from '../submit.ts';
import { isJobName } from '../wire/job-name.ts';
import { type RunOptions, resolveRunOptions } from './run-options.ts';

export interface SubmitJobOptions
  extends Omit<RunOptions, 'state' | 'concurrency' | 'timeout' | 'allowEmpty'> {
  /**
   * Name of the job: 3 to 36 letters, digits, `-` and `_`. A second call with the same name and
   * request finds the job of the first. @default a new name
   */
  name?: string;
}

/** A job in the service. */
export interface JobHandle {
  readonly name: string;
  /** Its present state; undefined when the service no longer knows it. */
  status(): Promise<JobStatus | undefined>;
  /** Waits until the job is in a terminal state; undefined when it disappeared. */
  wait(options?: { signal?: AbortSignal }): Promise<JobStatus | undefined>;
  /** Asks the service to stop it. What is written stays. */
  cancel(): Promise<JobStatus | undefined>;
  /** What the service did with each document. */
  documents(): AsyncIterable<ProcessedDocument>;
}

/**
 * Submits everything that matches as one job, at most once. The selection must be exactly what one
 * prefix holds, and no more than the service's limit.
 *
 * Throws NotOneBatch when it takes several jobs, NotExact when no prefix expresses it,
 * JobNameTaken when `name` belongs to another request, Drift when blobs change meanwhile, and the
 * usage and access errors of {@link planRun}.
 */
export async function submitJob(options: SubmitJobOptions): Promise<JobHandle> {
  const { name: given, ...runOptions } = options;
  const resolved = resolveRunOptions(runOptions);
  const { settings, signal, clock } = resolved;
  const name = given ?? newRunId(clock);
  if (!isJobName(name)) {
    throw new DeidBatchError(
      'InvalidJobName',
      'The job name has a form that the service refuses.',
      {
        hint: 'Use 3 to 36 letters, digits, - and _, with a letter or digit at both ends.',
      },
    );
  }
  const request = toPlanRequest(settings, signal);
  const connection = await connect(settings, resolved);
  const { jobs, source } = connection;
  await withPassingFiles(clock, async (files) => {
    const store = { runId: newRunId(clock), files };
    const ports = { ...connection, store, emit: () => {} };
    const plan = await planSelection(ports, request);
    const batch = takeOnlyBatch(plan);

    const existing = given === undefined ? undefined : await jobs.find({ name, signal });
    if (existing) {
      refuseOtherBody(existing, { job: name, body: batch.body });
      return;
    }
    await checkOutputs(ports, request, plan);
    const documents = await readManifest(store, batch);
    const record = async () => {};
    const submission = {
      batch,
      attempt: 1,
      job: name,
      body: batch.body,
      documents,
      unresolved: false,
      mayPut: () => true,
      signal,
    };
    const result = await submitBatch(
      { jobs, source, clock, record, confirmHold: record },
      submission,
    );
    if (result.kind === 'drifted') throw drifted(result.drift);
  });
  return createHandle(name, { jobs, clock, signal });
}

/** Files for the listing, which may be long though the batch is small; gone when `use` is done. */
async function withPassingFiles(
  clock: Clock,
  use: (files: RunFiles) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'deid-batch-job-'));
  try {
    await use(createRunFiles(createFileMedium({ folder, clock }), 'job'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function createHandle(
  name: string,
  { jobs, clock, signal }: { jobs: JobClient; clock: Clock; signal: AbortSignal },
): JobHandle {
  return {
    name,
    status: async () => (await jobs.find({ name, signal }))?.job,
    wait: (options) =>
      pollJob(
        { jobs, clock },
        { name, signal: options?.signal ?? signal, onStatus: async () => {} },
      ),
    cancel: () => jobs.cancel({ name, signal }),
    async *documents() {
      for await (const page of jobs.listDocuments({ name, signal })) yield* page;
    },
  };
}

function drifted({ added, removed, changed }: Drift): DeidBatchError {
  return new DeidBatchError(
    'Drift',
    `The blobs changed while the job was prepared: ${added} added, ${removed} removed, ${changed} changed. Nothing was submitted.`,
    { hint: 'Try again when nothing writes to the source.' },
  );
}

function takeOnlyBatch({ batches }: Plan): Plan['batches'][number] {
  const [batch] = batches;
  if (batch && batches.length === 1) return batch;
  throw new DeidBatchError('NotOneBatch', `The selection takes ${batches.length} jobs, not one.`, {
    hint: 'Narrow the pattern, or use startRun, which submits as many jobs as it takes.',
  });
}
