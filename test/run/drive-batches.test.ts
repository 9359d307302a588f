import { describe, expect, test } from 'vitest';
import type { Batch } from '../../src/model/plan.ts';
import { driveBatches } from '../../src/run/drive-batches.ts';

const BATCHES = Array.from({ length: 6 }, (_, index) => ({ id: `b${index}` })) as Batch[];

interface Drive {
  batch: Batch;
  prove(): void;
  end(): void;
  fail(error: Error): void;
}

async function start({ concurrency = 2, batches = BATCHES, begun = [] as string[] } = {}) {
  const stopping = new AbortController();
  const canceling = new AbortController();
  const started: Drive[] = [];
  const result = driveBatches({
    batches,
    concurrency,
    stopping,
    isClosed: () => canceling.signal.aborted,
    isBegun: ({ id }) => begun.includes(id),
    driveBatch: (batch, onProven) =>
      new Promise((resolve, reject) => {
        started.push({ batch, prove: onProven, end: resolve, fail: reject });
      }),
  });
  await settle();
  return { stopping, canceling, started, result, ids: () => started.map(({ batch }) => batch.id) };
}

/** Lets everything that is due happen. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('the first batch', () => {
  test('runs alone until it has proven itself', async () => {
    const { started, ids } = await start({ concurrency: 4 });
    await settle();
    expect(ids()).toEqual(['b0']);
    started[0]?.prove();
    await settle();
    expect(ids()).toEqual(['b0', 'b1', 'b2', 'b3']);
  });

  test('that ends without a proof leaves the test to the next one', async () => {
    const { started, ids } = await start({ concurrency: 4 });
    started[0]?.end();
    await settle();
    expect(ids()).toEqual(['b0', 'b1']);
    started[1]?.end();
    await settle();
    expect(ids()).toEqual(['b0', 'b1', 'b2']);
    started[2]?.prove();
    await settle();
    expect(ids()).toHaveLength(6);
  });

  test('that fails is the only one', async () => {
    const { started, ids, result, stopping } = await start();
    const failure = new Error('denied');
    started[0]?.fail(failure);
    expect(await result).toBe(failure);
    expect(ids()).toEqual(['b0']);
    expect(stopping.signal.reason).toBe(failure);
  });
});

describe('once proven', () => {
  test('no more than the asked number are driven at a time', async () => {
    const { started, ids, result } = await start({ concurrency: 2 });
    started[0]?.prove();
    await settle();
    expect(ids()).toHaveLength(2);
    for (let ended = 0; ended < BATCHES.length; ended += 1) {
      started[ended]?.end();
      await settle();
      expect(started.length - ended - 1).toBeLessThanOrEqual(2);
    }
    expect(await result).toBeUndefined();
    expect(ids()).toEqual(BATCHES.map(({ id }) => id));
  });

  test('a failure starts nothing more, and the first one is told', async () => {
    const { started, ids, result } = await start({ concurrency: 3 });
    started[0]?.prove();
    await settle();
    const first = new Error('first');
    started[1]?.fail(first);
    started[2]?.fail(new Error('second'));
    started[0]?.end();
    expect(await result).toBe(first);
    expect(ids()).toHaveLength(3);
  });
});

test('a stop from outside is told, and waits for what is in flight', async () => {
  const { started, stopping, result, ids } = await start();
  started[0]?.prove();
  await settle();
  const reason = new Error('SIGTERM');
  stopping.abort(reason);
  for (const drive of started) drive.end();
  expect(await result).toBe(reason);
  expect(ids()).toHaveLength(2);
});

test('a cancel starts nothing more, and is no failure', async () => {
  const { started, canceling, result, ids } = await start();
  canceling.abort();
  started[0]?.end();
  expect(await result).toBeUndefined();
  expect(ids()).toEqual(['b0']);
});

test('no batches are done at once', async () => {
  expect(await (await start({ batches: [] })).result).toBeUndefined();
});
