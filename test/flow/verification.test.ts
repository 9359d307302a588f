import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Behaviour } from '../../src/emulator/index.ts';
import { startRun } from '../../src/index.ts';
import { type FlowStack, finishRun, NOTE, startFlowStack, watchRun } from './flow-stack.ts';

let stack: FlowStack;

beforeAll(async () => {
  stack = await startFlowStack();
});
afterEach(() => stack.reset());
afterAll(() => stack?.stop());

const readFindings = (runId: string) =>
  gunzipSync(readFileSync(join(stack.state, 'runs', runId, 'findings-b00001.jsonl.gz')))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { kind: string; name: string; code?: string });

const NASTY = ['a b', 'ü 😀', 'a%20b', '100%', 'x#y', 'what?', '1+1', 'c//d', "it's", 'a&b=c', '-'];

describe('names that need escaping come out as they went in', () => {
  test.each([
    ['surrogate', 'encoded', 100],
    ['surrogate', 'raw', 100],
    ['redact', 'encoded', 3],
    ['tag', 'encoded', 1_000],
    ['tag', 'raw', 1_000],
  ] as const)(
    '%s, locations %s, %i documents on a page',
    async (operation, locationEncoding, maxPageSize) => {
      const folder = `nasty-${operation}-${locationEncoding}`;
      await stack.upload(Object.fromEntries(NASTY.map((name) => [`${folder}/${name}`, NOTE])));
      stack.emulator.setBehaviour({ locationEncoding, maxPageSize, tagOutputName: 'jsonSuffix' });
      const { summary } = await finishRun(stack.options(folder, { operation }));
      expect(summary).toMatchObject({
        status: 'complete',
        documents: { planned: NASTY.length, succeeded: NASTY.length, unexpected: 0 },
      });
      const outputs = Object.keys(await stack.readOutputs(`${folder}/`));
      const suffix = operation === 'tag' ? '.json' : '';
      expect(outputs.toSorted()).toEqual(NASTY.map((name) => `${name}${suffix}`).toSorted());
    },
  );
});

test.each([20, 1_000])(
  'a job of 65 documents is verified from pages of %i',
  async (maxPageSize) => {
    const folder = `pages${maxPageSize}`;
    const names = Array.from({ length: 65 }, (_, index) => `${folder}/${index}`);
    await stack.upload(Object.fromEntries(names.map((name) => [name, 'x'])));
    stack.emulator.setBehaviour({ maxPageSize });
    const { run, summary } = await finishRun(stack.options(folder));
    expect(summary).toMatchObject({ status: 'complete', documents: { succeeded: 65 } });
    const pages = stack.emulator.requests.filter(
      ({ path }) => path === `/jobs/${run.id}-b00001-1/documents`,
    );
    expect(pages).toHaveLength(Math.ceil(65 / maxPageSize));
  },
);

describe('failed documents', () => {
  test.each(['Succeeded', 'Failed', 'PartialFailed'] as const)(
    'are found in a job that calls itself %s',
    async (jobStatusWithFailures) => {
      const folder = `partly-${jobStatusWithFailures}`;
      await stack.upload({
        [`${folder}/a`]: 'short',
        [`${folder}/b`]: NOTE,
        [`${folder}/c`]: 'short',
      });
      stack.emulator.setBehaviour({ jobStatusWithFailures, maxDocumentBytes: 10 });
      const { run, summary } = await finishRun(stack.options(folder));
      expect(summary).toMatchObject({
        status: 'findings',
        exitCode: 5,
        documents: { planned: 3, succeeded: 2, failed: 1, missing: 0 },
        batches: { planned: 1, failed: 1 },
      });
      expect(readFindings(run.id)).toEqual([
        { kind: 'failed', name: `${folder}/b`, code: 'FileTooLarge' },
      ]);
    },
  );

  test('are all of a job that fails as a whole', async () => {
    await stack.upload({ 'whole/a': 'short', 'whole/b': NOTE });
    stack.emulator.setBehaviour({ oversizedDocument: 'failJob', maxDocumentBytes: 10 });
    const { summary } = await finishRun(stack.options('whole'));
    expect(summary).toMatchObject({ status: 'findings', exitCode: 5, batches: { failed: 1 } });
    const { succeeded = 0, failed = 0, canceled = 0, missing } = summary?.documents ?? {};
    expect([succeeded + failed + canceled, missing]).toEqual([2, 0]);
    expect(succeeded).toBeLessThan(2);
  });
});

/** Runs a folder with notes a and b, and does `act` as soon as the job has ended. */
async function interfere(
  folder: string,
  act: () => Promise<unknown>,
  behaviour: Partial<Behaviour> = {},
) {
  await stack.upload({ [`${folder}/a`]: NOTE, [`${folder}/b`]: NOTE });
  stack.emulator.setBehaviour(behaviour);
  const target = stack.emulator.containerClient('target');
  const { clock } = stack;
  let acted = false;
  const run = await startRun(
    stack.options(folder, {
      clock: {
        nowMs: clock.nowMs,
        monotonicMs: clock.monotonicMs,
        async sleep(ms, signal) {
          await clock.sleep(ms, signal);
          // The job writes in no time, and is looked at a second later.
          if (acted || !(await target.getBlobClient(`${folder}/b`).exists())) return;
          acted = true;
          await act();
        },
      },
    }),
  );
  const finished = await watchRun(run);
  expect(acted).toBe(true);
  return { ...finished, findings: readFindings(run.id) };
}

describe('outputs that are not what the service wrote', () => {
  test('one that was removed is missing', async () => {
    const target = stack.emulator.containerClient('target');
    const { summary, findings } = await interfere('removed', () => target.deleteBlob('removed/b'));
    expect(findings).toEqual([{ kind: 'missingOutput', name: 'removed/b' }]);
    expect(summary).toMatchObject({ exitCode: 5, documents: { succeeded: 1, missing: 1 } });
  });

  test('one that was overwritten has changed', async () => {
    const target = stack.emulator.containerClient('target');
    const { summary, findings } = await interfere('overwritten', () =>
      target.getBlockBlobClient('overwritten/b').upload('other', 5),
    );
    expect(findings).toEqual([{ kind: 'changedOutput', name: 'overwritten/b' }]);
    expect(summary).toMatchObject({ exitCode: 5, documents: { succeeded: 1, changed: 1 } });
  });
});

test('a document that slips into the job after the last look is unexpected, and so is its output', async () => {
  await stack.upload({ 'slipped/a': NOTE });
  // The service compares prefixes without regard to case, which nobody documents.
  await stack.upload({ 'SLIPPED/b': NOTE });
  stack.emulator.setBehaviour({ prefixComparison: 'ignoreCase' });
  const { run, summary } = await finishRun(stack.options('slipped'));
  stack.emulator.setBehaviour({ prefixComparison: 'ordinal' });
  expect(summary).toMatchObject({ status: 'findings', exitCode: 5, documents: { planned: 1 } });
  expect(summary?.documents.unexpected).toBeGreaterThan(0);
  expect(readFindings(run.id)).toContainEqual({ kind: 'unexpected', name: 'SLIPPED/b' });
});
