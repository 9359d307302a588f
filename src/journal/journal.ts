import { type Clock, formatTimestamp } from '../clock.ts';
import type { JournalEntry, JournalRecord } from '../model/journal-record.ts';
import { lockLost } from './locks.ts';
import type { Lock, Log, Medium } from './medium.ts';
import type { Journal } from './run-store.ts';
import { listSegments, readSegments, segmentPath } from './segments.ts';

/** A segment takes no more records than this; an append blob takes 50,000 blocks. */
const MAX_SEGMENT_RECORDS = 45_000;

export interface JournalOptions {
  medium: Medium;
  /** Where its segments lie. */
  folder: string;
  /** The lock under which this process may write. */
  lock: Lock;
  clock: Clock;
  maxSegmentRecords?: number;
}

/** The journal of a run in the hands of its holder. Opening it begins a new epoch. */
export interface OpenJournal extends Journal {
  close(): Promise<void>;
}

/**
 * Opens a journal for writing. Its first record says that a new holder has begun; whatever an
 * earlier holder writes after that no longer counts.
 */
export async function openJournal(options: JournalOptions): Promise<OpenJournal> {
  const { medium, folder, lock, clock, maxSegmentRecords = MAX_SEGMENT_RECORDS } = options;
  const earlier = await listSegments(medium, folder);
  const epoch = Math.max(0, ...earlier.map((segment) => segment.epoch)) + 1;
  // First nothing more can be added to what is there, then it is read to its end.
  for (const { path } of earlier) await medium.sealLog(path);
  let seq = 0;
  for await (const record of readSegments(medium, folder)) seq = record.seq;

  let part = 0;
  let records = 0;
  let log: Log | undefined;
  const nextLog = async () => {
    await log?.close();
    part += 1;
    records = 0;
    log = await medium.createLog(segmentPath(folder, { epoch, part }), lock);
    if (!log) throw lockLost();
    return log;
  };

  const write = async (entry: JournalEntry): Promise<JournalRecord> => {
    const open = log && records < maxSegmentRecords ? log : await nextLog();
    const at = formatTimestamp(clock.nowMs());
    const record: JournalRecord = { seq: seq + 1, epoch, at, ...entry };
    await open.append(Buffer.from(`${JSON.stringify(record)}\n`));
    seq += 1;
    records += 1;
    return record;
  };
  // One after the other; after a write that failed, all later ones fail as well.
  let last: Promise<unknown> = Promise.resolve();
  const append = (entry: JournalEntry) => {
    const written = last.then(() => write(entry));
    last = written;
    return written;
  };
  await append({ type: 'opened' });
  return {
    append,
    read: () => readSegments(medium, folder),
    async close() {
      await last.catch(() => {});
      await log?.close();
    },
  };
}
