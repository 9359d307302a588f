import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { EventChannel } from '../../src/api/event-channel.ts';
import { resolveSurroundings } from '../../src/api/run-options.ts';
import { reopenSession } from '../../src/api/session.ts';
import { launchRun } from '../../src/api/start-run.ts';
import { readStartedOptions } from '../../src/api/started-options.ts';
import { systemClock } from '../../src/clock.ts';
import { type ResumeOptions, type RunEvent, type RunOptions, resumeRun } from '../../src/index.ts';
import { openFolderState } from '../../src/journal/open-folder-state.ts';
import type { Finding } from '../../src/model/verification.ts';
import { type FlowStack, finishRun, NOTE, startFlowStack, watchRun } from './flow-stack.ts';
import { cutJournal, interruptAt, runFile } from './left-runs.ts';
import { hearBodies } from './on-request.ts';

let stack: FlowStack;

beforeAll(async () => {
  stack = await startFlowStack();
});
afterEach(() => stack.reset());
afterAll(() => stack?.stop());

/** More than the service takes, by a switch of these tests. */
const BAD = NOTE.repeat(4);
const small = () => stack.emulator.setBehaviour({ maxDocumentBytes: NOTE.length * 2 });

/** Three batches of two documents; the first document of the second one is too large. */
async function makeFolder(folder: string): Promise<RunOptions> {
  const names = [0, 1, 2].flatMap((batch) => [`${folder}/b${batch}/0`, `${folder}/b${batch}/1`]);
  const content = (name: string) => (name.endsWith('b1/0') ? BAD : NOTE);
  await stack.upload(Object.fromEntries(names.map((name) => [name, content(name)])));
  small();
  return stack.options(folder, { groupBy: 'folder:2', maxDocsPerBatch: 2, concurrency: 1 });
}

const surroundings = (): ResumeOptions => {
  const { credential, clock, state, caFile } = stack.options('');
  return { credential, clock, state, caFile, requestsPerSecond: 1_000 } as ResumeOptions;
};

/** What `deid-batch retry` does. */
async function retry(runId: string, changes: ResumeOptions = {}) {
  const { credential, signal, logger, clock, ...flags } = { ...surroundings(), ...changes };
  const sources = { flags, environment: {}, file: {} };
  const state = openFolderState(stack.state, systemClock);
  const started = await readStartedOptions(state, { runId, sources });
  const channel = new EventChannel<RunEvent>();
  const session = await reopenSession(
    { ...started, ...resolveSurroundings({ credential, signal, logger, clock }) },
    { runId, emit: (event) => channel.push(event), besides: true },
  );
  let again: string[];
  try {
    again = await session.planRetry();
  } catch (error) {
    await session.close();
    throw error;
  }
  const run = launchRun(session, () => session.readPlan(), channel);
  return { again, ...(await watchRun(run)) };
}

const resume = async (runId: string) => watchRun(await resumeRun(runId, surroundings()));

async function readFindings(runId: string, batch: string): Promise<Finding[]> {
  const path = runFile(stack, runId, `findings-${batch}.jsonl.gz`);
  const text = gunzipSync(await readFile(path)).toString();
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Finding);
}

const etags = async (prefix: string) => {
  const found: Record<string, string | undefined> = {};
  const target = stack.emulator.containerClient('target');
  for await (const blob of target.listBlobsFlat({ prefix })) {
    found[blob.name.slice(prefix.length)] = blob.properties.etag;
  }
  return found;
};

describe('a batch with a failed document', () => {
  test('is done again as a whole in a job of its own, the others are left alone', async () => {
    const first = await finishRun(await makeFolder('whole'));
    const { id } = first.run;
    expect(first.summary).toMatchObject({
      status: 'findings',
      documents: { planned: 6, succeeded: 5, failed: 1 },
    });
    const before = await etags('whole/');
    stack.reset();
    const { heard, stop } = hearBodies();
    const { again, summary, error } = await retry(id);
    stop();

    expect(again).toEqual(['b00002']);
    expect(error).toBeUndefined();
    expect(summary).toMatchObject({
      status: 'complete',
      exitCode: 0,
      documents: { planned: 6, succeeded: 6, failed: 0, unexpected: 0 },
      batches: { planned: 3, succeeded: 3, failed: 0, open: 0 },
      jobs: { submitted: 4 },
    });
    expect(stack.puts(id)).toEqual(
      [1, 2, 3].map((n) => `${id}-b0000${n}-1`).concat(`${id}-b00002-2`),
    );
    const [sent, ...more] = heard.filter(
      ({ method, url }) => method === 'PUT' && url.includes('/jobs/'),
    );
    expect(more).toEqual([]);
    const bodies = JSON.parse(await readFile(runFile(stack, id, 'plan.json'), 'utf8')).batches;
    const planned = JSON.parse(bodies[1].body);
    expect(planned.targetLocation.overwrite).toBe(false);
    expect(JSON.parse(sent?.body ?? '')).toEqual({
      ...planned,
      targetLocation: { ...planned.targetLocation, overwrite: true },
    });

    const after = await etags('whole/');
    for (const name of ['b0/0', 'b0/1', 'b2/0', 'b2/1']) expect(after[name]).toBe(before[name]);
    expect(after['b1/1']).not.toBe(before['b1/1']);
    expect(after['b1/0']).toBeDefined();
  });

  test('that fails again is done again a third time', async () => {
    const { run } = await finishRun(await makeFolder('thrice'));
    const second = await retry(run.id);
    expect(second.summary).toMatchObject({
      status: 'findings',
      documents: { failed: 1, succeeded: 5 },
    });
    stack.reset();
    const third = await retry(run.id);
    expect(third.summary).toMatchObject({ status: 'complete', jobs: { submitted: 5 } });
    expect(stack.accepted(run.id).at(-1)).toBe(`${run.id}-b00002-3`);
  });

  test.each([
    ['the same', 0],
    ['ten hours behind', 36_000_000],
  ])(
    'leaves outputs of its older attempt as stale, never counted, where the clock of the service is %s',
    async (words, skewMs) => {
      const folder = `stale-${skewMs}`;
      const { run } = await finishRun(await makeFolder(folder));
      // This time the job as a whole fails, so that what the first attempt wrote stays.
      stack.emulator.setBehaviour({ oversizedDocument: 'failJob' });
      if (skewMs > 0) {
        stack.emulator.setFaults([
          skewed(`${run.id}-b00002-2`, await readJob(`${run.id}-b00002-1`), skewMs),
        ]);
      }
      const { summary, error } = await retry(run.id);
      expect(error, words).toBeUndefined();
      expect(summary).toMatchObject({
        status: 'findings',
        documents: { planned: 6, succeeded: 4, failed: 0, canceled: 2, unexpected: 0 },
      });
      expect(await readFindings(run.id, 'b00002')).toContainEqual({
        kind: 'stale',
        name: `${folder}/b1/1`,
      });
    },
  );

  test('goes on in attempt 2 when the process stopped before it was sent', async () => {
    const { run } = await finishRun(await makeFolder('lost'));
    stack.reset();
    const controller = new AbortController();
    controller.abort(new Error('SIGINT'));
    const stopped = await retry(run.id, { signal: controller.signal });
    expect(stopped.error).toMatchObject({ code: 'Interrupted' });
    const records = await stack.readJournal(run.id);
    expect(records).toContainEqual(
      expect.objectContaining({ type: 'retrying', batch: 'b00002', attempt: 2 }),
    );
    expect(stack.puts(run.id)).toHaveLength(3);

    const { summary } = await resume(run.id);
    expect(summary).toMatchObject({ status: 'complete', jobs: { submitted: 4 } });
    expect(stack.accepted(run.id).at(-1)).toBe(`${run.id}-b00002-2`);
    expect(stack.accepted(run.id)).toHaveLength(4);
  });
});

describe('what a retry does not mend', () => {
  test('is refused: nothing failed', async () => {
    const { run } = await finishRun({
      ...(await makeFolder('fine')),
      maxBytes: NOTE.length,
      groupBy: '',
      maxDocsPerBatch: 1,
    });
    await expect(retry(run.id)).rejects.toMatchObject({ code: 'NothingToRetry', exitCode: 2 });
    expect((await resume(run.id)).summary?.status).toBe('complete');
  });

  test('is left alone: blobs that changed since the plan', async () => {
    const options = await makeFolder('drifted');
    stack.reset();
    const first = await interruptAt(options, (event) => event.type === 'submitted');
    await stack.upload({ 'drifted/b2/1': `${NOTE} Later.` });
    const second = await resume(first.run.id);
    expect(second.summary).toMatchObject({ exitCode: 5, batches: { drifted: 1, succeeded: 2 } });
    await expect(retry(first.run.id)).rejects.toMatchObject({ code: 'NothingToRetry' });
    expect(stack.puts(first.run.id)).toHaveLength(2);
  });
});

test('a retry of a canceled run goes on with everything', async () => {
  const options = await makeFolder('canceled');
  stack.reset();
  const first = await interruptAt(options, (event) => event.type === 'submitted');
  const { id } = first.run;
  await openFolderState(stack.state, systemClock).requestCancel(id);
  const canceled = await resume(id);
  expect(canceled.summary).toMatchObject({ status: 'canceled', exitCode: 5 });
  expect(stack.puts(id)).toHaveLength(1);
  // It stays canceled for as long as nobody says otherwise.
  expect((await resume(id)).summary).toMatchObject({ status: 'canceled', exitCode: 5 });

  const { summary, error } = await retry(id);
  expect(error).toBeUndefined();
  expect(summary).toMatchObject({
    status: 'complete',
    documents: { planned: 6, succeeded: 6 },
    batches: { succeeded: 3, canceled: 0, open: 0 },
  });
});

test('a process that was lost between the note of a retry and its job goes on with attempt 2', async () => {
  const { run } = await finishRun(await makeFolder('between'));
  stack.reset();
  await retry(run.id);
  expect(stack.accepted(run.id)).toHaveLength(4);
  const path = runFile(stack, run.id, 'journal/000002-000001.jsonl');
  await cutJournal(({ type }) => type === 'retrying', path);
  // The job is there already, and its intent is not on record.
  const { summary } = await resume(run.id);
  expect(summary).toMatchObject({ status: 'complete', jobs: { submitted: 4 } });
  expect(stack.accepted(run.id)).toHaveLength(4);
});

async function readJob(name: string): Promise<Record<string, unknown>> {
  const { emulator } = stack;
  const execution = emulator.executions.find((job) => job.name === name);
  if (!execution) throw new Error('The service has no such job.');
  return { name, ...execution.request };
}

/** A job that failed, created before anything was, by the clock of the service. */
function skewed(name: string, request: Record<string, unknown>, skewMs: number) {
  const at = new Date(Date.now() - skewMs).toISOString();
  const target = request.targetLocation as object;
  return {
    server: 'service' as const,
    method: 'GET',
    path: `^/jobs/${name}\\?`,
    nth: 1,
    count: 1_000,
    status: 200,
    body: {
      ...request,
      name,
      targetLocation: { ...target, overwrite: true },
      status: 'Failed',
      createdAt: at,
      lastUpdatedAt: at,
      error: { code: 'DocumentTooLarge', message: 'It is too large.' },
    },
  };
}
