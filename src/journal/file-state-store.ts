import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { link, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Clock } from '../clock.ts';
import { DeidBatchError } from '../errors/deid-batch-error.ts';
import { openFileJournal } from './file-journal.ts';
import { joinLines, readGzipLines } from './lines.ts';
import { isRunId } from './run-id.ts';
import type { RunFiles, RunStore, StateStore } from './run-store.ts';
import { toStateError } from './state-error.ts';

const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;

/**
 * State in a folder that only its owner can read, since it holds blob names. It is made with the
 * first run, and tells git to keep out.
 */
export function createFileStateStore({
  folder,
  clock,
}: {
  folder: string;
  clock: Clock;
}): StateStore {
  const root = resolve(folder);
  const runFolder = (runId: string) => join(root, 'runs', runId);
  return {
    async createRun(runId) {
      return guard('created', async () => {
        await mkdir(join(runFolder(runId), 'sealed'), { recursive: true, mode: PRIVATE_FOLDER });
        await writeFile(join(root, '.gitignore'), '*\n', { mode: PRIVATE_FILE });
        return openRunFolder(runId, runFolder(runId), clock);
      });
    },
    async openRun(runId) {
      const found = isRunId(runId) && (await stat(runFolder(runId)).catch(() => undefined));
      if (!found) {
        throw new DeidBatchError('RunNotFound', 'The state folder holds no run of that name.', {
          hint: 'Give the --state that the run was started with.',
        });
      }
      return openRunFolder(runId, runFolder(runId), clock);
    },
    nameKey: () => guard('read', () => readOrCreateKey(root)),
  };
}

async function openRunFolder(runId: string, folder: string, clock: Clock): Promise<RunStore> {
  const journal = await openFileJournal(join(folder, 'journal.jsonl'), clock);
  await syncFolder(folder);
  return {
    runId,
    journal,
    files: createRunFiles(folder),
    close: () => journal.close(),
    async discard() {
      await journal.close();
      await guard('removed', () => rm(folder, { recursive: true, force: true }));
    },
  };
}

function createRunFiles(folder: string): RunFiles {
  const sealed = join(folder, 'sealed');
  const path = (name: string) => join(folder, name);
  const compressed = (name: string) => `${name}.jsonl.gz`;
  return {
    writeLines: (name, lines) =>
      writeFrom(lines, folder, async (watched, temporary) => {
        await writeGzip(temporary, joinLines(watched));
        await publishFile(temporary, path(compressed(name)), folder);
      }),
    readLines: (name) => readLines(path(compressed(name))),
    sealLines: (lines) =>
      writeFrom(lines, folder, async (watched, temporary) => {
        const hash = createHash('sha256');
        await writeGzip(temporary, hashing(joinLines(watched), hash));
        const digest = hash.digest('hex');
        await publishFile(temporary, join(sealed, compressed(digest)), sealed);
        return digest;
      }),
    readSealed: (digest) => readLines(join(sealed, compressed(digest))),
    writeText: (name, text) =>
      guard('written', async () => {
        const temporary = temporaryPath(folder);
        await writeFile(temporary, text, { mode: PRIVATE_FILE, flush: true });
        await publishFile(temporary, path(name), folder);
        return path(name);
      }),
    readText: (name) => guard('read', () => readFile(path(name), 'utf8')),
  };
}

async function* readLines(path: string): AsyncGenerator<string> {
  try {
    yield* readGzipLines(createReadStream(path));
  } catch (error) {
    throw toStateError(error, 'read');
  }
}

/**
 * Lets `write` take the lines to a temporary file. When that fails, the file is removed; an error
 * of the lines themselves passes through as it is.
 */
async function writeFrom<T>(
  lines: AsyncIterable<string> | Iterable<string>,
  folder: string,
  write: (watched: AsyncIterable<string>, temporary: string) => Promise<T>,
): Promise<T> {
  let failure: { error: unknown } | undefined;
  const watch = async function* () {
    try {
      yield* lines;
    } catch (error) {
      failure = { error };
      throw error;
    }
  };
  const temporary = temporaryPath(folder);
  try {
    return await write(watch(), temporary);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw failure ? failure.error : toStateError(error, 'written');
  }
}

async function writeGzip(path: string, chunks: AsyncIterable<string>): Promise<void> {
  const options = { mode: PRIVATE_FILE, flush: true };
  await pipeline(chunks, createGzip({ level: 1 }), createWriteStream(path, options));
}

async function* hashing(
  chunks: AsyncIterable<string>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<string> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}

function temporaryPath(folder: string): string {
  return join(folder, `.${randomBytes(8).toString('hex')}.tmp`);
}

async function publishFile(temporary: string, path: string, folder: string): Promise<void> {
  await rename(temporary, path);
  await syncFolder(folder);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readOrCreateKey(root: string): Promise<Uint8Array> {
  const path = join(root, 'name-key');
  await mkdir(root, { recursive: true, mode: PRIVATE_FOLDER });
  const temporary = temporaryPath(root);
  await writeFile(temporary, randomBytes(32), { mode: PRIVATE_FILE, flush: true });
  try {
    // Of several processes that come here first, one makes the key and all others read it.
    await link(temporary, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    return await readFile(path);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function guard<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toStateError(error, doing);
  }
}
