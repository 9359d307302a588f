import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { FaultRule } from '../../src/emulator/index.ts';
import { submitJob } from '../../src/index.ts';
import { type FlowStack, finishRun, NOTE, startFlowStack } from './flow-stack.ts';

let stack: FlowStack;
let folders = 0;

beforeAll(async () => {
  stack = await startFlowStack();
});
afterEach(() => stack.reset());
afterAll(() => stack?.stop());

/** A folder of `documents` notes that no other test uses. */
async function makeFolder(documents = 1): Promise<string> {
  folders += 1;
  const folder = `once${folders}`;
  const names = Array.from(
    { length: documents },
    (_, index) => `${folder}/n${String(index).padStart(2, '0')}`,
  );
  await stack.upload(Object.fromEntries(names.map((name) => [name, NOTE])));
  return folder;
}

type Effect = Omit<FaultRule, 'server' | 'method' | 'path'>;

const put = (effect: Effect): FaultRule => ({
  server: 'service',
  method: 'PUT',
  path: '/jobs/{name}',
  nth: 1,
  ...effect,
});

/** What may happen to the first PUT of a batch. */
const FAULTS: Record<string, Effect> = {
  'nothing at all': { delayMs: 0 },
  'reset, not taken': { reset: 'beforeAccept' },
  'reset, but taken': { reset: 'afterAccept' },
  '500, not taken': { status: 500 },
  '500, but taken': { status: 500, accept: true },
  '503 with Retry-After, not taken': { status: 503, headers: { 'retry-after': '1' } },
  '503, but taken': { status: 503, accept: true },
  '502 from a proxy, but taken': { status: 502, accept: true, body: '<html>' },
  '408, but taken': { status: 408, accept: true },
  'an answer that is cut off': { truncateBody: 40 },
  'an answer that is no JSON': { body: '<html>' },
  'an answer that is no job': { body: { value: [] } },
  '429 with Retry-After': { status: 429, headers: { 'retry-after': '7' } },
  '429 without Retry-After': { status: 429 },
  '429, but taken': { status: 429, accept: true },
  'a conflict that is none': { status: 409 },
  'a conflict, but taken': { status: 409, accept: true },
};

describe('whatever happens to the first PUT of a batch, it becomes one job', () => {
  test.each([
    ['conflict', 0],
    ['conflict', 12_000],
    ['existing', 12_000],
    ['replace', 0],
    ['replace', 12_000],
  ] as const)(
    'where PUT of a name that exists means %s and a job shows after %i ms',
    async (rePut, lateVisibilityMs) => {
      const names = Object.keys(FAULTS);
      const folder = await makeFolder(names.length);
      stack.emulator.setBehaviour({ rePut, lateVisibilityMs });
      const batchOf = (index: number) => `b${String(index + 1).padStart(5, '0')}`;
      stack.emulator.setFaults(
        Object.values(FAULTS).map((effect, index) => ({
          ...put(effect),
          path: `^/jobs/[^/?]+-${batchOf(index)}-1\\?`,
        })),
      );
      const { run, summary, error } = await finishRun(
        stack.options(folder, { maxDocsPerBatch: 1, concurrency: names.length }),
      );
      const accepted = stack.accepted(run.id);
      const jobs = names.map((name, index) => [
        name,
        accepted.filter((job) => job.endsWith(`-${batchOf(index)}-1`)).length,
      ]);
      expect(Object.fromEntries(jobs)).toEqual(Object.fromEntries(names.map((name) => [name, 1])));
      expect(error).toBeUndefined();
      expect(summary).toMatchObject({
        status: 'complete',
        documents: { planned: names.length, succeeded: names.length, unexpected: 0 },
        jobs: { submitted: names.length },
      });
    },
  );
});

test('every second batch is cut off, and each still becomes one job', async () => {
  const folder = await makeFolder(4);
  stack.emulator.setFaults([
    put({ nth: 2, reset: 'afterAccept' }),
    put({ nth: 4, reset: 'beforeAccept' }),
  ]);
  const { run, summary } = await finishRun(stack.options(folder, { maxDocsPerBatch: 1 }));
  expect(summary).toMatchObject({ status: 'complete', batches: { planned: 4, succeeded: 4 } });
  expect(stack.accepted(run.id).toSorted()).toEqual(
    [1, 2, 3, 4].map((batch) => `${run.id}-b0000${batch}-1`),
  );
});

test('after a reset nothing is sent again before the first PUT can no longer have an effect', async () => {
  const folder = await makeFolder();
  stack.emulator.setFaults([put({ reset: 'beforeAccept' })]);
  const { run } = await finishRun(stack.options(folder));
  const [first, second] = stack.emulator.requests.filter(
    ({ method, path }) => method === 'PUT' && path.includes(run.id),
  );
  const waitedMs = Date.parse(second?.at ?? '') - Date.parse(first?.at ?? '');
  expect(waitedMs).toBeGreaterThanOrEqual(35_000);
  const looks = stack.emulator.requests.filter(
    ({ method, path, status }) =>
      method === 'GET' && path.endsWith(`${run.id}-b00001-1`) && status === 404,
  );
  expect(looks.length).toBeGreaterThanOrEqual(3);
});

test('a service that never answers a PUT but took it: adopted, and the journal says so', async () => {
  const folder = await makeFolder();
  stack.emulator.setFaults([put({ reset: 'afterAccept' })]);
  const { run, events } = await finishRun(stack.options(folder));
  expect(events).toContainEqual(
    expect.objectContaining({ type: 'submitted', adopted: true, job: `${run.id}-b00001-1` }),
  );
  expect(await stack.readJournal(run.id)).toContainEqual(
    expect.objectContaining({ type: 'submitted', adopted: true }),
  );
  expect(stack.puts(run.id)).toHaveLength(1);
});

test('a service that takes no PUT ends the run unfinished, the intent on record', async () => {
  const folder = await makeFolder(2);
  stack.emulator.setFaults([
    { server: 'service', method: 'PUT', path: '/jobs/{name}', reset: 'beforeAccept' },
  ]);
  const { run, summary, error } = await finishRun(stack.options(folder, { maxDocsPerBatch: 1 }));
  expect(error).toMatchObject({ code: 'SubmissionUnknown', exitCode: 75 });
  expect(summary).toMatchObject({ status: 'incomplete', exitCode: 75, jobs: { submitted: 0 } });
  expect(new Set(stack.puts(run.id))).toEqual(new Set([`${run.id}-b00001-1`]));
  expect(stack.accepted(run.id)).toEqual([]);
  const types = (await stack.readJournal(run.id)).map(({ type }) => type);
  expect(types).toEqual(['run-created', 'plan-sealed', 'submitting', 'run-ended']);
});

test('a service that is out of reach after a PUT gets no second one', async () => {
  const folder = await makeFolder();
  stack.emulator.setBehaviour({ rePut: 'replace' });
  stack.emulator.setFaults([
    put({ reset: 'afterAccept' }),
    // Its first answer, before anything is sent, is as it should be.
    { server: 'service', method: 'GET', nth: 2, count: 1_000_000, status: 503 },
  ]);
  const { run, error } = await finishRun(stack.options(folder));
  expect(error).toMatchObject({ code: 'SubmissionUnknown', exitCode: 75 });
  expect(stack.puts(run.id)).toHaveLength(1);
  expect(stack.accepted(run.id)).toHaveLength(1);
});

test('a throttled service is asked less and less often, for as long as it says', async () => {
  const folder = await makeFolder();
  stack.emulator.setFaults([
    put({ nth: 1, count: 2, status: 429, headers: { 'retry-after': '90' } }),
  ]);
  const { run, summary } = await finishRun(stack.options(folder));
  expect(summary?.status).toBe('complete');
  const atMs = stack.emulator.requests
    .filter(({ method, path }) => method === 'PUT' && path.includes(run.id))
    .map(({ at }) => Date.parse(at));
  expect(atMs).toHaveLength(3);
  expect((atMs[1] ?? 0) - (atMs[0] ?? 0)).toBeGreaterThanOrEqual(90_000);
});

test('a Retry-After of a day does not hold a PUT for longer than minutes', async () => {
  const folder = await makeFolder();
  stack.emulator.setFaults([put({ status: 429, headers: { 'retry-after': '86400' } })]);
  const beforeMs = stack.clock.monotonicMs();
  await finishRun(stack.options(folder));
  expect(stack.clock.monotonicMs() - beforeMs).toBeLessThan(600_000);
});

describe('blobs that change between a PUT that was lost and the next one', () => {
  test('keep the next one from being sent', async () => {
    const folder = await makeFolder(1);
    stack.emulator.setFaults([put({ reset: 'beforeAccept' })]);
    const options = stack.options(folder);
    const { run, summary } = await finishRun({
      ...options,
      clock: {
        ...stack.clock,
        nowMs: stack.clock.nowMs,
        monotonicMs: stack.clock.monotonicMs,
        async sleep(ms, signal) {
          if (ms > 30_000 && ms <= 35_000) await stack.upload({ [`${folder}/late`]: NOTE });
          await stack.clock.sleep(ms, signal);
        },
      },
    });
    expect(stack.accepted(run.id)).toEqual([]);
    expect(summary).toMatchObject({
      // A request was sent, so it is not drift before anything was.
      exitCode: 5,
      documents: { planned: 1, missing: 1, unexpected: 1 },
      batches: { drifted: 1 },
      jobs: { submitted: 0 },
    });
  });
});

describe('a job of that name', () => {
  test('that was made from another request is left alone', async () => {
    const [mine, other] = [await makeFolder(), await makeFolder()];
    const name = `taken-${mine}`;
    await submitJob({ ...jobOptions(other), name });
    await expect(submitJob({ ...jobOptions(mine), name })).rejects.toMatchObject({
      code: 'JobNameTaken',
      exitCode: 2,
    });
    expect(stack.emulator.executions.filter((job) => job.name === name)).toHaveLength(1);
  });

  test.each(['conflict', 'existing'] as const)(
    'that shows only later is left alone as well, where PUT means %s',
    async (rePut) => {
      const [mine, other] = [await makeFolder(), await makeFolder()];
      const name = `late-${mine}`;
      await submitJob({ ...jobOptions(other), name });
      stack.emulator.setBehaviour({ rePut });
      stack.emulator.setFaults([
        {
          server: 'service',
          method: 'GET',
          path: `/jobs/${name}`,
          status: 404,
          body: { error: { code: 'JobNotFound', message: 'Job not found.' } },
          nth: 1,
          count: 2,
        },
      ]);
      await expect(submitJob({ ...jobOptions(mine), name })).rejects.toMatchObject({
        code: 'JobNameTaken',
      });
      expect(stack.emulator.executions.filter((job) => job.name === name)).toHaveLength(1);
    },
  );
});

function jobOptions(folder: string) {
  const { state: _, ...options } = stack.options(folder);
  return options;
}
