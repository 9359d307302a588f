import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type ResumeOptions, type RunOptions, resumeRun } from '../../src/index.ts';
import { type FlowStack, finishRun, NOTE, startFlowStack, watchRun } from './flow-stack.ts';

let stack: FlowStack;

beforeAll(async () => {
  stack = await startFlowStack();
});
afterEach(() => stack.reset());
afterAll(() => stack?.stop());

/** More than the service takes, by a switch of these tests. */
const BAD = NOTE.repeat(4);
const MAX_BYTES = NOTE.length * 2;

/** Batches of two documents, of which the given numbers fail; one job at a time. */
async function makeFolder(folder: string, failing: readonly number[]): Promise<RunOptions> {
  const names = failing.flatMap((bad, batch) =>
    [0, 1].map((index) => [`${folder}/b${batch}/${index}`, index < bad ? BAD : NOTE]),
  );
  await stack.upload(Object.fromEntries(names));
  stack.emulator.setBehaviour({ maxDocumentBytes: MAX_BYTES });
  return stack.options(folder, { groupBy: 'folder:2', maxDocsPerBatch: 2, concurrency: 1 });
}

const resume = async (runId: string, changes: ResumeOptions) => {
  const { credential, clock, state, caFile } = stack.options('');
  return watchRun(
    await resumeRun(runId, {
      credential,
      clock,
      state,
      caFile,
      concurrency: 1,
      ...changes,
    } as ResumeOptions),
  );
};

describe('a run with --max-failures', () => {
  // One document fails in the first batch, two in the second, one in each after that.
  test.each([
    [0, 100, 1],
    [1, 100, 2],
    [2, 100, 2],
    [3, 100, 3],
    ['49%', 1, 1],
    ['50%', 1, 2],
    ['10%', 5, 3],
  ] as const)(
    'of %s (and a sample of %i) submits %i batches of five',
    async (maxFailures, minSample, jobs) => {
      const folder = `of-${maxFailures}-${minSample}`.replace('%', 'p');
      const options = await makeFolder(folder, [1, 2, 1, 1, 1]);
      const { run, summary, error } = await finishRun({ ...options, maxFailures, minSample });
      expect(stack.puts(run.id)).toHaveLength(jobs);
      expect(error).toMatchObject({ code: 'FailureBrake', exitCode: 7 });
      expect(summary).toMatchObject({
        status: 'incomplete',
        exitCode: 7,
        batches: { planned: 5, failed: jobs, open: 5 - jobs },
        documents: { planned: 10, failed: jobs === 1 ? 1 : jobs + 1 },
      });
    },
  );

  test.each([
    [6, 1],
    ['75%', 1],
    ['1%', 11],
    ['', 1],
  ] as const)(
    'of %s (and a sample of %i) that is never passed ends as any other',
    async (maxFailures, minSample) => {
      const folder = `never-${maxFailures}-${minSample}`.replace('%', 'p');
      const options = await makeFolder(folder, [1, 2, 1, 1, 1]);
      const { summary, error } = await finishRun({
        ...options,
        ...(maxFailures === '' ? {} : { maxFailures }),
        minSample,
      });
      expect(error).toBeUndefined();
      expect(summary).toMatchObject({
        status: 'findings',
        exitCode: 5,
        documents: { planned: 10, failed: 6, succeeded: 4 },
      });
    },
  );

  test('that is passed by the last batch is no brake, since nothing was left', async () => {
    const options = await makeFolder('last', [0, 1]);
    const { summary, error } = await finishRun({ ...options, maxFailures: 0 });
    expect(error).toBeUndefined();
    expect(summary).toMatchObject({ status: 'findings', exitCode: 5, batches: { open: 0 } });
  });

  test('lets what runs go on to its end', async () => {
    const options = await makeFolder('goes-on', [0, 1, 0, 0, 0, 0, 0]);
    stack.emulator.setFaults([
      // The third and fourth job are still running when the second has failed.
      ...['b00003', 'b00004'].map((batch) => ({
        server: 'service' as const,
        method: 'GET',
        path: `^/jobs/[^/?]+-${batch}-1\\?`,
        status: 503,
        count: 12,
        nth: 1,
      })),
    ]);
    const { run, summary, error } = await finishRun({
      ...options,
      concurrency: 3,
      maxFailures: 0,
    });
    expect(error).toMatchObject({ code: 'FailureBrake' });
    const { succeeded = 0, open = 0 } = summary?.batches ?? {};
    expect(open).toBeGreaterThan(0);
    // All that were submitted came to their end.
    expect(stack.puts(run.id)).toHaveLength(7 - open);
    expect(succeeded + 1 + open).toBe(7);
    expect(stack.puts(run.id).some((name) => name.includes('b00003'))).toBe(true);
  });

  test('does not count what is missing, changed or unexpected', async () => {
    const options = await makeFolder('others', [0, 0, 0]);
    stack.emulator.setFaults([
      // The documents of the first job are nowhere to be seen.
      {
        server: 'service',
        method: 'GET',
        path: '^/jobs/[^/]+-b00001-1/documents',
        body: { value: [] },
      },
    ]);
    const { summary, error } = await finishRun({ ...options, maxFailures: 0 });
    expect(error).toBeUndefined();
    expect(summary).toMatchObject({
      status: 'findings',
      exitCode: 5,
      documents: { failed: 0, succeeded: 4 },
      batches: { open: 0 },
    });
    expect(summary?.documents.missing).toBe(2);
  });

  test('keeps a batch from being sent that was about to be', async () => {
    const options = await makeFolder('about', [0, 1, 0]);
    const { emulator } = stack;
    emulator.setFaults([
      // The third batch's prefix cannot be listed again for as long as the second takes to fail.
      {
        server: 'storage',
        method: 'GET',
        path: '^/[^/]+/source\\?.*prefix=about%2Fb2',
        status: 503,
        count: 4,
      },
    ]);
    const { run, summary, error } = await finishRun({
      ...options,
      concurrency: 2,
      maxFailures: 0,
    });
    expect(error).toMatchObject({ code: 'FailureBrake', exitCode: 7 });
    expect(stack.puts(run.id).filter((name) => name.includes('b00003'))).toEqual([]);
    expect(summary).toMatchObject({ batches: { planned: 3, succeeded: 1, failed: 1, open: 1 } });
  });

  test('gives way to what is worse: an identity that lost its role exits with 4', async () => {
    const options = await makeFolder('worse', [1, 0]);
    stack.emulator.setFaults([
      { server: 'service', method: 'GET', path: '^/jobs/[^/]+/documents', status: 403 },
    ]);
    const { summary, error } = await finishRun({ ...options, maxFailures: 0 });
    expect(error).toMatchObject({ code: 'ServiceAccessDenied', exitCode: 4 });
    expect(summary).toMatchObject({ exitCode: 4 });
  });
});

describe('a run that the brake stopped', () => {
  test('goes on with a higher value, and stays stopped with the same', async () => {
    const options = await makeFolder('higher', [1, 2, 0, 0]);
    const first = await finishRun({ ...options, maxFailures: 0 });
    const { id } = first.run;
    expect(stack.puts(id)).toHaveLength(1);

    const same = await resume(id, { maxFailures: 0 });
    expect(same.error).toMatchObject({ code: 'FailureBrake', exitCode: 7 });
    expect(stack.puts(id)).toHaveLength(1);

    const more = await resume(id, { maxFailures: 2 });
    expect(more.error).toMatchObject({ code: 'FailureBrake', exitCode: 7 });
    expect(stack.puts(id)).toHaveLength(2);

    const last = await resume(id, { maxFailures: 3 });
    expect(last.error).toBeUndefined();
    expect(last.summary).toMatchObject({
      status: 'findings',
      exitCode: 5,
      documents: { planned: 8, failed: 3, succeeded: 5 },
      jobs: { submitted: 4 },
    });
    expect(stack.accepted(id)).toHaveLength(4);
  });
});
