import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import {
  type ResumeOptions,
  type RunOptions,
  type RunSummary,
  resumeRun,
  startRun,
} from '../../src/index.ts';
import { openFolderState } from '../../src/journal/open-folder-state.ts';
import { watchCancel } from '../../src/run/watch-cancel.ts';
import { createSimulatedClock } from '../simulated-clock.ts';
import { type FlowStack, finishRun, journalPath, startFlowStack, watchRun } from './flow-stack.ts';
import { cutJournal, interruptAt, interruptAtPut, makeBatches } from './left-runs.ts';

let stack: FlowStack;

beforeAll(async () => {
  // The two documents of a batch take ten minutes of simulated time.
  stack = await startFlowStack({ speed: 1 / 300 });
});
afterEach(() => stack.reset());
afterAll(() => stack?.stop());

/** What `deid-batch cancel` does first. */
const requestCancel = (runId: string) =>
  openFolderState(stack.state, systemClock).requestCancel(runId);

const resume = async (runId: string, changes: ResumeOptions = {}) => {
  const { credential, clock, state, caFile } = stack.options('');
  const options = { credential, clock, state, caFile, requestsPerSecond: 1_000, ...changes };
  return watchRun(await resumeRun(runId, options as ResumeOptions));
};

const canceledJobs = (runId: string) =>
  stack.emulator.requests
    .filter(({ method, path }) => method === 'POST' && path.includes(runId))
    .map(({ path }) => path.replace(/^\/jobs\/|:cancel$/g, ''));

function expectToAddUp(summary: RunSummary | undefined) {
  const { planned = 0, succeeded, failed, canceled, missing, changed } = summary?.documents ?? {};
  expect(planned).toBe(6);
  expect(
    [succeeded, failed, canceled, missing, changed].reduce((sum = 0, one = 0) => sum + one),
  ).toBe(planned);
}

const concurrent = async (folder: string): Promise<RunOptions> => ({
  ...(await makeBatches(stack, folder)),
  concurrency: 2,
});

describe('a request to cancel a run that is driven', () => {
  test('is obeyed: jobs in flight are canceled, nothing more is submitted', async () => {
    const run = await startRun(await concurrent('driven'));
    const watching = watchRun(run);
    let requested = false;
    const running = new Set<string>();
    for await (const event of run) {
      if (event.type === 'state' && event.state === 'running') running.add(event.batch);
      if (running.size < 2 || requested) continue;
      requested = true;
      await requestCancel(run.id);
    }
    const { summary, error } = await watching;
    expect(error).toBeUndefined();
    expect(summary).toMatchObject({
      status: 'canceled',
      exitCode: 5,
      batches: { planned: 3, canceled: 2, open: 1 },
      documents: { canceled: 6 },
      jobs: { submitted: 2 },
    });
    expectToAddUp(summary);
    expect(new Set(canceledJobs(run.id))).toEqual(new Set(stack.puts(run.id)));
  });

  test('is obeyed where the service answers no request to cancel: the jobs come to their end', async () => {
    stack.emulator.setFaults([{ server: 'service', method: 'POST', status: 503 }]);
    const run = await startRun(await concurrent('deaf'));
    const watching = watchRun(run);
    for await (const event of run) if (event.type === 'submitted') await requestCancel(run.id);
    const { summary, error } = await watching;
    expect(error).toBeUndefined();
    expect(summary?.status).toBe('canceled');
    expect(summary?.documents.succeeded).toBeGreaterThan(0);
    expectToAddUp(summary);
  });
});

describe('a request to cancel a run that nobody drives', () => {
  test('cancels its jobs in flight and leaves the others unsubmitted', async () => {
    const options = await concurrent('nobody');
    let submitted = 0;
    const first = await interruptAt(options, ({ type }) => {
      if (type === 'submitted') submitted += 1;
      return submitted === 2;
    });
    const { id } = first.run;
    expect(stack.puts(id)).toHaveLength(2);
    await requestCancel(id);
    const { summary, error } = await resume(id);
    expect(error).toBeUndefined();
    expect(summary).toMatchObject({
      status: 'canceled',
      exitCode: 5,
      batches: { canceled: 2, open: 1 },
      jobs: { submitted: 2 },
    });
    expectToAddUp(summary);
    expect(stack.puts(id)).toHaveLength(2);
    expect(new Set(canceledJobs(id))).toEqual(new Set(stack.puts(id)));
  });

  test('keeps what is finished', async () => {
    const options = await makeBatches(stack, 'kept');
    const first = await interruptAt(options, ({ type }) => type === 'verified');
    const { id } = first.run;
    const puts = stack.puts(id).length;
    await requestCancel(id);
    const { summary } = await resume(id);
    expect(summary).toMatchObject({ status: 'canceled', documents: { succeeded: 2, canceled: 4 } });
    expectToAddUp(summary);
    expect(stack.puts(id)).toHaveLength(puts);
    expect(Object.keys(await stack.readOutputs('kept/a/'))).toEqual(['0', '1']);
  });

  test.each([
    ['beforeAccept', 'is not sent again', 0],
    ['afterAccept', 'is canceled in the service', 1],
  ] as const)(
    'and an intent without an outcome (%s) is looked up: it %s',
    async (reset, _, accepted) => {
      const options = await makeBatches(stack, `intent-${reset}`);
      const { run } = await interruptAtPut(stack, options, { batch: 'b00001', reset });
      await cutJournal(({ type }) => type === 'submitting', journalPath(stack.state, run.id));
      await requestCancel(run.id);
      const { summary, error } = await resume(run.id);
      expect(error).toBeUndefined();
      expect(stack.puts(run.id)).toHaveLength(1);
      expect(stack.accepted(run.id)).toHaveLength(accepted);
      expect(new Set(canceledJobs(run.id))).toEqual(new Set(stack.accepted(run.id)));
      expect(summary).toMatchObject({
        status: 'canceled',
        exitCode: 5,
        documents: { canceled: 6 },
        jobs: { submitted: accepted },
      });
      expectToAddUp(summary);
    },
  );

  test('submits nothing where nothing was submitted', async () => {
    const options = await makeBatches(stack, 'begun');
    const { run } = await interruptAt(options, ({ type }) => type === 'planned');
    await requestCancel(run.id);
    const { summary } = await resume(run.id, { concurrency: 8 });
    expect(summary).toMatchObject({ status: 'canceled', documents: { canceled: 6 } });
    expect(stack.puts(run.id)).toEqual([]);
  });

  test('changes nothing where all was finished', async () => {
    const { run } = await finishRun(await makeBatches(stack, 'done'));
    await requestCancel(run.id);
    const { summary } = await resume(run.id);
    expect(summary).toMatchObject({ status: 'complete', exitCode: 0 });
    expect(canceledJobs(run.id)).toEqual([]);
  });
});

test.each(['r20260101-000000-aaaaaaa', '', '../..'])(
  'the unknown run "%s" cannot be canceled',
  async (runId) => {
    await expect(requestCancel(runId)).rejects.toMatchObject({ code: 'RunNotFound' });
  },
);

describe('the watch for a request', () => {
  const never = new AbortController().signal;

  test('knows of one that was there before, as soon as it begins', async () => {
    const run = { isCancelRequested: async () => true };
    const watch = await watchCancel(run, { clock: createSimulatedClock(), canceling: never });
    expect(watch.canceling.aborted).toBe(true);
    watch.stop();
  });

  test('goes on when the state cannot be read for a while', async () => {
    const answers = [false, 'unreadable', 'unreadable', true];
    const run = {
      async isCancelRequested() {
        const answer = answers.shift();
        if (answer === 'unreadable') throw new Error('The state does not answer.');
        return answer === true;
      },
    };
    const clock = createSimulatedClock();
    const watch = await watchCancel(run, { clock, canceling: never });
    expect(watch.canceling.aborted).toBe(false);
    await new Promise((resolve) => watch.canceling.addEventListener('abort', resolve));
    expect(clock.sleeps).toEqual([2_000, 2_000, 2_000]);
    watch.stop();
  });
});
