import { describe, expect, test } from 'vitest';
import { openJournal } from '../../src/journal/journal.ts';
import { isHeld, type Lock, type Medium } from '../../src/journal/medium.ts';
import { createMemoryMedium } from '../../src/journal/memory-medium.ts';
import { describeOwner } from '../../src/journal/process-identity.ts';
import { readSegments } from '../../src/journal/segments.ts';
import { collect, sealed, tickingClock } from './state-store-contract.ts';

async function openWorld() {
  const clock = tickingClock();
  const medium = createMemoryMedium(clock);
  const lock = await takeLock(medium);
  const open = (maxSegmentRecords = 45_000) =>
    openJournal({ medium, folder: 'journal', lock, clock, maxSegmentRecords });
  const read = () => collect(readSegments(medium, 'journal'));
  const segments = () => medium.list('journal');
  return { medium, open, read, segments };
}

async function takeLock(medium: Medium): Promise<Lock> {
  const lock = await medium.lock('scope', describeOwner('r1'));
  if (!isHeld(lock)) throw new Error('The lock is held.');
  return lock;
}

describe('a journal', () => {
  test('goes on in another segment when one is full', async () => {
    const { open, read, segments } = await openWorld();
    const journal = await open(3);
    for (let record = 0; record < 7; record += 1) await journal.append(sealed(String(record)));
    expect(await segments()).toEqual([
      '000001-000001.jsonl',
      '000001-000002.jsonl',
      '000001-000003.jsonl',
    ]);
    expect((await read()).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('begins a new epoch with every holder, and counts on', async () => {
    const { open, read } = await openWorld();
    await (await open()).append(sealed('a'));
    await (await open()).append(sealed('b'));
    expect((await read()).map(({ seq, epoch, type }) => [seq, epoch, type])).toEqual([
      [1, 1, 'opened'],
      [2, 1, 'plan-sealed'],
      [3, 2, 'opened'],
      [4, 2, 'plan-sealed'],
    ]);
  });

  test('leaves out what an overtaken holder wrote on', async () => {
    const { open, read } = await openWorld();
    const stale = await open();
    await stale.append(sealed('counts'));
    const next = await open();
    await stale.append(sealed('late'));
    await next.append(sealed('counts too'));
    const digests = (await read()).flatMap((record) => ('digest' in record ? [record.digest] : []));
    expect(digests).toEqual(['counts', 'counts too']);
  });

  test.each([
    ['in the last record', (text: string) => text.slice(0, -20), 2],
    ['right before its end', (text: string) => text.slice(0, -1), 2],
    ['in the first record', (text: string) => text.slice(0, 5), 0],
    ['at its very start', () => '', 0],
  ])('cuts off what was being written when a process was lost: %s', async (_, tear, left) => {
    const { medium, open, read } = await openWorld();
    const journal = await open();
    await journal.append(sealed('a'));
    await journal.append(sealed('b'));
    await change(medium, 'journal/000001-000001.jsonl', tear);
    expect(await read()).toHaveLength(left);
    const next = await open();
    await next.append(sealed('c'));
    expect((await read()).map(({ seq }) => seq)).toEqual(
      Array.from({ length: left + 2 }, (_, index) => index + 1),
    );
  });

  test.each([
    ['a record that is no JSON', (text: string) => text.replace('{"seq":2', '{{"seq":2')],
    ['a record that is gone', (text: string) => text.replace(/\{"seq":2.*\n/, '')],
    [
      'a record of another epoch',
      (text: string) => text.replace('"seq":2,"epoch":1', '"seq":2,"epoch":7'),
    ],
  ])('is refused when it is damaged elsewhere: %s', async (_, damage) => {
    const { medium, open, read } = await openWorld();
    const journal = await open();
    await journal.append(sealed('a'));
    await journal.append(sealed('b'));
    await change(medium, 'journal/000001-000001.jsonl', damage);
    await expect(read()).rejects.toMatchObject({ code: 'StateUnusable' });
    await expect(open()).rejects.toMatchObject({ code: 'StateUnusable' });
  });
});

async function change(medium: Medium, path: string, edit: (text: string) => string): Promise<void> {
  const bytes = await medium.read(path);
  const text = Buffer.concat(bytes ? await collect(bytes) : []).toString();
  await medium.write(path, [Buffer.from(edit(text))]);
}
