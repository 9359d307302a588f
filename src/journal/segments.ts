import { DeidBatchError } from '../errors/deid-batch-error.ts';
import { refuseNewerSchema } from '../errors/state-newer.ts';
import type { JournalRecord } from '../model/journal-record.ts';
import type { Medium } from './medium.ts';

/**
 * One file of a journal. Every holder of the run writes to segments of its own, under a higher
 * epoch than all before; a segment that is full is followed by the next part of the same epoch.
 */
export interface Segment {
  path: string;
  epoch: number;
  part: number;
}

export function segmentPath(
  folder: string,
  { epoch, part }: { epoch: number; part: number },
): string {
  return `${folder}/${String(epoch).padStart(6, '0')}-${String(part).padStart(6, '0')}.jsonl`;
}

/** The segments of a journal, in the order in which they are read. */
export async function listSegments(medium: Medium, folder: string): Promise<Segment[]> {
  const names = await medium.list(folder);
  return names.flatMap((name) => {
    const [, epoch, part] = /^(\d+)-(\d+)\.jsonl$/.exec(name) ?? [];
    if (epoch === undefined || part === undefined) return [];
    return [{ path: `${folder}/${name}`, epoch: Number(epoch), part: Number(part) }];
  });
}

/**
 * All records that count, in order. A holder that was overtaken may have written on: its records
 * from the number on at which a later epoch begins are left out. A last line without an end was
 * being written when the process was lost, so it never happened. Anything else that cannot be read
 * is damage: throws StateUnusable. Throws StateNewer for a run of a newer version.
 */
export async function* readSegments(medium: Medium, folder: string): AsyncGenerator<JournalRecord> {
  const segments = await listSegments(medium, folder);
  const begins = await Promise.all(
    segments.map(async (segment) => ({ ...segment, seq: await readFirstSeq(medium, segment) })),
  );
  let expected = 1;
  for (const segment of segments) {
    const overtaken = begins.filter(({ epoch }) => epoch > segment.epoch);
    const end = Math.min(...overtaken.flatMap(({ seq }) => seq ?? []));
    for await (const line of readCompleteLines(medium, segment)) {
      const record = parseRecord(line);
      if (record && record.seq >= end) break;
      if (record?.seq !== expected || record.epoch !== segment.epoch) throw damaged(expected);
      if (record.type === 'run-created') refuseNewerSchema(record.schemaVersion);
      expected += 1;
      yield record;
    }
  }
}

async function readFirstSeq(medium: Medium, segment: Segment): Promise<number | undefined> {
  for await (const line of readCompleteLines(medium, segment)) {
    return parseRecord(line)?.seq;
  }
  return undefined;
}

/** The lines that were written whole, which is: with the `\\n` at their end. */
async function* readCompleteLines(medium: Medium, { path }: Segment): AsyncGenerator<string> {
  const bytes = await medium.read(path);
  if (!bytes) return;
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

function parseRecord(line: string): JournalRecord | undefined {
  try {
    return JSON.parse(line) as JournalRecord;
  } catch {
    return undefined;
  }
}

function damaged(seq: number): DeidBatchError {
  return new DeidBatchError(
    'StateUnusable',
    `The journal of the run is damaged at record ${seq}.`,
    {
      hint: 'Start a new run; the state of this one cannot be trusted.',
    },
  );
}
