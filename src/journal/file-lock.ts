import { link, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { lockLost } from './locks.ts';
import type { HeldBy, Lock, LockOwner } from './medium.ts';
import { hasEnded } from './process-identity.ts';
import { stateRemoved } from './state-error.ts';

const HEARTBEAT_MS = 10_000;

/**
 * A lock in a folder of generations: files named 1, 2, ... of which the highest names the owner.
 * To take the lock is to create the next generation, which only one process can do, and only once
 * the owner of the highest has released it or has ended. Nobody ever writes to another's file, so
 * there is no moment at which two can believe that they won.
 */
export async function takeFileLock(
  folder: string,
  { owner, clock }: { owner: LockOwner; clock: Clock },
): Promise<Lock | HeldBy> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (;;) {
    const highest = await findHighest(folder);
    const held = await readLivingHolder(folder, highest);
    if (held) return held;
    const generation = highest + 1;
    if (await createGeneration(folder, { generation, owner })) {
      await removeOlder(folder, generation);
      return holdLock(folder, { generation, clock });
    }
    // Somebody else was faster, or has even moved on; look again at who it is.
  }
}

/** Who holds the lock; undefined when nobody does, or a process that has certainly ended. */
export async function findFileLockHolder(folder: string): Promise<HeldBy | undefined> {
  return readLivingHolder(folder, await findHighest(folder));
}

/** Takes the lock away from whoever holds it: its next confirmation fails. */
export async function breakFileLock(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (;;) {
    const generation = (await findHighest(folder)) + 1;
    if (await createGeneration(folder, { generation, owner: undefined })) {
      return removeOlder(folder, generation);
    }
  }
}

function holdLock(
  folder: string,
  { generation, clock }: { generation: number; clock: Clock },
): Lock {
  const path = join(folder, String(generation));
  const stopping = new AbortController();
  void beat(path, { clock, signal: stopping.signal });
  const confirm = async () => {
    const highest = await findHighest(folder);
    // The generations only grow: without any, the state is gone.
    if (highest === 0) throw stateRemoved();
    if (highest !== generation) throw lockLost();
  };
  return {
    confirm,
    async release() {
      stopping.abort();
      // An empty file means free; while it is there, the generations only grow.
      if ((await findHighest(folder)) === generation) await writeFile(path, '');
    },
  };
}

/** Shows now and then that the owner is alive, for whoever asks. */
async function beat(
  path: string,
  { clock, signal }: { clock: Clock; signal: AbortSignal },
): Promise<void> {
  try {
    for (;;) {
      await clock.sleep(HEARTBEAT_MS, signal);
      const now = new Date(clock.nowMs());
      await utimes(path, now, now);
    }
  } catch {
    // Released, or the file is gone with the lock: there is nothing left to show.
  }
}

async function findHighest(folder: string): Promise<number> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return Math.max(0, ...names.filter((name) => /^\d+$/.test(name)).map(Number));
}

async function createGeneration(
  folder: string,
  { generation, owner }: { generation: number; owner: LockOwner | undefined },
): Promise<boolean> {
  const temporary = join(
    folder,
    `.${generation}-${process.pid}-${Math.random().toString(36).slice(2)}`,
  );
  const content = owner ? JSON.stringify(owner) : '';
  await writeFile(temporary, content, { mode: 0o600, flush: true });
  const path = join(folder, String(generation));
  try {
    // A link appears with its content or not at all, and never replaces a file.
    await link(temporary, path);
    // Its number may have been used and removed since it was chosen.
    if ((await findHighest(folder)) === generation) return true;
    await rm(path, { force: true });
    return false;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function readLivingHolder(folder: string, generation: number): Promise<HeldBy | undefined> {
  const held = generation === 0 ? undefined : await readHolder(join(folder, String(generation)));
  return held && !hasEnded(held.owner) ? held : undefined;
}

async function readHolder(path: string): Promise<HeldBy | undefined> {
  try {
    const content = await readFile(path, 'utf8');
    if (content === '') return undefined;
    const { mtimeMs } = await stat(path);
    return { owner: JSON.parse(content) as LockOwner, seenAtMs: mtimeMs };
  } catch (error) {
    // Removed by the owner of a newer generation, which the caller's next step will meet.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function removeOlder(folder: string, generation: number): Promise<void> {
  for (const name of await readdir(folder)) {
    if (/^\d+$/.test(name) && Number(name) < generation)
      await rm(join(folder, name), { force: true });
  }
}
