import type { Clock } from '../clock.ts';
import { lockLost } from './locks.ts';
import type { Content, Lock, LockOwner, Medium } from './medium.ts';

/** State that lives as long as the process: for single jobs and tests. */
export function createMemoryMedium(clock: Clock): Medium {
  const files = new Map<string, Uint8Array>();
  const locks = new Map<string, { owner: LockOwner; token: symbol }>();
  return {
    async write(path, content, { ifAbsent = false } = {}) {
      const bytes = await collect(content);
      if (ifAbsent && files.has(path)) return false;
      files.set(path, bytes);
      return true;
    },
    async read(path) {
      const bytes = files.get(path);
      return bytes && single(bytes);
    },
    has: async (path) => files.has(path),
    async list(folder) {
      const below = [...files.keys()].filter((path) => path.startsWith(`${folder}/`));
      const names = below.map((path) => path.slice(folder.length + 1).split('/')[0] ?? '');
      return [...new Set(names)].sort();
    },
    async remove(path) {
      for (const name of [...files.keys()]) {
        if (name === path || name.startsWith(`${path}/`)) files.delete(name);
      }
    },
    async createLog(path, lock) {
      if (files.has(path)) return undefined;
      files.set(path, new Uint8Array());
      return {
        async append(bytes) {
          await lock.confirm(0);
          files.set(path, Buffer.concat([files.get(path) ?? new Uint8Array(), bytes]));
        },
        close: async () => {},
      };
    },
    sealLog: async () => {},
    async lock(name, owner) {
      const held = locks.get(name);
      if (held) return { owner: held.owner, seenAtMs: clock.nowMs() };
      const token = Symbol(name);
      locks.set(name, { owner, token });
      const isMine = () => locks.get(name)?.token === token;
      const lock: Lock = {
        async confirm() {
          if (!isMine()) throw lockLost();
        },
        async release() {
          if (isMine()) locks.delete(name);
        },
      };
      return lock;
    },
    async findHolder(name) {
      const held = locks.get(name);
      return held && { owner: held.owner, seenAtMs: clock.nowMs() };
    },
    async breakLock(name) {
      locks.delete(name);
    },
    describe: (path) => `${path} (in memory)`,
  };
}

async function collect(content: Content): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* single(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
