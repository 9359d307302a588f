import {
  appendFile,
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFolderState } from '../../src/journal/open-folder-state.ts';
import {
  collect,
  newRun,
  RUN_ID,
  sealed,
  testStateStore,
  tickingClock,
  toLines,
} from './state-store-contract.ts';

let parent: string;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'deid-batch-state-'));
});
afterAll(() => rm(parent, { recursive: true, force: true }));

async function newFolder(): Promise<string> {
  return join(await mkdtemp(join(parent, 'case-')), 'state');
}

const storeIn = (folder: string) => openFolderState(folder, tickingClock());

testStateStore('files', { createStore: async () => storeIn(await newFolder()) });

const FIRST_SEGMENT = 'journal/000001-000001.jsonl';
const runPath = (folder: string, ...path: string[]) => join(folder, 'runs', RUN_ID, ...path);

async function listTree(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.map((entry) => join(entry.parentPath, entry.name));
}

test('nothing of the state can be read by others, or goes into git', async () => {
  const folder = await newFolder();
  const store = storeIn(folder);
  const { files, journal, close } = await store.createRun(newRun());
  await store.nameKey();
  await journal.append(sealed('d'));
  await files.writeLines('listing', ['a']);
  await files.sealLines(toLines('a'));
  await files.writeText('plan.json', '{}');
  await close();
  const paths = [folder, ...(await listTree(folder))];
  expect(paths.length).toBeGreaterThan(8);
  for (const path of paths) {
    const found = await stat(path);
    expect([path, (found.mode & 0o777).toString(8)]).toEqual([
      path,
      found.isDirectory() ? '700' : '600',
    ]);
  }
  expect(await readFile(join(folder, '.gitignore'), 'utf8')).toBe('*\n');
  expect(paths.filter((path) => path.endsWith('.tmp'))).toEqual([]);
});

test('a store makes nothing before the first run', async () => {
  const folder = await newFolder();
  await expect(storeIn(folder).openRun(RUN_ID, { besides: false })).rejects.toMatchObject({
    code: 'RunNotFound',
  });
  await expect(stat(folder)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('the key is the same for every store in the folder, from the start', async () => {
  const folder = await newFolder();
  const keys = await Promise.all(Array.from({ length: 10 }, () => storeIn(folder).nameKey()));
  expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(1);
});

test('lines that fail leave no file behind', async () => {
  const folder = await newFolder();
  const { files, close } = await storeIn(folder).createRun(newRun());
  const before = await listTree(folder);
  const failing = async function* () {
    // More than a buffer, so that part of it is on the disk.
    for (let line = 0; line < 20_000; line += 1) yield `name-${line}-${Math.sin(line)}`;
    throw new Error('the listing broke off');
  };
  await expect(files.writeLines('listing', failing())).rejects.toThrow('broke off');
  await expect(files.sealLines(failing())).rejects.toThrow('broke off');
  expect(await listTree(folder)).toEqual(before);
  await close();
});

describe('a journal that is damaged is refused', () => {
  const record = (seq: number) => JSON.stringify({ seq, epoch: 1, at: '', type: 'plan-sealed' });

  test.each([
    ['a line that is no JSON', `${record(1)}\n{{{\n`, 2],
    ['a line before the last that is torn', `${record(1)}\n${record(2).slice(0, 20)}\n`, 2],
    ['a gap', `${record(1)}\n${record(3)}\n`, 2],
    ['a record twice', `${record(1)}\n${record(1)}\n`, 2],
    ['a start that is lost', `${record(2)}\n`, 1],
    ['an empty line', `\n${record(1)}\n`, 1],
    ['a line that is no record', `${record(1)}\nnull\n`, 2],
  ])('%s', async (_, text, position) => {
    const folder = await newFolder();
    const store = storeIn(folder);
    const run = await store.createRun(newRun());
    await run.close();
    await writeFile(runPath(folder, FIRST_SEGMENT), text);
    const openBefore = await countOpenFiles();
    await expect(store.openRun(RUN_ID, { besides: false })).rejects.toMatchObject({
      code: 'StateUnusable',
      message: expect.stringContaining(`record ${position}`),
    });
    expect(await countOpenFiles()).toBeLessThanOrEqual(openBefore);
    // As it was: a person may want to look at it.
    expect(await readFile(runPath(folder, FIRST_SEGMENT), 'utf8')).toBe(text);
  });

  test('and when the damage comes while it is open', async () => {
    const folder = await newFolder();
    const { journal, close } = await storeIn(folder).createRun(newRun());
    await journal.append(sealed('d'));
    await appendFile(runPath(folder, FIRST_SEGMENT), 'garbage\n');
    await expect(collect(journal.read())).rejects.toMatchObject({ code: 'StateUnusable' });
    await close();
  });
});

test('reading a journal, to the end or not, leaves no file open', async () => {
  const { journal, close } = await storeIn(await newFolder()).createRun(newRun());
  for (let seq = 1; seq <= 3; seq += 1) await journal.append(sealed('d'));
  const before = await countOpenFiles();
  for (let round = 0; round < 5; round += 1) {
    await collect(journal.read());
    for await (const _ of journal.read()) break;
  }
  expect(await countOpenFiles()).toBeLessThanOrEqual(before);
  await close();
});

describe('a file that is damaged is refused', () => {
  test.each([
    ['cut off', gzipSync('a\n'.repeat(10_000)).subarray(0, 40)],
    ['not compressed', Buffer.from('a\n')],
    ['empty', Buffer.alloc(0)],
  ])('%s', async (kind, bytes) => {
    const folder = await newFolder();
    const { files, close } = await storeIn(folder).createRun(newRun());
    await writeFile(runPath(folder, 'listing.jsonl.gz'), bytes);
    await expect(collect(files.readLines('listing')), kind).rejects.toMatchObject({
      code: 'StateUnusable',
    });
    await close();
  });
});

describe('a state that cannot be written is unusable', () => {
  const unusable = { code: 'StateUnusable', exitCode: 2, hint: expect.stringContaining('--state') };

  test('because a file is where the folder should be', async () => {
    const folder = await newFolder();
    await writeFile(folder, '');
    await expect(storeIn(folder).createRun(newRun())).rejects.toMatchObject(unusable);
    await expect(storeIn(folder).nameKey()).rejects.toMatchObject(unusable);
  });

  test.skipIf(process.getuid?.() === 0)('because the folder is read-only', async () => {
    const folder = await newFolder();
    await mkdir(folder, { mode: 0o500 });
    await expect(storeIn(folder).createRun(newRun())).rejects.toMatchObject(unusable);
    await expect(storeIn(folder).nameKey()).rejects.toMatchObject(unusable);
    await chmod(folder, 0o700);
  });

  test('because the run was closed, and so are all records after one that failed', async () => {
    const { journal, close } = await storeIn(await newFolder()).createRun(newRun());
    await close();
    const appends = [1, 2].map(() => journal.append(sealed('d')));
    for (const append of appends) await expect(append).rejects.toMatchObject({ exitCode: 2 });
  });

  test('because its folder is gone', async () => {
    const folder = await newFolder();
    const { journal, close } = await storeIn(folder).createRun(newRun());
    await rm(runPath(folder), { recursive: true });
    await expect(journal.append(sealed('d'))).rejects.toMatchObject({ code: 'StateUnusable' });
    await close();
  });
});

/** Files that this process has open. */
async function countOpenFiles(): Promise<number> {
  const open = process.platform === 'linux' ? await readdir('/proc/self/fd') : [];
  return open.length;
}
