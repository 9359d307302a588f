import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { DeidBatchError } from '../src/errors/deid-batch-error.ts';
import type { Document, ListedBlob } from '../src/model/document.ts';
import type { JobStatus } from '../src/model/job.ts';
import type { JournalEntry } from '../src/model/journal-record.ts';
import type { Batch } from '../src/model/plan.ts';
import type { FoundJob, PutOutcome, SubmitPorts } from '../src/submit/ports.ts';
import { submitBatch } from '../src/submit.ts';
import { createSimulatedClock } from './simulated-clock.ts';

const BATCH: Batch = {
  id: 'b00001',
  layout: 'inPlace',
  source: { location: 'https://a.example/source', prefix: 'p/', extensions: ['*'] },
  target: { location: 'https://a.example/target', prefix: 'p/', overwrite: false },
  documents: 2,
  bytes: 2,
  manifest: '',
  body: '{"a":1}',
};
const DOCUMENTS: Document[] = [
  { name: 'p/1', bytes: 1, etag: 'e1' },
  { name: 'p/2', bytes: 1, etag: 'e2' },
];
const JOB: JobStatus = { name: 'job', state: 'notStarted', createdAt: '2026-01-31T08:00:00Z' };
const MINE: FoundJob = { job: JOB, isMadeFrom: () => true };
const OTHER: FoundJob = { job: JOB, isMadeFrom: () => false };
const lost = (): PutOutcome => ({
  kind: 'unknown',
  cause: new DeidBatchError('ServiceUnavailable', 'reset'),
});

interface World {
  puts?: PutOutcome[];
  /** What lookups find, in turn, then the last for ever. */
  finds?: (FoundJob | undefined | DeidBatchError)[];
  /** What listings show, in turn, then the last for ever. */
  listings?: Document[][];
  record?: SubmitPorts['record'];
}

function createWorld({ puts = [], finds = [], listings = [DOCUMENTS], record }: World) {
  const clock = createSimulatedClock();
  const happened: string[] = [];
  const records: JournalEntry[] = [];
  const next = <T>(list: readonly T[], turn: number) => list[Math.min(turn, list.length - 1)];
  let put = 0;
  let find = 0;
  let list = 0;
  const ports: SubmitPorts = {
    clock,
    jobs: {
      async put() {
        happened.push('put');
        return puts[put++] ?? { kind: 'answered', found: MINE };
      },
      async find() {
        happened.push('find');
        const found = next(finds, find++);
        if (found instanceof DeidBatchError) throw found;
        return found;
      },
    },
    source: {
      async *listPages({ prefix }) {
        happened.push(`list ${prefix}`);
        const blobs = next(listings, list++) ?? [];
        for (const blob of blobs) yield [{ ...blob, modifiedAtMs: 0 } satisfies ListedBlob];
        yield [];
      },
    },
    async confirmHold() {
      happened.push('confirm');
    },
    record:
      record ??
      (async (entry) => {
        happened.push(entry.type);
        records.push(entry);
      }),
  };
  const submit = (
    signal = new AbortController().signal,
    { unresolved = false, mayPut = (): boolean => true } = {},
  ) =>
    submitBatch(ports, {
      batch: BATCH,
      body: BATCH.body,
      unresolved,
      mayPut,
      attempt: 1,
      job: 'job',
      documents: new Map(DOCUMENTS.map((document) => [document.name, document])),
      signal,
    });
  return { clock, happened, records, submit };
}

test('recheck, intent, PUT and outcome come in this order', async () => {
  const { happened, records, submit } = createWorld({});
  expect(await submit()).toEqual({ kind: 'submitted', job: JOB, adopted: false });
  expect(happened).toEqual(['list p/', 'submitting', 'confirm', 'put', 'submitted']);
  expect(records[0]).toEqual({
    type: 'submitting',
    batch: 'b00001',
    attempt: 1,
    job: 'job',
    bodyDigest: createHash('sha256').update(BATCH.body).digest('hex'),
  });
});

test('an intent that cannot be saved sends nothing', async () => {
  const world = createWorld({
    record: async () => {
      throw new DeidBatchError('StateUnusable', 'disk full');
    },
  });
  await expect(world.submit()).rejects.toMatchObject({ code: 'StateUnusable' });
  expect(world.happened).toEqual(['list p/']);
});

describe('the recheck', () => {
  test.each([
    ['a blob more', [...DOCUMENTS, { name: 'p/3', bytes: 1, etag: 'e3' }], { added: 1 }],
    ['a blob less', DOCUMENTS.slice(1), { removed: 1 }],
    [
      'another etag',
      [{ name: 'p/1', bytes: 1, etag: 'new' }, ...DOCUMENTS.slice(1)],
      { changed: 1 },
    ],
    ['no blob at all', [], { removed: 2 }],
  ])('that finds %s sends nothing', async (_, listing, drift) => {
    const { happened, submit } = createWorld({ listings: [listing] });
    const none = { added: 0, removed: 0, changed: 0 };
    expect(await submit()).toMatchObject({ kind: 'drifted', drift: { ...none, ...drift } });
    expect(happened).toEqual(['list p/']);
  });

  test('comes before every PUT, the second one as well', async () => {
    const grown = [...DOCUMENTS, { name: 'p/3', bytes: 1, etag: 'e3' }];
    const { happened, submit } = createWorld({ puts: [lost()], listings: [DOCUMENTS, grown] });
    expect(await submit()).toMatchObject({ kind: 'drifted', drift: { added: 1 } });
    expect(happened.filter((event) => event === 'put')).toHaveLength(1);
    expect(happened.at(-1)).toBe('list p/');
    expect(happened).not.toContain('submitted');
  });

  test('does not give up a job that the service already has', async () => {
    const grown = [...DOCUMENTS, { name: 'p/3', bytes: 1, etag: 'e3' }];
    const { submit } = createWorld({
      puts: [{ kind: 'conflict' }, { kind: 'conflict' }],
      finds: [...Array.from({ length: 6 }, () => undefined), MINE],
      listings: [DOCUMENTS, grown],
    });
    expect(await submit()).toMatchObject({ kind: 'submitted', adopted: true });
  });
});

describe('an unknown outcome', () => {
  test('is looked up only when the PUT can no longer have an effect', async () => {
    const { clock, happened, submit } = createWorld({ puts: [lost()], finds: [MINE] });
    expect(await submit()).toMatchObject({ adopted: true });
    expect(happened).toEqual(['list p/', 'submitting', 'confirm', 'put', 'find', 'submitted']);
    expect(clock.monotonicMs()).toBe(35_000);
  });

  test('is sent again when no look in half a minute finds a job', async () => {
    const { happened, submit, clock } = createWorld({ puts: [lost()] });
    expect(await submit()).toMatchObject({ adopted: false });
    expect(happened.filter((event) => event === 'put')).toHaveLength(2);
    expect(happened.filter((event) => event === 'find')).toHaveLength(6);
    expect(clock.monotonicMs()).toBe(65_000);
  });

  test('that stays unknown ends after a bounded number of PUTs', async () => {
    const { happened, records, submit } = createWorld({ puts: Array.from({ length: 50 }, lost) });
    await expect(submit()).rejects.toMatchObject({ code: 'SubmissionUnknown', exitCode: 75 });
    expect(happened.filter((event) => event === 'put')).toHaveLength(8);
    expect(records.map(({ type }) => type)).toEqual(['submitting']);
  });

  test('is never sent again when the lookup itself fails', async () => {
    const down = new DeidBatchError('ServiceUnavailable', 'down');
    const { happened, submit } = createWorld({ puts: [lost()], finds: [undefined, down] });
    await expect(submit()).rejects.toMatchObject({ code: 'SubmissionUnknown' });
    expect(happened.filter((event) => event === 'put')).toHaveLength(1);
  });

  test('is left as it is when the run is stopped meanwhile', async () => {
    const controller = new AbortController();
    const { happened, submit } = createWorld({
      puts: [lost()],
      finds: [new DeidBatchError('ServiceUnavailable', 'down')],
    });
    const submitting = submit(controller.signal);
    controller.abort(new DeidBatchError('Interrupted', 'stop'));
    await expect(submitting).rejects.toMatchObject({ code: 'Interrupted' });
    expect(happened).not.toContain('submitted');
  });
});

describe('a job that was made from another body', () => {
  test.each([
    ['answered to the PUT', { puts: [{ kind: 'answered', found: OTHER }] }],
    ['found after a conflict', { puts: [{ kind: 'conflict' }], finds: [OTHER] }],
    ['found after a lost PUT', { puts: [lost()], finds: [OTHER] }],
  ] satisfies [string, World][])('%s is not adopted', async (_, world) => {
    const { records, submit } = createWorld(world);
    await expect(submit()).rejects.toMatchObject({ code: 'JobNameTaken', exitCode: 2 });
    expect(records.map(({ type }) => type)).toEqual(['submitting']);
  });
});

describe('throttling', () => {
  const throttled = (retryAfterMs: number): PutOutcome => ({
    kind: 'throttled',
    cause: new DeidBatchError('ServiceUnavailable', '429'),
    retryAfterMs,
  });

  test('waits at least as long as Retry-After says', async () => {
    const { clock, submit } = createWorld({ puts: [throttled(60_000)], finds: [MINE] });
    await submit();
    expect(clock.monotonicMs()).toBe(60_000);
  });

  test('waits longer each time, and never longer than two minutes at a time', async () => {
    const { clock, submit } = createWorld({
      puts: [throttled(0), throttled(0), throttled(0), throttled(86_400_000)],
      finds: [undefined],
    });
    expect(await submit()).toMatchObject({ kind: 'submitted', adopted: false });
    expect(Math.max(...clock.sleeps)).toBe(120_000);
    expect(clock.sleeps).toEqual(expect.arrayContaining([1_000, 2_000, 4_000, 120_000]));
  });
});

describe('an intent that an earlier process left', () => {
  const unresolved = (mayPut = () => true) => ({ unresolved: true, mayPut });
  const signal = new AbortController().signal;

  test('is adopted at once when the service has the job', async () => {
    const { happened, submit, clock } = createWorld({ finds: [MINE] });
    expect(await submit(signal, unresolved())).toMatchObject({ adopted: true });
    expect(happened).toEqual(['find', 'submitted']);
    expect(clock.monotonicMs()).toBe(0);
  });

  test('is sent again only when the job cannot come to light any more', async () => {
    const { happened, submit, clock } = createWorld({});
    expect(await submit(signal, unresolved())).toMatchObject({ adopted: false });
    expect(happened.filter((event) => event === 'find')).toHaveLength(7);
    expect(happened.slice(-5)).toEqual(['list p/', 'submitting', 'confirm', 'put', 'submitted']);
    expect(clock.monotonicMs()).toBe(65_000);
  });

  test('of another body is refused', async () => {
    const { submit } = createWorld({ finds: [OTHER] });
    await expect(submit(signal, unresolved())).rejects.toMatchObject({ code: 'JobNameTaken' });
  });

  test('is not sent when the run is canceled', async () => {
    const { happened, submit } = createWorld({});
    expect(
      await submit(
        signal,
        unresolved(() => false),
      ),
    ).toEqual({ kind: 'withheld' });
    expect(happened).not.toContain('put');
  });
});
