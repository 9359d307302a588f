import { randomBytes } from 'node:crypto';
import { createWriteStream, type Stats } from 'node:fs';
import {
  type FileHandle,
  link,
  mkdir,
  open,
  readdir,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../clock.ts';
import { breakFileLock, findFileLockHolder, takeFileLock } from './file-lock.ts';
import { guardLock } from './locks.ts';
import { type Content, isHeld, type Log, type Medium } from './medium.ts';
import { stateRemoved, toStateError } from './state-error.ts';

const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;

/**
 * State in a folder that only its owner can read, since it holds blob names. It is made with the
 * first file, and tells git to keep out.
 */
export function createFileMedium({ folder, clock }: { folder: string; clock: Clock }): Medium {
  const root = resolve(folder);
  const toPath = (name: string) => join(root, ...name.split('/'));
  const prepare = async (path: string) => {
    const first = await mkdir(dirname(path), { recursive: true, mode: PRIVATE_FOLDER });
    if (first !== undefined)
      await writeFile(join(root, '.gitignore'), '*\n', { mode: PRIVATE_FILE });
  };
  const guard = async <T>(doing: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw toStateError(error, doing);
    }
  };
  return {
    write: (name, content, { ifAbsent = false } = {}) =>
      writeWhole(toPath(name), { content, ifAbsent, prepare }),
    read: (name) =>
      guard('read', async () => {
        const found = await statIfThere(toPath(name));
        return found?.isFile() ? readAll(toPath(name)) : undefined;
      }),
    has: (name) => guard('read', async () => (await statIfThere(toPath(name))) !== undefined),
    list: (name) => guard('listed', () => listNames(toPath(name))),
    remove: (name) => guard('removed', () => rm(toPath(name), { recursive: true, force: true })),
    createLog: (name, lock) =>
      guard('created', async () => {
        await prepare(toPath(name));
        const file = await openExclusive(toPath(name));
        if (!file) return undefined;
        await syncFolder(dirname(toPath(name)));
        return createFileLog(file, () => lock.confirm(0));
      }),
    sealLog: async () => {},
    lock: (name, owner) =>
      guard('locked', async () => {
        const taken = await takeFileLock(toPath(`locks/${name}`), { owner, clock });
        return isHeld(taken) ? guardLock(taken, (work) => guard('read', work)) : taken;
      }),
    findHolder: (name) => guard('read', () => findFileLockHolder(toPath(`locks/${name}`))),
    breakLock: (name) => guard('unlocked', () => breakFileLock(toPath(`locks/${name}`))),
    describe: toPath,
  };
}

function createFileLog(file: FileHandle, confirm: () => Promise<void>): Log {
  return {
    async append(bytes) {
      await confirm();
      try {
        await file.appendFile(bytes);
        await file.datasync();
        // A file that was removed takes what is written and keeps nothing.
        if ((await file.stat()).nlink === 0) throw stateRemoved();
      } catch (error) {
        throw toStateError(error, 'written');
      }
    },
    close: () => file.close(),
  };
}

/** Writes to a temporary file first. An error of the content itself passes through as it is. */
async function writeWhole(
  path: string,
  options: { content: Content; ifAbsent: boolean; prepare(path: string): Promise<void> },
): Promise<boolean> {
  const temporary = join(dirname(path), `.${randomBytes(8).toString('hex')}.tmp`);
  let failure: { error: unknown } | undefined;
  const watch = async function* () {
    try {
      yield* options.content;
    } catch (error) {
      failure = { error };
      throw error;
    }
  };
  try {
    await options.prepare(path);
    const file = createWriteStream(temporary, { mode: PRIVATE_FILE, flush: true });
    await pipeline(watch(), file);
    const stored = await publish(temporary, path, options.ifAbsent);
    await syncFolder(dirname(path));
    return stored;
  } catch (error) {
    throw failure ? failure.error : toStateError(error, 'written');
  } finally {
    await rm(temporary, { force: true }).catch(() => {});
  }
}

async function publish(temporary: string, path: string, ifAbsent: boolean): Promise<boolean> {
  if (!ifAbsent) {
    await rename(temporary, path);
    return true;
  }
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if (isSystemError(error, 'EEXIST')) return false;
    throw error;
  }
}

async function statIfThere(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (isSystemError(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}

async function openExclusive(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'ax', PRIVATE_FILE);
  } catch (error) {
    if (isSystemError(error, 'EEXIST')) return undefined;
    throw error;
  }
}

/** Opens the file when it is read, and closes it when the reader is done or has had enough. */
async function* readAll(path: string): AsyncGenerator<Uint8Array> {
  try {
    const file = await open(path, 'r');
    try {
      yield* file.createReadStream({ autoClose: false }) as AsyncIterable<Uint8Array>;
    } finally {
      await file.close();
    }
  } catch (error) {
    throw toStateError(error, 'read');
  }
}

/** Temporary files of writes that never ended are nobody's. */
async function listNames(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
  } catch (error) {
    if (isSystemError(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isSystemError(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
