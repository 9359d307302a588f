import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type FlowStack, finishRun, NOTE, startFlowStack } from './flow-stack.ts';

let stack: FlowStack;

beforeAll(async () => {
  stack = await startFlowStack();
});
afterEach(() => stack.reset());
afterAll(() => stack?.stop());

const fill = (folder: string, names: readonly string[]) =>
  stack.upload(Object.fromEntries(names.map((name) => [`${folder}/${name}`, NOTE])));

describe('a service that may not use the storage', () => {
  test.each([
    ['at all', []],
    ['of the target', [{ role: 'Storage Blob Data Contributor', container: 'source' }]],
    ['of the source', [{ role: 'Storage Blob Data Contributor', container: 'target' }]],
  ] as const)('%s gets one job, not all of them', async (which, roles) => {
    const folder = `denied-${which.replaceAll(' ', '-')}`;
    await fill(folder, ['a', 'b', 'c', 'd', 'e']);
    stack.emulator.serviceIdentity.roles = roles.map((grant) => ({ ...grant }));
    const { run, summary, error } = await finishRun(stack.options(folder, { maxDocsPerBatch: 1 }));
    expect(error).toMatchObject({ code: 'ServiceIdentityDenied', exitCode: 4 });
    expect(error?.message).toContain(`${stack.emulator.blobEndpoint}/source`);
    expect(error?.hint).toContain('Storage Blob Data Contributor');
    expect(stack.puts(run.id)).toEqual([`${run.id}-b00001-1`]);
    expect(summary).toMatchObject({
      status: 'failed',
      exitCode: 4,
      documents: { planned: 5, failed: 1, succeeded: 0 },
      batches: { planned: 5, failed: 1, open: 4 },
      jobs: { submitted: 1 },
    });
  });

  test('since a moment ago stops what is not submitted yet', async () => {
    await fill('revoked', ['a', 'b', 'c', 'd', 'e', 'f']);
    const options = stack.options('revoked', { maxDocsPerBatch: 1, concurrency: 1 });
    const { startRun } = await import('../../src/index.ts');
    const run = await startRun(options);
    for await (const event of run) {
      if (event.type === 'verified' && event.batch === 'b00002') {
        stack.emulator.serviceIdentity.roles = [];
      }
    }
    await expect(run.result()).rejects.toMatchObject({ code: 'ServiceIdentityDenied' });
    expect(stack.puts(run.id).length).toBeLessThanOrEqual(4);
  });
});

test('a first job that finds nothing to do fails alone', async () => {
  await fill('extensions', ['a', 'b.txt', 'c.txt']);
  stack.emulator.setBehaviour({ extensionlessNames: 'exclude' });
  const { summary, events } = await finishRun(stack.options('extensions', { maxDocsPerBatch: 1 }));
  stack.emulator.setBehaviour({ extensionlessNames: 'include' });
  expect(summary).toMatchObject({
    status: 'findings',
    exitCode: 5,
    documents: { planned: 3, succeeded: 2, failed: 1 },
    batches: { succeeded: 2, failed: 1 },
  });
  expect(events).toContainEqual({
    type: 'ended',
    batch: 'b00001',
    outcome: 'failed',
    fault: { code: 'EmptyJob' },
  });
});

describe('the first job', () => {
  test('proves itself before a second one is submitted', async () => {
    await fill('proof', ['a', 'b', 'c']);
    const { run, summary, events } = await finishRun(
      stack.options('proof', { maxDocsPerBatch: 1, concurrency: 3 }),
    );
    expect(summary?.status).toBe('complete');
    const second = events.findIndex(
      (event) => event.type === 'submitted' && event.batch === 'b00002',
    );
    const proof = events.slice(0, second).filter((event) => event.type === 'state');
    expect(proof.at(-1)).toMatchObject({ batch: 'b00001', total: 1 });
    const service = stack.emulator.requests.filter(
      ({ server, path }) => server === 'service' && path.includes(run.id),
    );
    const methods = service.map(({ method }) => method);
    expect(methods.indexOf('GET')).toBeLessThan(methods.indexOf('PUT', 1));
  });

  test('that waits in the queue holds all others back, for as long as the run may wait', async () => {
    await fill('queued', ['a', 'b', 'c']);
    stack.emulator.setBehaviour({ maxConcurrentJobs: 0 });
    const { run, summary, error } = await finishRun(
      stack.options('queued', { maxDocsPerBatch: 1, timeout: 1_800_000 }),
    );
    expect(error).toMatchObject({ code: 'TimedOut', exitCode: 75 });
    expect(summary).toMatchObject({ status: 'incomplete', exitCode: 75, jobs: { submitted: 1 } });
    expect(stack.puts(run.id)).toEqual([`${run.id}-b00001-1`]);
    const cancels = stack.emulator.requests.filter(({ method }) => method === 'POST');
    expect(cancels).toEqual([]);
  });
});

describe('how much happens at once', () => {
  test('no more jobs are in flight than asked for', async () => {
    await fill('bounded', ['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    const { run, summary } = await finishRun(
      stack.options('bounded', { maxDocsPerBatch: 1, concurrency: 3 }),
    );
    expect(summary).toMatchObject({ status: 'complete', jobs: { submitted: 7 } });
    const open = new Set<string>();
    let most = 0;
    for (const { server, method, path } of stack.emulator.requests) {
      const [, job = '', rest] = /^\/jobs\/([^/:]+)(.*)$/.exec(path) ?? [];
      if (server !== 'service' || !job.startsWith(run.id)) continue;
      if (method === 'PUT') open.add(job);
      if (rest === '/documents') open.delete(job);
      most = Math.max(most, open.size);
    }
    expect(most).toBe(3);
  });

  test('all jobs together send no more requests in a second than asked for', async () => {
    await fill('spaced', ['a', 'b', 'c', 'd', 'e', 'f']);
    const from = stack.emulator.requests.length;
    const { summary } = await finishRun(
      stack.options('spaced', { maxDocsPerBatch: 1, concurrency: 6, requestsPerSecond: 4 }),
    );
    expect(summary?.status).toBe('complete');
    const atMs = stack.emulator.requests
      .slice(from)
      // A PUT goes at once, when its blobs were looked at; the reads make way for it.
      .filter(({ server, method }) => server === 'service' && method !== 'PUT')
      .map(({ at }) => Date.parse(at));
    expect(atMs.length).toBeGreaterThanOrEqual(12);
    const inWindow = atMs.map(
      (startMs) => atMs.filter((ms) => ms >= startMs && ms < startMs + 1_000).length,
    );
    // A request may be on its way a little longer than the one after it.
    expect(Math.max(...inWindow)).toBeLessThanOrEqual(5);
  });
});
