import { createHash } from 'node:crypto';
import { type Clock, formatTimestamp } from '../clock.ts';
import { DeidBatchError } from '../errors/deid-batch-error.ts';
import type { JournalRecord } from '../model/journal-record.ts';
import type { RunStore, StateStore } from './run-store.ts';

/** State that lives as long as the process: for single jobs and tests. */
export function createMemoryStateStore({
  clock,
  key,
}: {
  clock: Clock;
  key: Uint8Array;
}): StateStore {
  const runs = new Map<string, RunStore>();
  return {
    async createRun(runId) {
      const store = createMemoryRun(runId, clock, () => runs.delete(runId));
      runs.set(runId, store);
      return store;
    },
    async openRun(runId) {
      const store = runs.get(runId);
      if (!store) throw new DeidBatchError('RunNotFound', `There is no run ${runId}.`);
      return store;
    },
    nameKey: async () => key,
  };
}

function createMemoryRun(runId: string, clock: Clock, forget: () => void): RunStore {
  const records: JournalRecord[] = [];
  const files = new Map<string, string[]>();
  const read = async function* (name: string) {
    const lines = files.get(name);
    if (!lines) throw new DeidBatchError('StateUnusable', 'The run state lacks a file.');
    yield* lines;
  };
  return {
    runId,
    journal: {
      async append(entry) {
        const at = formatTimestamp(clock.nowMs());
        const record = { seq: records.length + 1, epoch: 1, at, ...entry };
        records.push(record);
        return record;
      },
      async *read() {
        yield* records;
      },
    },
    files: {
      async writeLines(name, lines) {
        files.set(name, await collect(lines));
      },
      readLines: read,
      async sealLines(lines) {
        const kept = await collect(lines);
        const digest = createHash('sha256');
        for (const line of kept) digest.update(`${line}\n`);
        const name = digest.digest('hex');
        files.set(name, kept);
        return name;
      },
      readSealed: read,
      async writeText(name, text) {
        files.set(name, [text]);
        return `${name} (in memory)`;
      },
      async readText(name) {
        return (await collect(read(name))).join('');
      },
    },
    close: async () => {},
    discard: async () => forget(),
  };
}

async function collect(lines: AsyncIterable<string> | Iterable<string>): Promise<string[]> {
  const kept: string[] = [];
  for await (const line of lines) kept.push(line);
  return kept;
}
