import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import type { RunStore, StateStore } from '../../src/journal/run-store.ts';
import type { JournalRecord } from '../../src/model/journal-record.ts';

export const RUN_ID = 'r20261121-093015-k3v9xq2';
export const OTHER_RUN_ID = 'r20261121-093016-aaaaaaa';
export const NOW_MS = Date.UTC(2026, 10, 21, 9, 30, 15);

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
    sleep: async () => {},
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
      createRun: async (runId) => keep(await store.createRun(runId)),
      openRun: async (runId) => keep(await store.openRun(runId)),
      nameKey: () => store.nameKey(),
    };
  };
  const createRun = async () => (await createStore()).createRun(RUN_ID);
  afterEach(async () => {
    for (const run of opened.splice(0)) await run.close();
  });

  describe(`the journal of a run in ${kind}`, () => {
    test('is empty at first', async () => {
      const { journal } = await createRun();
      expect(await collect(journal.read())).toEqual([]);
    });

    test('gives back what was appended, numbered and dated', async () => {
      const { journal } = await createRun();
      const first = await journal.append({
        type: 'plan-sealed',
        digest: 'd\u00e9\u{1f600}\u2028"\n',
      });
      await journal.append(verified('b00001'));
      const records = await collect(journal.read());
      expect(records).toEqual([
        {
          type: 'plan-sealed',
          digest: 'd\u00e9\u{1f600}\u2028"\n',
          seq: 1,
          epoch: 1,
          at: '2026-11-21T09:30:15.000Z',
        },
        { ...verified('b00001'), seq: 2, epoch: 1, at: '2026-11-21T09:30:16.000Z' },
      ]);
      expect(first).toEqual(records[0]);
    });

    test('keeps the order of records that are appended at once', async () => {
      const { journal } = await createRun();
      const batches = Array.from({ length: 50 }, (_, index) => `b${index}`);
      const appended = await Promise.all(batches.map((batch) => journal.append(verified(batch))));
      const read = await collect(journal.read());
      expect(read).toEqual(appended);
      expect(read.map(({ seq }) => seq)).toEqual(batches.map((_, index) => index + 1));
      expect(read.map((record) => 'batch' in record && record.batch)).toEqual(batches);
      expect(read.map(({ at }) => at)).toEqual(read.map(({ at }) => at).sort());
    });

    test('goes on counting where it was left', async () => {
      const store = await createStore();
      const before = await store.createRun(RUN_ID);
      await before.journal.append(verified('b00001'));
      await before.close();
      const after = await store.openRun(RUN_ID);
      expect(after.runId).toBe(RUN_ID);
      await after.journal.append(verified('b00002'));
      expect((await collect(after.journal.read())).map(({ seq }) => seq)).toEqual([1, 2]);
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
      expect(await collect(journal.read())).toHaveLength(3);
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
      const one = await store.createRun(RUN_ID);
      const other = await store.createRun(OTHER_RUN_ID);
      await one.files.writeLines('listing', ['one']);
      await other.files.writeLines('listing', ['other']);
      expect(await collect(one.files.readLines('listing'))).toEqual(['one']);
    });

    test('are unusable when they are not there', async () => {
      const { files } = await createRun();
      const unusable = { code: 'StateUnusable', exitCode: 2 };
      await expect(collect(files.readLines('listing'))).rejects.toMatchObject(unusable);
      await expect(collect(files.readSealed('0'.repeat(64)))).rejects.toMatchObject(unusable);
      await expect(files.readText('plan.json')).rejects.toMatchObject(unusable);
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
      await store.createRun(RUN_ID);
      await expect(store.openRun(id)).rejects.toMatchObject({ code: 'RunNotFound', exitCode: 2 });
    });

    test('is gone when it is discarded, and the others stay', async () => {
      const store = await createStore();
      const discarded = await store.createRun(RUN_ID);
      const kept = await store.createRun(OTHER_RUN_ID);
      await discarded.files.writeLines('listing', ['a']);
      await kept.files.writeLines('listing', ['a']);
      await discarded.discard();
      await expect(store.openRun(RUN_ID)).rejects.toMatchObject({ code: 'RunNotFound' });
      await kept.close();
      const reopened = await store.openRun(OTHER_RUN_ID);
      expect(await collect(reopened.files.readLines('listing'))).toEqual(['a']);
    });

    test('may be closed before it is discarded', async () => {
      const store = await createStore();
      const run = await store.createRun(RUN_ID);
      await run.close();
      await run.discard();
      await expect(store.openRun(RUN_ID)).rejects.toMatchObject({ code: 'RunNotFound' });
    });
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
