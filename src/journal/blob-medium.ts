import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { AppendBlobClient, ContainerClient } from '@azure/storage-blob';
import type { Clock } from '../clock.ts';
import {
  isBlobMissing,
  isStorageFailure,
  type StateContainer,
  toBlobStateError,
} from './blob-errors.ts';
import { breakBlobLock, findBlobLockHolder, takeBlobLock } from './blob-lock.ts';
import { guardLock, lockLost } from './locks.ts';
import { type Content, isHeld, type Log, type Medium } from './medium.ts';
import { stateRemoved } from './state-error.ts';

const BUFFER_BYTES = 1_000_000;

export interface BlobMediumOptions extends StateContainer {
  container: ContainerClient;
  /** What all names start with; empty, or ends in `/`. */
  prefix: string;
  clock: Clock;
}

/**
 * State in a blob container, for processes that share no disk. A lock is a lease, a log is an
 * append blob of which every block says where it must land.
 */
export function createBlobMedium(options: BlobMediumOptions): Medium {
  const { container, prefix, clock, location } = options;
  const block = (path: string) => container.getBlockBlobClient(prefix + path);
  const guard: Guard = async (work) => {
    try {
      return await work();
    } catch (error) {
      throw toBlobStateError(error, options);
    }
  };
  return {
    write: (path, content, { ifAbsent = false } = {}) =>
      guard(async () => {
        const conditions = ifAbsent ? { ifNoneMatch: '*' } : {};
        try {
          const stream = Readable.from(toAsync(content), { objectMode: false });
          await block(path).uploadStream(stream, BUFFER_BYTES, 2, { conditions });
          return true;
        } catch (error) {
          if (ifAbsent && isStorageFailure(error, 409, 412)) return false;
          throw error;
        }
      }),
    read: (path) =>
      guard(async () => {
        try {
          const { readableStreamBody } = await block(path).download();
          return readableStreamBody as AsyncIterable<Uint8Array> | undefined;
        } catch (error) {
          if (isStorageFailure(error, 404)) return undefined;
          throw error;
        }
      }),
    has: (path) => guard(() => block(path).exists()),
    list: (folder) =>
      guard(async () => {
        const names: string[] = [];
        const below = { prefix: `${prefix}${folder}/` };
        for await (const item of container.listBlobsByHierarchy('/', below)) {
          names.push(item.name.slice(below.prefix.length).replace(/\/$/, ''));
        }
        return names.sort();
      }),
    remove: (path) =>
      guard(async () => {
        for await (const { name } of container.listBlobsFlat({ prefix: prefix + path })) {
          const isBelow = name === prefix + path || name.startsWith(`${prefix}${path}/`);
          if (isBelow) await removeBlob(container, name);
        }
      }),
    createLog: (path) =>
      guard(async () => {
        const blob = container.getAppendBlobClient(prefix + path);
        try {
          await blob.create({ conditions: { ifNoneMatch: '*' } });
        } catch (error) {
          if (isStorageFailure(error, 409, 412)) return undefined;
          throw error;
        }
        return createBlobLog(blob, guard);
      }),
    sealLog: (path) =>
      guard(async () => {
        const blob = container.getAppendBlobClient(prefix + path);
        try {
          // Nobody learns this lease's id, so nobody can append any more.
          await blob.getBlobLeaseClient(randomUUID()).acquireLease(-1);
        } catch (error) {
          if (!isStorageFailure(error, 404, 409)) throw error;
        }
      }),
    lock: (name, owner) =>
      guard(async () => {
        const taken = await takeBlobLock(block(`locks/${name}`), { owner, clock });
        return isHeld(taken) ? guardLock(taken, guard) : taken;
      }),
    findHolder: (name) => guard(() => findBlobLockHolder(block(`locks/${name}`), clock)),
    breakLock: (name) => guard(() => breakBlobLock(block(`locks/${name}`))),
    describe: (path) => `${location}/${prefix}${path}`,
  };
}

type Guard = <T>(work: () => Promise<T>) => Promise<T>;

/** Whoever takes the run over seals the log first, so a block that lands was written in time. */
function createBlobLog(blob: AppendBlobClient, guard: Guard): Log {
  let length = 0;
  return {
    append: (bytes) =>
      guard(async () => {
        const conditions = { appendPosition: length };
        try {
          await blob.appendBlock(bytes, bytes.byteLength, { conditions });
        } catch (error) {
          // A block whose answer was lost meets itself at its place when it is sent again.
          if (!(await holds(blob, { at: length, bytes }))) {
            if (isBlobMissing(error)) throw stateRemoved();
            throw isStorageFailure(error, 409, 412) ? lockLost() : error;
          }
        }
        length += bytes.byteLength;
      }),
    close: async () => {},
  };
}

/** Whether the blob ends in exactly these bytes at this place. */
async function holds(
  blob: AppendBlobClient,
  { at, bytes }: { at: number; bytes: Uint8Array },
): Promise<boolean> {
  try {
    const { contentLength } = await blob.getProperties();
    if (contentLength !== at + bytes.byteLength) return false;
    return (await blob.downloadToBuffer(at)).equals(bytes);
  } catch (error) {
    if (isStorageFailure(error, 404, 416)) return false;
    throw error;
  }
}

async function removeBlob(container: ContainerClient, name: string): Promise<void> {
  const blob = container.getBlobClient(name);
  try {
    await blob.delete();
  } catch (error) {
    if (isStorageFailure(error, 404)) return;
    if (!isStorageFailure(error, 412)) throw error;
    await blob.getBlobLeaseClient().breakLease(0);
    await blob.deleteIfExists();
  }
}

async function* toAsync(content: Content): AsyncGenerator<Uint8Array> {
  yield* content;
}
