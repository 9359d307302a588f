import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { planRun } from '../../src/index.ts';
import { type FlowStack, finishRun, NOTE, startFlowStack } from './flow-stack.ts';

let stack: FlowStack;

beforeAll(async () => {
  stack = await startFlowStack();
});
afterEach(() => stack.reset());
afterAll(() => stack?.stop());

const CHANGES = {
  added: (name: string) => stack.upload({ [`${name}-more`]: NOTE }),
  changed: (name: string) => stack.upload({ [name]: `${NOTE} Revised.` }),
  removed: async (name: string) => {
    await stack.emulator.containerClient('source').deleteBlob(name);
  },
} as const;

const COUNTS = {
  added: { missing: 1, changed: 0, unexpected: 1 },
  changed: { missing: 0, changed: 1, unexpected: 0 },
  removed: { missing: 1, changed: 0, unexpected: 0 },
} as const;

test.each(['added', 'changed', 'removed'] as const)(
  'a blob that was %s after planning stops the only batch, and nothing is submitted',
  async (change) => {
    const folder = `only-${change}`;
    await stack.upload({ [`${folder}/a`]: NOTE });
    const plan = await planRun(stack.options(folder));
    await CHANGES[change](`${folder}/a`);
    const { run, summary, error, events } = await finishRun(plan);
    expect(error).toBeUndefined();
    expect(summary).toMatchObject({
      status: 'failed',
      exitCode: 6,
      documents: { planned: 1, succeeded: 0, ...COUNTS[change] },
      batches: { planned: 1, drifted: 1 },
      jobs: { submitted: 0 },
    });
    expect(stack.puts(run.id)).toEqual([]);
    expect(events.filter(({ type }) => type === 'submitted')).toEqual([]);
    const types = (await stack.readJournal(run.id)).map(({ type }) => type);
    expect(types).not.toContain('submitting');
    expect(await stack.readOutputs(`${folder}/`)).toEqual({});
  },
);

test.each(['added', 'changed', 'removed'] as const)(
  'a blob that was %s under one batch stops that batch only, be it the first',
  async (change) => {
    const folder = `one-of-${change}`;
    await stack.upload({ [`${folder}/a`]: NOTE, [`${folder}/b`]: NOTE, [`${folder}/c`]: NOTE });
    const plan = await planRun(stack.options(folder, { maxDocsPerBatch: 1 }));
    await CHANGES[change](`${folder}/a`);
    const { run, summary } = await finishRun(plan);
    expect(summary).toMatchObject({
      status: 'findings',
      exitCode: 5,
      documents: { planned: 3, succeeded: 2, ...COUNTS[change] },
      batches: { planned: 3, succeeded: 2, drifted: 1, open: 0 },
    });
    expect(stack.puts(run.id).toSorted()).toEqual([`${run.id}-b00002-1`, `${run.id}-b00003-1`]);
    expect(Object.keys(await stack.readOutputs(`${folder}/`)).toSorted()).toEqual(['b', 'c']);
  },
);

test('a blob that comes to nobody in particular is not looked at', async () => {
  await stack.upload({ 'beside/a/1': NOTE });
  const plan = await planRun(stack.options('beside', { pattern: 'beside/a/**' }));
  await stack.upload({ 'beside/b/1': NOTE });
  const { summary } = await finishRun(plan);
  expect(summary?.status).toBe('complete');
});
