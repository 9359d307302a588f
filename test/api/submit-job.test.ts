import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type RunOptions, submitJob } from '../../src/index.ts';
import { type FlowStack, NOTE, startFlowStack } from '../flow/flow-stack.ts';

let stack: FlowStack;

beforeAll(async () => {
  stack = await startFlowStack();
  await stack.upload({ 'job/a.txt': NOTE, 'job/b.txt': NOTE });
});
afterEach(() => stack.reset());
afterAll(() => stack?.stop());

function options(folder: string, changes: Partial<RunOptions> = {}) {
  const { state: _, ...rest } = stack.options(folder, changes);
  return rest;
}

const named = (name: string) => stack.emulator.executions.filter((job) => job.name === name);

test('a selection becomes one job that can be waited for and looked into', async () => {
  const job = await submitJob(options('job'));
  expect(job.name).toMatch(/^[a-zA-Z0-9][\w-]{1,34}[a-zA-Z0-9]$/);
  expect((await job.status())?.name).toBe(job.name);
  const ended = await job.wait();
  expect(ended).toMatchObject({
    state: 'succeeded',
    summary: { successful: 2, failed: 0, canceled: 0, total: 2 },
  });
  const documents = [];
  for await (const document of job.documents()) documents.push(document);
  expect(documents.map(({ input }) => input.location).toSorted()).toEqual(
    ['a', 'b'].map((name) => `${stack.emulator.blobEndpoint}/source/job/${name}.txt`),
  );
  expect(named(job.name)).toHaveLength(1);
  expect(Object.keys(await stack.readOutputs('job/')).toSorted()).toEqual(['a.txt', 'b.txt']);
});

describe('a name', () => {
  test('makes a second call find the job of the first, finished or not', async () => {
    await stack.upload({ 'twice/a': NOTE });
    stack.emulator.setBehaviour({ rePut: 'replace' });
    const first = await submitJob({ ...options('twice'), name: 'my-own-name' });
    const second = await submitJob({ ...options('twice'), name: 'my-own-name' });
    await first.wait();
    const third = await submitJob({ ...options('twice'), name: 'my-own-name' });
    expect(await third.wait()).toMatchObject({ state: 'succeeded' });
    expect(second.name).toBe('my-own-name');
    expect(named('my-own-name')).toHaveLength(1);
  });

  test.each(['', 'ab', 'x'.repeat(37), '-ab', 'ab-', 'a b', 'a/b', 'ä-b', '../x'])(
    'like "%s" is refused before anything is sent',
    async (name) => {
      const from = stack.emulator.requests.length;
      await expect(submitJob({ ...options('job'), name })).rejects.toMatchObject({
        code: 'InvalidJobName',
        exitCode: 2,
      });
      expect(stack.emulator.requests).toHaveLength(from);
    },
  );
});

describe('what is not one exact batch is refused', () => {
  test('because it takes several jobs', async () => {
    const { code } = await failureOf(submitJob(options('job', { maxDocsPerBatch: 1 })));
    expect(code).toBe('NotOneBatch');
  });

  test('because no prefix selects it', async () => {
    await stack.upload({ 'inexact/a': NOTE, 'inexact/ab': NOTE });
    const { code } = await failureOf(submitJob(options('inexact', { exclude: 'inexact/ab' })));
    expect(code).toBe('NotExact');
  });

  test('because there is nothing', async () => {
    expect((await failureOf(submitJob(options('nothing')))).code).toBe('NothingMatched');
  });
});

test('a job can be canceled, and what ended stays as it is', async () => {
  await stack.upload({ 'stopped/a': NOTE });
  stack.emulator.setBehaviour({ maxConcurrentJobs: 0 });
  const job = await submitJob(options('stopped'));
  expect(await job.cancel()).toMatchObject({ state: 'canceled' });
  expect(await job.wait()).toMatchObject({ state: 'canceled' });
  expect(await job.cancel()).toMatchObject({ state: 'canceled' });
});

test('a wait can be given up while the job goes on', async () => {
  await stack.upload({ 'waiting/a': NOTE });
  stack.emulator.setBehaviour({ maxConcurrentJobs: 0 });
  const job = await submitJob(options('waiting'));
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(job.wait({ signal })).rejects.toThrow('enough');
  stack.emulator.setBehaviour({ maxConcurrentJobs: Number.POSITIVE_INFINITY });
  expect(await job.wait()).toMatchObject({ state: 'succeeded' });
});

test('blobs that change meanwhile stop it', async () => {
  await stack.upload({ 'moving/a': NOTE });
  stack.emulator.setFaults([
    // The recheck, which is the third listing: of the source, the target, the source again.
    {
      server: 'storage',
      method: 'GET',
      path: '^[^?]*/source\\?',
      nth: 2,
      status: 200,
      headers: { 'content-type': 'application/xml' },
      body: '<?xml version="1.0" encoding="utf-8"?><EnumerationResults><Blobs></Blobs><NextMarker /></EnumerationResults>',
    },
  ]);
  const from = stack.emulator.executions.length;
  const { code, exitCode, message } = await failureOf(submitJob(options('moving')));
  expect({ code, exitCode }).toEqual({ code: 'Drift', exitCode: 6 });
  expect(message).toContain('1 removed');
  expect(stack.emulator.executions).toHaveLength(from);
});

async function failureOf(call: Promise<unknown>) {
  const error = await call.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  return error as { code: string; exitCode: number; message: string };
}
