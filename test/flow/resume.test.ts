import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  planRun,
  type ResumeOptions,
  type RunOptions,
  resumeRun,
  startRun,
  submitJob,
} from '../../src/index.ts';
import type { Plan } from '../../src/model/plan.ts';
import { OPTION_KEYS, specOf } from '../../src/options/specs.ts';
import { type FlowStack, finishRun, journalPath, startFlowStack, watchRun } from './flow-stack.ts';
import {
  comparable,
  cutJournal,
  interruptAt,
  interruptAtPut,
  makeBatches,
  runFile,
} from './left-runs.ts';
import { hearBodies } from './on-request.ts';

let stack: FlowStack;
let whole: ReturnType<typeof comparable>;

beforeAll(async () => {
  // The two documents of a batch take four seconds of simulated time.
  stack = await startFlowStack({ speed: 0.5 });
  const { summary } = await finishRun(await makeBatches(stack, 'whole'));
  whole = comparable(summary);
  expect(whole).toMatchObject({ status: 'complete', exitCode: 0, jobs: { submitted: 3 } });
});
afterEach(() => stack.reset());
afterAll(() => stack?.stop());

/** What a process that comes later brings along. */
const surroundings = (): ResumeOptions => {
  const { credential, clock, state, caFile } = stack.options('');
  return { credential, clock, state, caFile, requestsPerSecond: 1_000 } as ResumeOptions;
};

const resume = async (runId: string, changes: ResumeOptions = {}) =>
  watchRun(await resumeRun(runId, { ...surroundings(), ...changes }));

const jobsOf = (runId: string) => ['1', '2', '3'].map((batch) => `${runId}-b0000${batch}-1`);

async function expectDoneOnce(runId: string, last: Awaited<ReturnType<typeof resume>>) {
  expect(last.error).toBeUndefined();
  expect(comparable(last.summary)).toEqual(whole);
  expect(stack.accepted(runId).toSorted()).toEqual(jobsOf(runId));
}

describe('a run that was interrupted', () => {
  test.each([
    ['planned', 0],
    ['submitted', 1],
    ['state', 1],
    ['ended', 1],
    ['verified', 1],
  ] as const)('at its first "%s" goes on to the result of a whole run', async (type, least) => {
    const options = await makeBatches(stack, `at-${type}`);
    const first = await interruptAt(options, (event) => event.type === type);
    const { id } = first.run;
    expect(first.error).toMatchObject({ code: 'Interrupted', exitCode: 130 });
    expect(stack.accepted(id).length).toBeGreaterThanOrEqual(least);
    expect(stack.accepted(id).length).toBeLessThan(3);
    const done = first.summary?.batches.succeeded ?? 0;

    const last = await resume(id);
    await expectDoneOnce(id, last);
    expect(stack.puts(id).toSorted()).toEqual(jobsOf(id));
    // What was verified before is not looked at again.
    expect(last.events.filter((event) => event.type === 'verified')).toHaveLength(3 - done);
  });

  test.each([
    ['timeout', 'TimedOut'],
    ['maxDuration', 'SliceOver'],
  ] as const)('by %s goes on to the result of a whole run', async (option, code) => {
    const options = await makeBatches(stack, `by-${option}`);
    const first = await finishRun({ ...options, [option]: 3_000 });
    expect(first.error).toMatchObject({ code, exitCode: 75 });
    expect(first.summary).toMatchObject({ status: 'incomplete', exitCode: 75 });
    await expectDoneOnce(first.run.id, await resume(first.run.id));
  });

  test('again and again, in slices of ten seconds, ends as one that was not', async () => {
    const options = await makeBatches(stack, 'slices');
    let last = await finishRun({ ...options, maxDuration: 10_000 });
    const { id } = last.run;
    let slices = 1;
    for (; last.error && slices < 30; slices += 1) {
      expect(last.error).toMatchObject({ code: 'SliceOver', exitCode: 75 });
      last = await resume(id, { maxDuration: 10_000 });
    }
    expect(slices).toBeGreaterThan(1);
    await expectDoneOnce(id, last);
  });

  test('sends the sealed bytes for what is left', async () => {
    const options = await makeBatches(stack, 'bytes');
    const first = await interruptAt(options, (event) => event.type === 'submitted');
    const { id } = first.run;
    const text = await readFile(runFile(stack, id, 'plan.json'), 'utf8');
    const { batches } = JSON.parse(text) as Plan;
    const { heard, stop } = hearBodies();
    await resume(id, { concurrency: 8 });
    stop();
    const sent = heard.filter(({ method, url }) => method === 'PUT' && url.includes(id));
    expect(sent.length).toBeGreaterThan(0);
    for (const { url, body } of sent) {
      expect(body).toBe(batches.find((batch) => url.includes(`-${batch.id}-1?`))?.body);
    }
    await expectDoneOnce(id, await resume(id));
  });

  test('cannot be taken over while it is driven', async () => {
    const run = await startRun(await makeBatches(stack, 'held'));
    await expect(resumeRun(run.id, surroundings())).rejects.toMatchObject({
      code: 'LockHeld',
      exitCode: 75,
    });
    await run.result();
    expect(stack.accepted(run.id).toSorted()).toEqual(jobsOf(run.id));
  });
});

describe('a finished run', () => {
  test('that is resumed changes nothing and counts the same', async () => {
    const { run, summary } = await finishRun(await makeBatches(stack, 'finished'));
    const outputs = await stack.readOutputs('finished/');
    const asked = stack.emulator.requests.length;
    const again = await resume(run.id);
    expect(comparable(again.summary)).toEqual(comparable(summary));
    expect(again.summary?.startedAt).toBe(summary?.startedAt);
    expect(stack.emulator.requests.slice(asked)).toEqual([]);
    expect(await stack.readOutputs('finished/')).toEqual(outputs);
  });

  test('that was planned only is begun by a resume', async () => {
    const plan = await planRun(await makeBatches(stack, 'planned-only'));
    await expectDoneOnce(plan.runId, await resume(plan.runId));
  });
});

describe('an intent whose outcome is not on record', () => {
  const isIntent = (batch: string) => (record: { type: string; batch?: string }) =>
    record.type === 'submitting' && record.batch === batch;

  test('is adopted when the service has the job', async () => {
    const { run } = await finishRun(await makeBatches(stack, 'there'));
    await cutJournal(isIntent('b00002'), journalPath(stack.state, run.id));
    const last = await resume(run.id);
    expect(comparable(last.summary)).toEqual(whole);
    expect(stack.puts(run.id).toSorted()).toEqual(
      jobsOf(run.id)
        .concat(jobsOf(run.id)[2] ?? '')
        .toSorted(),
    );
    expect(stack.accepted(run.id).toSorted()).toEqual(jobsOf(run.id));
    expect(last.events).toContainEqual(
      expect.objectContaining({ type: 'submitted', batch: 'b00002', adopted: true }),
    );
  });

  test('is sent again when the service never got it, after it can no longer arrive', async () => {
    const options = await makeBatches(stack, 'lost');
    const { run } = await interruptAtPut(stack, options, {
      batch: 'b00002',
      reset: 'beforeAccept',
    });
    await cutJournal(isIntent('b00002'), journalPath(stack.state, run.id));
    const beforeMs = stack.clock.monotonicMs();
    const last = await resume(run.id);
    await expectDoneOnce(run.id, last);
    expect(stack.clock.monotonicMs() - beforeMs).toBeGreaterThan(35_000);
    expect(stack.puts(run.id).filter((name) => name.includes('b00002'))).toHaveLength(2);
  });

  test.each(['conflict', 'existing', 'replace'] as const)(
    'is waited for when the job shows late, where PUT means %s',
    async (rePut) => {
      stack.emulator.setBehaviour({ lateVisibilityMs: 30_000, rePut });
      const options = await makeBatches(stack, `late-${rePut}`);
      const { run } = await interruptAtPut(stack, options, {
        batch: 'b00001',
        reset: 'afterAccept',
      });
      await cutJournal(isIntent('b00001'), journalPath(stack.state, run.id));
      const last = await resume(run.id);
      await expectDoneOnce(run.id, last);
      expect(stack.puts(run.id).toSorted()).toEqual(jobsOf(run.id));
    },
  );

  test('is not sent when the name is that of a job with another body', async () => {
    const options = await makeBatches(stack, 'taken');
    const { run } = await interruptAtPut(stack, options, {
      batch: 'b00002',
      reset: 'beforeAccept',
    });
    const puts = stack.puts(run.id).length;
    const { state: _, ...other } = await makeBatches(stack, 'other');
    await submitJob({
      ...other,
      groupBy: '',
      maxDocsPerBatch: 100,
      name: `${run.id}-b00002-1`,
    });
    const { error, summary } = await resume(run.id);
    expect(error).toMatchObject({ code: 'JobNameTaken', exitCode: 2 });
    expect(summary).toMatchObject({ exitCode: 2, documents: { planned: 6 } });
    expect(stack.puts(run.id)).toHaveLength(puts + 1);
    expect(stack.accepted(run.id).filter((name) => name.includes('b00002'))).toHaveLength(1);
  });
});

describe('options of a resume', () => {
  const CHANGED: Partial<Record<keyof RunOptions, unknown>> = {
    source: 'https://acct.blob.core.windows.net/elsewhere',
    target: 'https://acct.blob.core.windows.net/elsewhere',
    service: 'https://other.api.deid.azure.com',
    pattern: ['elsewhere/**'],
    exclude: ['**/1'],
    modifiedSince: '2020-01-01',
    maxBytes: 1_000,
    operation: 'redact',
    surrogateLocale: 'fr-CA',
    inputLocale: 'fr-CA',
    redactionFormat: '*{len}',
    groupBy: 'folder:1',
    maxDocsPerBatch: 3,
    stripPrefix: 'x/',
    overwrite: 'always',
  };
  const flag = (key: string) =>
    `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  let plan: Plan;

  beforeAll(async () => {
    plan = await planRun(await makeBatches(stack, 'options'));
  });

  test('that decide what the run does are all in this table', () => {
    const fixed = OPTION_KEYS.filter((key) => specOf(key).fixed);
    expect(Object.keys(CHANGED).toSorted()).toEqual(fixed.toSorted());
  });

  test.each(Object.entries(CHANGED))('refuse another %s, by its name', async (key, value) => {
    await expect(resumeRun(plan.runId, { ...surroundings(), [key]: value })).rejects.toMatchObject({
      code: 'OptionChanged',
      exitCode: 2,
      message: expect.stringMatching(`values of ${flag(key)}\\.$`),
    });
  });

  test('name all that differ at once, and nothing that does not', async () => {
    const error = await resumeRun(plan.runId, {
      ...surroundings(),
      ...(CHANGED as ResumeOptions),
      concurrency: 9,
    }).catch((reason) => reason);
    expect(error.code).toBe('OptionChanged');
    for (const key of Object.keys(CHANGED)) expect(error.message).toContain(flag(key));
    expect(error.message).not.toContain('--concurrency');
    expect(error.message).not.toContain('elsewhere');
    expect(stack.puts(plan.runId)).toEqual([]);
  });

  test('may say again what it was started with', async () => {
    const options = await makeBatches(stack, 'same-again');
    const first = await interruptAt(options, (event) => event.type === 'submitted');
    await expectDoneOnce(first.run.id, await resume(first.run.id, options));
  });

  test('may change all that does not decide what is done', async () => {
    const options = await makeBatches(stack, 'may-change');
    const first = await interruptAt(
      { ...options, timeout: 600_000 },
      (event) => event.type === 'submitted',
    );
    const log: string[] = [];
    const last = await resume(first.run.id, {
      concurrency: 7,
      requestsPerSecond: 500,
      timeout: 900_000,
      maxDuration: 800_000,
      maxFailures: '5%',
      minSample: 3,
      identity: '11111111-2222-4333-8444-555555555555',
      auth: 'managed-identity',
      new: true,
      allowEmpty: true,
      logger: { log: (_, message) => log.push(message) },
    });
    await expectDoneOnce(first.run.id, last);
    expect(log.length).toBeGreaterThan(0);
  });
});

describe('state that is not as it was left', () => {
  /** A plan with nothing submitted, whose state `damage` changes. */
  async function resumeDamaged(folder: string, damage: (plan: Plan) => Promise<unknown>) {
    const plan = await planRun(await makeBatches(stack, folder));
    await damage(plan);
    const error = await resume(plan.runId)
      .then(({ error }) => error)
      .catch((reason) => reason);
    expect(stack.puts(plan.runId)).toEqual([]);
    return error;
  }

  const editPlan = (edit: (plan: Plan) => unknown) => (plan: Plan) =>
    writeFile(runFile(stack, plan.runId, 'plan.json'), JSON.stringify(edit(structuredClone(plan))));
  const withBatch = (change: Partial<Plan['batches'][number]>) =>
    editPlan((plan) => ({
      ...plan,
      batches: plan.batches.map((batch, index) => (index === 1 ? { ...batch, ...change } : batch)),
    }));

  test.each<[string, (plan: Plan) => Promise<unknown>]>([
    ['is missing', (plan) => rm(runFile(stack, plan.runId, 'plan.json'))],
    ['is cut off', (plan) => truncate(runFile(stack, plan.runId, 'plan.json'), 200)],
    ['is empty', (plan) => truncate(runFile(stack, plan.runId, 'plan.json'), 0)],
    ['is no object', (plan) => writeFile(runFile(stack, plan.runId, 'plan.json'), 'null')],
    ['is another object', editPlan(() => ({}))],
    ['has another body', withBatch({ body: '{}' })],
    ['has another source', withBatch({ source: { location: 'x', prefix: '', extensions: ['*'] } })],
    ['has another target', withBatch({ target: { location: 'x', prefix: '', overwrite: true } })],
    ['has other documents', withBatch({ documents: 1 })],
    ['has another manifest', withBatch({ manifest: 'f'.repeat(64) })],
    ['lacks a batch', editPlan((plan) => ({ ...plan, batches: plan.batches.slice(1) }))],
    ['has another digest', editPlan((plan) => ({ ...plan, digest: 'f'.repeat(64) }))],
    [
      'counts other documents',
      editPlan((plan) => ({ ...plan, selection: { ...plan.selection, documents: 5 } })),
    ],
  ])('is refused when the plan %s, and nothing is sent', async (words, damage) => {
    const error = await resumeDamaged(`plan-${words.replaceAll(' ', '-')}`, damage);
    expect(error).toMatchObject({ code: 'StateUnusable', exitCode: 2 });
  });

  const manifestOf = ({ runId, batches }: Plan) =>
    runFile(stack, runId, `sealed/${batches[0]?.manifest}.jsonl.gz`);

  test.each<[string, (plan: Plan) => Promise<unknown>]>([
    ['is missing', (plan) => rm(manifestOf(plan))],
    ['is cut off', (plan) => truncate(manifestOf(plan), 30)],
    ['is empty', (plan) => truncate(manifestOf(plan), 0)],
    ['is no archive', (plan) => writeFile(manifestOf(plan), 'text')],
    ['lists no document', (plan) => writeFile(manifestOf(plan), gzipSync(''))],
    ['lists nothing that can be read', (plan) => writeFile(manifestOf(plan), gzipSync('?\n'))],
    [
      'is that of another batch',
      async (plan) => {
        const other = runFile(stack, plan.runId, `sealed/${plan.batches[1]?.manifest}.jsonl.gz`);
        await writeFile(manifestOf(plan), await readFile(other));
      },
    ],
  ])('is refused when the manifest of a batch %s, and nothing is sent', async (words, damage) => {
    const error = await resumeDamaged(`manifest-${words.replaceAll(' ', '-')}`, damage);
    expect(error).toMatchObject({ code: 'StateUnusable', exitCode: 2 });
  });

  test.each<[string, (plan: Plan) => Promise<unknown>]>([
    ['are missing', (plan) => rm(runFile(stack, plan.runId, 'options.json'))],
    ['are cut off', (plan) => truncate(runFile(stack, plan.runId, 'options.json'), 20)],
  ])('is refused when its options %s', async (words, damage) => {
    const error = await resumeDamaged(`options-${words.replaceAll(' ', '-')}`, damage);
    expect(error).toMatchObject({ code: 'StateUnusable', exitCode: 2 });
  });

  test('is refused as newer when a newer version wrote the journal', async () => {
    const error = await resumeDamaged('newer-journal', async ({ runId }) => {
      const path = journalPath(stack.state, runId);
      const text = await readFile(path, 'utf8');
      expect(text).toContain('"schemaVersion":1');
      await writeFile(path, text.replace('"schemaVersion":1', '"schemaVersion":2'));
      // It stays as it is: nothing of this version is added.
      expect(await readdir(join(path, '..'))).toHaveLength(1);
    });
    expect(error).toMatchObject({ code: 'StateNewer', exitCode: 2 });
  });

  test('is refused as newer when a newer version wrote the plan', async () => {
    const error = await resumeDamaged(
      'newer-plan',
      editPlan((plan) => ({ ...plan, schemaVersion: 2 })),
    );
    expect(error).toMatchObject({ code: 'StateNewer', exitCode: 2 });
  });
});

test.each(['r20260101-000000-aaaaaaa', 'nonsense', '', '../..'])(
  'a run of the unknown name "%s" cannot be resumed',
  async (runId) => {
    await expect(resumeRun(runId, surroundings())).rejects.toMatchObject({
      code: 'RunNotFound',
      exitCode: 2,
    });
  },
);
