import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Run, type RunOptions, startRun } from '../../src/index.ts';
import {
  type Finished,
  type FlowStack,
  finishRun,
  NOTE,
  startFlowStack,
  watchRun,
} from './flow-stack.ts';

let stack: FlowStack;

beforeAll(async () => {
  // Two documents in a second of simulated time.
  stack = await startFlowStack({ speed: 2 });
});
afterEach(() => stack.reset());
afterAll(() => stack?.stop());

/** A folder for four batches: one document, then 60, 60 and 60. */
async function fill(folder: string): Promise<Partial<RunOptions>> {
  const names = ['b', 'c', 'd'].flatMap((part) =>
    Array.from({ length: 60 }, (_, index) => `${folder}/${part}/${index}`),
  );
  await stack.upload(Object.fromEntries([`${folder}/a/0`, ...names].map((name) => [name, NOTE])));
  return { maxDocsPerBatch: 60, groupBy: 'folder:2', concurrency: 2 };
}

/** Starts the run and calls `act` when the first job is finished and two more are running. */
async function actInTheMiddle(
  folder: string,
  { act, ...changes }: Partial<RunOptions> & { act: (run: Run) => void },
): Promise<Finished> {
  const options = { ...(await fill(folder)), ...changes };
  const run = await startRun(stack.options(folder, options));
  const running = new Set<string>();
  let acted = false;
  const watching = watchRun(run);
  for await (const event of run) {
    if (event.type === 'state' && event.state === 'running') running.add(event.batch);
    if (event.type === 'verified') running.delete(event.batch);
    if (running.has('b00002') && running.has('b00003') && !acted) {
      acted = true;
      act(run);
    }
  }
  expect(acted).toBe(true);
  return watching;
}

const sent = (run: Run, method: string) =>
  stack.emulator.requests.filter((one) => one.method === method && one.path.includes(run.id));

describe('a canceled run', () => {
  test.each(['canceled', 'unchanged', 'hidden'] as const)(
    'cancels its jobs in flight and keeps what is finished, where their documents are %s',
    async (cancelDocuments) => {
      stack.emulator.setBehaviour({ cancelDocuments });
      const { run, summary, error } = await actInTheMiddle(`cancel-${cancelDocuments}`, {
        act: (run) => void run.cancel(),
      });
      expect(error).toBeUndefined();
      expect(summary).toMatchObject({
        status: 'canceled',
        exitCode: 5,
        batches: { planned: 4, succeeded: 1, canceled: 2, failed: 0, open: 1 },
        documents: { planned: 181, failed: 0, missing: 0, changed: 0 },
        jobs: { submitted: 3 },
      });
      const { succeeded = 0, canceled = 0 } = summary?.documents ?? {};
      // The batch that was never submitted counts as canceled.
      expect(succeeded + canceled).toBe(181);
      expect(canceled).toBeGreaterThan(0);
      expect(sent(run, 'PUT')).toHaveLength(3);
      const outputs = await stack.readOutputs(`cancel-${cancelDocuments}/a/`);
      expect(Object.keys(outputs)).toEqual(['0']);
    },
  );

  test('waits for jobs that the service will not cancel', async () => {
    stack.emulator.setFaults([{ server: 'service', method: 'POST', status: 409 }]);
    const { run, summary, error } = await actInTheMiddle('uncancelable', {
      act: (run) => void run.cancel(),
    });
    expect(error).toBeUndefined();
    expect(summary).toMatchObject({
      status: 'canceled',
      exitCode: 5,
      batches: { succeeded: 3, canceled: 0, open: 1 },
      documents: { planned: 181, succeeded: 121 },
    });
    expect(sent(run, 'POST').length).toBeGreaterThan(2);
  });

  test('is complete when all was finished before', async () => {
    await stack.upload({ 'too-late/a': NOTE });
    const run = await startRun(stack.options('too-late'));
    const summary = await run.result();
    await run.cancel();
    expect(summary).toMatchObject({ status: 'complete', exitCode: 0 });
    expect(sent(run, 'POST')).toEqual([]);
  });

  test('before its plan is made submits nothing', async () => {
    await stack.upload({ 'too-early/a': NOTE });
    const run = await startRun(stack.options('too-early'));
    void run.cancel();
    const summary = await run.result();
    expect(summary).toMatchObject({ status: 'canceled', exitCode: 5, jobs: { submitted: 0 } });
    expect(stack.puts(run.id)).toEqual([]);
  });
});

describe('an interrupted run', () => {
  test('leaves its jobs running, saves its state and says so', async () => {
    const controller = new AbortController();
    const { run, summary, error } = await actInTheMiddle('interrupted', {
      signal: controller.signal,
      act: () => controller.abort(new Error('SIGINT')),
    });
    expect(error).toMatchObject({ code: 'Interrupted', exitCode: 130 });
    expect(summary).toMatchObject({
      status: 'incomplete',
      exitCode: 130,
      batches: { succeeded: 1, open: 3 },
      jobs: { submitted: 3 },
    });
    expect(sent(run, 'POST')).toEqual([]);
    const records = await stack.readJournal(run.id);
    expect(records.at(-1)).toMatchObject({ type: 'run-ended', status: 'incomplete' });
  });

  test('is interrupted also while it plans', async () => {
    await stack.upload({ 'never/a': NOTE });
    const signal = AbortSignal.abort(new Error('SIGINT'));
    const { run, error } = await finishRun(stack.options('never', { signal }));
    expect(error).toMatchObject({ code: 'Interrupted', exitCode: 130 });
    expect(stack.puts(run.id)).toEqual([]);
  });

  test('is unfinished when its time is over, and its jobs go on', async () => {
    const options = await fill('timeout');
    const { run, summary, error } = await finishRun(
      stack.options('timeout', { ...options, timeout: 15_000 }),
    );
    expect(error).toMatchObject({ code: 'TimedOut', exitCode: 75 });
    expect(summary).toMatchObject({ status: 'incomplete', exitCode: 75 });
    expect(sent(run, 'POST')).toEqual([]);
  });
});

describe('a job that the service no longer knows', () => {
  test('is a finding, and the other jobs go on', async () => {
    await stack.upload({ 'gone/a': NOTE, 'gone/b': NOTE, 'gone/c': NOTE });
    stack.emulator.setFaults([
      // Seen once, then never again.
      {
        server: 'service',
        method: 'GET',
        path: '^/jobs/[^/]+b00002-1(/|\\?)',
        status: 404,
        body: { error: { code: 'JobNotFound', message: 'Job not found.' } },
        nth: 2,
        count: 99,
      },
    ]);
    const { summary, error, events } = await finishRun(
      stack.options('gone', { maxDocsPerBatch: 1 }),
    );
    expect(error).toBeUndefined();
    expect(summary).toMatchObject({
      status: 'findings',
      exitCode: 5,
      documents: { planned: 3, succeeded: 2, missing: 1 },
    });
    expect(events).toContainEqual({ type: 'ended', batch: 'b00002', outcome: 'gone' });
  });

  test('is waited for when it does not show for a while', async () => {
    await stack.upload({ 'shy/a': NOTE });
    stack.emulator.setBehaviour({ lateVisibilityMs: 40_000 });
    const { summary } = await finishRun(stack.options('shy'));
    expect(summary?.status).toBe('complete');
  });
});

test('a service that fails for minutes is waited for', async () => {
  await stack.upload({ 'outage/a': NOTE });
  stack.emulator.setFaults([
    { server: 'service', method: 'GET', path: '/jobs/{name}', status: 503, nth: 2, count: 60 },
  ]);
  const beforeMs = stack.clock.monotonicMs();
  const { summary } = await finishRun(stack.options('outage'));
  expect(summary?.status).toBe('complete');
  expect(stack.clock.monotonicMs() - beforeMs).toBeGreaterThan(120_000);
});
