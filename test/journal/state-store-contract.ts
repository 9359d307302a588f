import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import type { RunCreation, RunStore, StateStore } from '../../src/journal/run-store.ts';
import type { JournalRecord } from '../../src/model/journal-record.ts';

export const RUN_ID = 'r20261121-093015-k3v9xq2';
export const OTHER_RUN_ID = 'r20261121-093016-aaaaaaa';
export const NOW_MS = Date.UTC(2026, 10, 21, 9, 30, 15);

/** A new run, in scope `a` unless it is said otherwise. */
export function newRun(changes: Partial<RunCreation> = {}): RunCreation {
  return { runId: RUN_ID, scope: 'a', purpose: 'run', besides: false, ...changes };
}

export const sealed = (digest: string) =>
  ({ type: 'plan-sealed', digest, batches: 2, documents: 3 }) as const;

/** The records without those that openings leave. */
export const withoutOpenings = (records: readonly JournalRecord[]) =>
  records.filter(({ type }) => type !== 'opened');

export interface StateStoreFactory {
  /** A store of its own, empty, whose clock says NOW_MS and a second more at every look. */
  createStore(): Promise<StateStore>;
}

/** A clock that moves on by a second at every look. */
export function tickingClock() {
  let nowMs = NOW_MS - 1_000;
  return {
    nowMs: () => {
      nowMs += 1_000;
      return nowMs;
    },
    monotonicMs: () => 0,
    sleep: (_ms: number, signal?: AbortSignal) =>
      new Promise<void>((_, reject) =>
        signal?.addEventListener('abort', () => reject(signal.reason)),
      ),
  };
}

const verified = (batch: string) =>
  ({
    type: 'verified',
    batch,
    counts: {
      planned: 1,
      succeeded: 1,
      failed: 0,
      canceled: 0,
      missing: 0,
      changed: 0,
      unexpected: 0,
    },
    findings: 0,
  }) as const;

/** What every StateStore keeps to. */
export function testStateStore(kind: string, factory: StateStoreFactory): void {
  const opened: RunStore[] = [];
  const keep = (run: RunStore) => {
    opened.push(run);
    return run;
  };
  const createStore = async (): Promise<StateStore> => {
    const store = await factory.createStore();
    return {
      ...store,
      createRun: async (creation) => keep(await store.createRun(creation)),
      openRun: async (runId, options) => keep(await store.openRun(runId, options)),
    };
  };
  const createRun = async () => (await createStore()).createRun(newRun());
  afterEach(async () => {
    for (const run of opened.splice(0)) await run.close();
  });

  describe(`the journal of a run in ${kind}`, () => {
    test('says at first only that it was opened', async () => {
      const { journal } = await createRun();
      expect(await collect(journal.read())).toMatchObject([{ type: 'opened', seq: 1, epoch: 1 }]);
    });

    test('gives back what was appended, numbered and dated', async () => {
      const { journal } = await createRun();
      const first = await journal.append(sealed('d\u00e9\u{1f600}\u2028"\n'));
      await journal.append(verified('b00001'));
      const records = withoutOpenings(await collect(journal.read()));
      expect(records).toEqual([
        { ...sealed('d\u00e9\u{1f600}\u2028"\n'), seq: 2, epoch: 1, at: expect.any(String) },
        { ...verified('b00001'), seq: 3, epoch: 1, at: expect.stringMatching(/^2026-11-21T09:/) },
      ]);
      expect(first).toEqual(records[0]);
    });

    test('keeps the order of records that are appended at once', async () => {
      const { journal } = await createRun();
      const batches = Array.from({ length: 50 }, (_, index) => `b${index}`);
      const appended = await Promise.all(batches.map((batch) => journal.append(verified(batch))));
      const read = withoutOpenings(await collect(journal.read()));
      expect(read).toEqual(appended);
      expect(read.map(({ seq }) => seq)).toEqual(batches.map((_, index) => index + 2));
      expect(read.map((record) => 'batch' in record && record.batch)).toEqual(batches);
      expect(read.map(({ at }) => at)).toEqual(read.map(({ at }) => at).sort());
    });

    test('goes on counting where it was left', async () => {
      const store = await createStore();
      const before = await store.createRun(newRun());
      await before.journal.append(verified('b00001'));
      await before.close();
      const after = await store.openRun(RUN_ID, { besides: false });
      expect(after.runId).toBe(RUN_ID);
      await after.journal.append(verified('b00002'));
      const records = await collect(after.journal.read());
      expect(records.map(({ seq, epoch }) => [seq, epoch])).toEqual([
        [1, 1],
        [2, 1],
        [3, 2],
        [4, 2],
      ]);
    });

    test('can be left in the middle of reading', async () => {
      const { journal } = await createRun();
      await journal.append(verified('b00001'));
      await journal.append(verified('b00002'));
      const seen: JournalRecord[] = [];
      for await (const record of journal.read()) {
        seen.push(record);
        break;
      }
      expect(seen).toHaveLength(1);
      await journal.append(verified('b00003'));
      expect(await collect(journal.read())).toHaveLength(4);
    });
  });

  describe(`the files of a run in ${kind}`, () => {
    const LINES: Record<string, string[]> = {
      'no line': [],
      'an empty line': [''],
      'empty lines among others': ['', 'a', '', '', 'b', ''],
      'other ends of lines': ['a\rb', 'c\u2028d', 'e\u2029f', 'g\u0085h', '\r', 'i\vj\fk'],
      unicode: ['\u00e9', 'e\u0301', '\u{1f600}\u{1f601}', '\u6f22', '\ufeffx'],
      'one long line': ['\u{1f600}'.repeat(300_000)],
      'many lines': Array.from({ length: 30_000 }, (_, index) => `["folder/\u6f22${index}.txt"]`),
    };

    for (const [name, lines] of Object.entries(LINES)) {
      test(`give back ${name}`, async () => {
        const { files } = await createRun();
        await files.writeLines('listing', lines);
        expect(await collect(files.readLines('listing'))).toEqual(lines);
        // As often as it takes, and from an asynchronous source as well.
        await files.writeLines('again', files.readLines('listing'));
        expect(await collect(files.readLines('again'))).toEqual(lines);

        const digest = await files.sealLines(files.readLines('listing'));
        const text = lines.map((line) => `${line}\n`).join('');
        expect(digest).toBe(createHash('sha256').update(text).digest('hex'));
        expect(await collect(files.readSealed(digest))).toEqual(lines);
      });
    }

    test('give back a text', async () => {
      const { files } = await createRun();
      const where = await files.writeText('plan.json', '{"a":\n"\u{1f600}\u2028"}\r\n');
      expect(await files.readText('plan.json')).toBe('{"a":\n"\u{1f600}\u2028"}\r\n');
      expect(where).toContain('plan.json');
    });

    test('may be sealed twice', async () => {
      const { files } = await createRun();
      const digests = [await files.sealLines(toLines('a')), await files.sealLines(toLines('a'))];
      expect(digests[0]).toBe(digests[1]);
      expect(await collect(files.readSealed(digests[0] ?? ''))).toEqual(['a']);
    });

    test('belong to one run', async () => {
      const store = await createStore();
      const one = await store.createRun(newRun());
      const other = await store.createRun(newRun({ runId: OTHER_RUN_ID, scope: 'b' }));
      await one.files.writeLines('listing', ['one']);
      await other.files.writeLines('listing', ['other']);
      expect(await collect(one.files.readLines('listing'))).toEqual(['one']);
    });

    test('are unusable when they are not there', async () => {
      const { files } = await createRun();
      const unusable = { code: 'StateUnusable', exitCode: 2 };
      await expect(collect(files.readLines('listing'))).rejects.toMatchObject(unusable);
      await expect(collect(files.readSealed('0'.repeat(64)))).rejects.toMatchObject(unusable);
      expect(await files.readText('plan.json')).toBeUndefined();
    });

    // As a failed connection looks, and as a failure of this disk would look too.
    const failure = Object.assign(new Error('reset'), { code: 'ECONNRESET', syscall: 'read' });
    async function* failingLines() {
      yield 'a';
      throw failure;
    }

    test('do not appear when their lines fail, which fails in its own words', async () => {
      const { files } = await createRun();
      await expect(files.writeLines('listing', failingLines())).rejects.toBe(failure);
      await expect(collect(files.readLines('listing'))).rejects.toThrow();
      await expect(files.sealLines(failingLines())).rejects.toBe(failure);
    });

    test('keep what they were when new lines fail', async () => {
      const { files } = await createRun();
      await files.writeLines('listing', ['before']);
      await expect(files.writeLines('listing', failingLines())).rejects.toBe(failure);
      expect(await collect(files.readLines('listing'))).toEqual(['before']);
    });
  });

  describe(`a run in ${kind}`, () => {
    test.each([
      ['unknown', OTHER_RUN_ID],
      ['empty', ''],
      ['outside', '../../etc'],
      ['the folder itself', '.'],
      ['absolute', '/etc'],
      ['beside a known one', `${RUN_ID}/../${RUN_ID}`],
      ['below a known one', `${RUN_ID}/sealed`],
      ['in another case', RUN_ID.toUpperCase()],
      ['with an end of line', `${RUN_ID}\n`],
      ['with a null', `${RUN_ID}\0`],
    ])('is not found by an id that is %s', async (_, id) => {
      const store = await createStore();
      await store.createRun(newRun());
      await expect(store.openRun(id, { besides: false })).rejects.toMatchObject({
        code: 'RunNotFound',
        exitCode: 2,
      });
    });

    test('is gone when it is discarded, and the others stay', async () => {
      const store = await createStore();
      const discarded = await store.createRun(newRun());
      const kept = await store.createRun(newRun({ runId: OTHER_RUN_ID, scope: 'b' }));
      await discarded.files.writeLines('listing', ['a']);
      await kept.files.writeLines('listing', ['a']);
      await discarded.discard();
      await expect(store.openRun(RUN_ID, { besides: false })).rejects.toMatchObject({
        code: 'RunNotFound',
      });
      await kept.close();
      const reopened = await store.openRun(OTHER_RUN_ID, { besides: false });
      expect(await collect(reopened.files.readLines('listing'))).toEqual(['a']);
    });

    test('may be closed before it is discarded', async () => {
      const store = await createStore();
      const run = await store.createRun(newRun());
      await run.close();
      await run.discard();
      await expect(store.openRun(RUN_ID, { besides: false })).rejects.toMatchObject({
        code: 'RunNotFound',
      });
    });
  });

  describe(`the lock of a scope in ${kind}`, () => {
    const held = { code: 'LockHeld', exitCode: 75 };

    test('is held by one run at a time', async () => {
      const store = await createStore();
      const first = await store.createRun(newRun());
      const second = newRun({ runId: OTHER_RUN_ID, besides: true });
      await expect(store.createRun(second)).rejects.toMatchObject({
        ...held,
        message: expect.stringContaining(RUN_ID),
      });
      await expect(store.openRun(RUN_ID, { besides: false })).rejects.toMatchObject(held);
      await first.close();
      await store.createRun(second);
    });

    test('goes to one of many that want it at once', async () => {
      const store = await createStore();
      const attempts = Array.from({ length: 10 }, (_, index) =>
        store.createRun(newRun({ runId: `r20261121-09301${index}-aaaaaaa` })),
      );
      const results = await Promise.allSettled(attempts);
      const refused = results.flatMap((result) =>
        result.status === 'rejected' ? [result.reason.code] : [],
      );
      expect(refused).toEqual(new Array(9).fill('LockHeld'));
    });

    test('is left to others by a run that is only planned', async () => {
      const store = await createStore();
      await store.createRun(newRun());
      await store.createRun(newRun({ runId: OTHER_RUN_ID, purpose: 'plan' }));
    });

    test('that was broken lets its holder write no more, and what it wrote late does not count', async () => {
      const store = await createStore();
      const stale = await store.createRun(newRun());
      await stale.journal.append(verified('b00001'));
      await store.unlockRun(RUN_ID);
      const next = await store.openRun(RUN_ID, { besides: false });
      const lost = { code: 'LockLost', exitCode: 75 };
      await expect(stale.journal.append(verified('b00002'))).rejects.toMatchObject(lost);
      await expect(stale.confirmHold(0)).rejects.toMatchObject(lost);
      await next.confirmHold(0);
      await next.journal.append(verified('b00003'));
      const batches = (await collect(next.journal.read())).flatMap((record) =>
        record.type === 'verified' ? [record.batch] : [],
      );
      expect(batches).toEqual(['b00001', 'b00003']);
      await stale.close();
      await next.confirmHold(0);
    });

    test('that was broken lets its holder replace and remove no file of the run', async () => {
      const store = await createStore();
      const stale = await store.createRun(newRun());
      await store.unlockRun(RUN_ID);
      const next = await store.openRun(RUN_ID, { besides: false });
      await next.files.writeText('summary.json', 'next');
      await next.files.writeLines('findings', ['next']);
      const lost = { code: 'LockLost', exitCode: 75 };
      await expect(stale.files.writeText('summary.json', 'stale')).rejects.toMatchObject(lost);
      await expect(stale.files.writeLines('findings', ['stale'])).rejects.toMatchObject(lost);
      await stale.discard();
      expect(await next.files.readText('summary.json')).toBe('next');
      expect(await collect(next.files.readLines('findings'))).toEqual(['next']);
      await next.confirmHold(0);
    });

    test('names who drives a run', async () => {
      const store = await createStore();
      const run = await store.createRun(newRun());
      expect(await store.findDriver(RUN_ID)).toMatchObject({ pid: process.pid });
      await run.close();
      expect(await store.findDriver(RUN_ID)).toBeUndefined();
    });
  });

  describe(`a scope in ${kind}`, () => {
    const begin = async (store: StateStore) => {
      const run = await store.createRun(newRun());
      await run.journal.append(sealed('d'));
      await run.journal.append({
        type: 'submitting',
        batch: 'b00001',
        attempt: 1,
        job: 'j',
        bodyDigest: 'd',
      });
      return run;
    };
    const next = newRun({ runId: OTHER_RUN_ID });

    test('with a run that was begun and has not ended takes no other, unless it is wanted', async () => {
      const store = await createStore();
      await (await begin(store)).close();
      await expect(store.createRun(next)).rejects.toMatchObject({
        code: 'RunOpen',
        exitCode: 75,
        hint: expect.stringContaining(`resume ${RUN_ID}`),
      });
      await store.createRun({ ...next, besides: true });
    });

    test('with an open run lets a planned one begin only when it is wanted', async () => {
      const store = await createStore();
      await (await store.createRun({ ...next, purpose: 'plan' })).close();
      await (await begin(store)).close();
      const open = (besides: boolean) => store.openRun(OTHER_RUN_ID, { besides });
      await expect(open(false)).rejects.toMatchObject({ code: 'RunOpen' });
      await open(true);
    });

    test('is free again when its run has ended', async () => {
      const store = await createStore();
      const run = await begin(store);
      await run.journal.append(verified('b00001'));
      await run.journal.append(verified('b00002'));
      await run.journal.append({ type: 'run-ended', status: 'complete', exitCode: 0 });
      await run.close();
      await store.createRun(next);
    });

    test('is free again when its run was discarded or purged', async () => {
      const store = await createStore();
      await (await begin(store)).discard();
      await (await begin(store)).close();
      await store.purgeRun(RUN_ID);
      await expect(store.readRun(RUN_ID)).rejects.toMatchObject({ code: 'RunNotFound' });
      await store.createRun(next);
    });

    test('does not let its run be purged while somebody drives it', async () => {
      const store = await createStore();
      await begin(store);
      await expect(store.purgeRun(RUN_ID)).rejects.toMatchObject({ code: 'LockHeld' });
    });
  });

  test(`a request to cancel a run in ${kind} is seen, and can be forgotten`, async () => {
    const store = await createStore();
    const run = await store.createRun(newRun());
    expect(await run.isCancelRequested()).toBe(false);
    await store.requestCancel(RUN_ID);
    expect(await run.isCancelRequested()).toBe(true);
    await run.dropCancelRequest();
    expect(await run.isCancelRequested()).toBe(false);
  });

  test(`the runs in ${kind} are listed, oldest first, and can be read while they are driven`, async () => {
    const store = await createStore();
    const other = newRun({ runId: OTHER_RUN_ID, scope: 'b' });
    const run = await store.createRun(other);
    await store.createRun(newRun());
    expect(await store.listRuns()).toEqual([RUN_ID, OTHER_RUN_ID]);
    await run.journal.append(sealed('d'));
    const reader = await store.readRun(OTHER_RUN_ID);
    expect(await collect(reader.readJournal())).toHaveLength(2);
  });

  test(`the key for names in ${kind} is made once and stays`, async () => {
    const store = await createStore();
    const keys = await Promise.all(Array.from({ length: 20 }, () => store.nameKey()));
    const hex = keys.map((key) => Buffer.from(key).toString('hex'));
    expect(new Set(hex).size).toBe(1);
    expect(hex[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(Buffer.from(await store.nameKey()).toString('hex')).toBe(hex[0]);
  });
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const kept: T[] = [];
  for await (const item of items) kept.push(item);
  return kept;
}

export async function* toLines(...lines: string[]): AsyncGenerator<string> {
  yield* lines;
}
