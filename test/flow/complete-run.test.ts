import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { planRun, type RunSummary } from '../../src/index.ts';
import { type FlowStack, finishRun, journalPath, NOTE, startFlowStack } from './flow-stack.ts';
import { onRequest } from './on-request.ts';

let stack: FlowStack;

beforeAll(async () => {
  stack = await startFlowStack();
});
afterEach(() => stack.reset());
afterAll(() => stack?.stop());

describe('a selection with decoys', () => {
  const notes = Object.fromEntries(
    Array.from({ length: 6 }, (_, patient) => `mixed/p${patient}`).flatMap((folder) => [
      [`${folder}/a.txt`, NOTE],
      [`${folder}/deep/b.txt`, `${NOTE} Twice.`],
    ]),
  );
  const empty = { 'mixed/p2/empty.txt': '' };
  const decoys = {
    'mixed/p1/scan.pdf': 'not text',
    'mixed/p3/drafts/x.txt': NOTE,
    'mixed/p4/large.txt': 'x'.repeat(2_000_001),
    'mixed-other/p1/a.txt': NOTE,
  };

  test('is processed exactly once and nothing else is, groups whole', async () => {
    await stack.upload({ ...notes, ...empty, ...decoys });
    const options = stack.options('mixed', {
      pattern: 'mixed/**/*.txt',
      exclude: '**/drafts/**',
      groupBy: 'folder:2',
      target: `${stack.emulator.blobEndpoint}/target/tree`,
      maxDocsPerBatch: 4,
    });
    // What lies between the documents of a patient forbids a batch of that patient as a whole.
    const refused = await finishRun(options);
    expect(refused.error).toMatchObject({ code: 'NotExact', exitCode: 2 });
    expect(stack.emulator.executions).toEqual([]);

    const { run, summary, error, events } = await finishRun({
      ...options,
      exclude: ['**/drafts/**', 'mixed/p[134]/**'],
    });
    expect(error).toBeUndefined();
    const planned = Object.keys({ ...notes, ...empty }).filter((name) => !/p[134]/.test(name));
    expect(summary).toMatchObject({
      status: 'complete',
      exitCode: 0,
      documents: {
        planned: planned.length,
        succeeded: planned.length,
        failed: 0,
        canceled: 0,
        missing: 0,
        changed: 0,
        unexpected: 0,
      },
      consistency: { scope: 'group', groups: 3, splitGroups: 0 },
    });
    expect(events.at(-1)).toMatchObject({ type: 'finished' });

    const outputs = await stack.readOutputs('tree/');
    expect(Object.keys(outputs).toSorted()).toEqual(planned.toSorted());
    for (const [name, text] of Object.entries(outputs)) expect(text, name).not.toContain('Smith');
    expect(outputs['mixed/p2/empty.txt']).toBe('');
    expect(stack.accepted(run.id)).toEqual(stack.puts(run.id));
  });

  test('tells what it does in order, and sums it up in a file', async () => {
    await stack.upload({ 'told/a': NOTE, 'told/b': NOTE });
    const { run, events, summary } = await finishRun(stack.options('told', { maxDocsPerBatch: 1 }));
    const types = events.map(({ type }) => type);
    expect(types.slice(0, 3)).toEqual(['listing', 'planned', 'submitted']);
    for (const batch of ['b00001', 'b00002']) {
      const own = events.flatMap((event) =>
        'batch' in event && event.batch === batch && event.type !== 'state' ? [event.type] : [],
      );
      expect(own).toEqual(['submitted', 'ended', 'verified']);
      const states = events.flatMap((event) =>
        event.type === 'state' && event.batch === batch ? [event.state] : [],
      );
      expect(states.at(-1)).toBe('succeeded');
    }
    const last = events.at(-1);
    const file = last?.type === 'finished' ? last.summaryFile : '';
    const saved = JSON.parse(await readFile(file, 'utf8')) as RunSummary;
    expect(saved).toEqual(summary);
    expect(saved).toMatchObject({
      schemaVersion: 1,
      type: 'summary',
      runId: run.id,
      batches: { planned: 2, succeeded: 2, failed: 0, canceled: 0, drifted: 0, open: 0 },
      jobs: { submitted: 2 },
      bytes: 2 * NOTE.length,
    });
    const again: string[] = [];
    for await (const { type } of run) again.push(type);
    expect(again).toEqual(types);
  });
});

test('the intent is on disk when a PUT arrives, and the outcome before the next step', async () => {
  await stack.upload({ 'journal/a': NOTE, 'journal/b': NOTE });
  const atPut: { job: string; last: unknown }[] = [];
  const unsubscribe = onRequest(({ method, url }) => {
    const job = /^\/jobs\/([^/?]+)/.exec(url)?.[1];
    if (method !== 'PUT' || job === undefined) return;
    const runId = job.split('-').slice(0, 3).join('-');
    const lines = readFileSync(journalPath(stack.state, runId), 'utf8').trim().split('\n');
    atPut.push({ job, last: lines.map((line) => JSON.parse(line)).findLast((r) => r.job === job) });
  });
  const { run } = await finishRun(stack.options('journal', { maxDocsPerBatch: 1 }));
  unsubscribe();
  expect(atPut).toHaveLength(2);
  for (const { job, last } of atPut) expect(last).toMatchObject({ type: 'submitting', job });

  const records = await stack.readJournal(run.id);
  // Number 1 says that the journal was opened.
  expect(records.map(({ seq }) => seq)).toEqual(records.map((_, index) => index + 2));
  expect(records.slice(0, 2).map(({ type }) => type)).toEqual(['run-created', 'plan-sealed']);
  expect(records.at(-1)).toMatchObject({ type: 'run-ended', status: 'complete', exitCode: 0 });
  for (const batch of ['b00001', 'b00002']) {
    const types = records
      .filter((record) => 'batch' in record && record.batch === batch)
      .map((record) => (record.type === 'state' ? record.state : record.type))
      .filter((type) => type !== 'running');
    expect(types).toEqual(['submitting', 'submitted', 'succeeded', 'ended', 'verified']);
  }
});

describe('a plan that was made before', () => {
  test('is executed exactly, though the source has grown elsewhere', async () => {
    await stack.upload({ 'planned/a/1': NOTE, 'planned/b/1': NOTE });
    const options = stack.options('planned', { pattern: 'planned/{a,b,c}/**', maxDocsPerBatch: 1 });
    const before = stack.emulator.requests.length;
    const plan = await planRun(options);
    const methods = stack.emulator.requests.slice(before).map(({ method }) => method);
    expect(new Set(methods)).toEqual(new Set(['GET']));

    await stack.upload({ 'planned/c/1': NOTE });
    const { run, summary, events } = await finishRun(plan);
    expect(run.id).toBe(plan.runId);
    expect(summary).toMatchObject({ status: 'complete', documents: { planned: 2, succeeded: 2 } });
    expect(events.map(({ type }) => type)).not.toContain('planned');
    const bodies = stack.emulator.executions
      .filter(({ name }) => name.startsWith(run.id))
      .map(({ request }) => request.sourceLocation.prefix);
    expect(bodies.toSorted()).toEqual(plan.batches.map(({ source }) => source.prefix).toSorted());
    expect(Object.keys(await stack.readOutputs('planned/')).toSorted()).toEqual(['a/1', 'b/1']);
  });

  test('is not executed twice: its jobs have names that are used once', async () => {
    await stack.upload({ 'again/a': NOTE });
    stack.emulator.setBehaviour({ rePut: 'replace' });
    const plan = await planRun(stack.options('again'));
    await finishRun(plan);
    await expect(finishRun(plan)).rejects.toMatchObject({ code: 'InvalidOption', exitCode: 2 });
    expect(stack.accepted(plan.runId)).toHaveLength(1);
  });

  test('by another process is refused', async () => {
    await stack.upload({ 'copied/a': NOTE });
    const plan = await planRun(stack.options('copied'));
    await expect(finishRun(structuredClone(plan))).rejects.toMatchObject({ code: 'InvalidOption' });
    expect(stack.accepted(plan.runId)).toEqual([]);
  });
});
