import { type FileHandle, open } from 'node:fs/promises';
import { type Clock, formatTimestamp } from '../clock.ts';
import { DeidBatchError } from '../errors/deid-batch-error.ts';
import type { JournalRecord } from '../model/journal-record.ts';
import { splitLines } from './lines.ts';
import type { Journal } from './run-store.ts';
import { toStateError } from './state-error.ts';

export interface FileJournal extends Journal {
  close(): Promise<void>;
}

/** A journal in a file of JSON lines, flushed to the disk with every record. */
export async function openFileJournal(path: string, clock: Clock): Promise<FileJournal> {
  const file = await open(path, 'a+', 0o600).catch((error: unknown) => {
    throw toStateError(error, 'opened');
  });
  let seq = 0;
  try {
    for await (const record of readRecords(path)) seq = record.seq;
  } catch (error) {
    await file.close();
    throw error;
  }
  let last: Promise<unknown> = Promise.resolve();
  return {
    append(entry) {
      // One after the other; after a write that failed, all later ones fail as well.
      const written = last.then(async () => {
        const at = formatTimestamp(clock.nowMs());
        const record: JournalRecord = { seq: seq + 1, epoch: 1, at, ...entry };
        await writeDurably(file, `${JSON.stringify(record)}\n`);
        seq += 1;
        return record;
      });
      last = written;
      return written;
    },
    read: () => readRecords(path),
    async close() {
      await last.catch(() => {});
      await file.close();
    },
  };
}

async function writeDurably(file: FileHandle, line: string): Promise<void> {
  try {
    await file.appendFile(line);
    await file.datasync();
  } catch (error) {
    throw toStateError(error, 'written');
  }
}

async function* readRecords(path: string): AsyncGenerator<JournalRecord> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw toStateError(error, 'read');
  });
  let expected = 1;
  try {
    for await (const line of splitLines(file.createReadStream({ encoding: 'utf8' }))) {
      const record = parseRecord(line);
      if (record?.seq !== expected) {
        throw new DeidBatchError(
          'StateUnusable',
          `The journal of the run is damaged at record ${expected}.`,
          { hint: 'Start a new run; the state of this one cannot be trusted.' },
        );
      }
      expected += 1;
      yield record;
    }
  } finally {
    await file.close();
  }
}

function parseRecord(line: string): JournalRecord | undefined {
  try {
    return JSON.parse(line) as JournalRecord;
  } catch {
    return undefined;
  }
}
