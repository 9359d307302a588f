import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Clock } from '../../src/clock.ts';
import { openJournal } from '../../src/journal/journal.ts';
import { lockLost } from '../../src/journal/locks.ts';
import type { Lock, Log, Medium } from '../../src/journal/medium.ts';
import { createMemoryMedium } from '../../src/journal/memory-medium.ts';
import { readSegments } from '../../src/journal/segments.ts';
import type { JournalEntry, JournalRecord } from '../../src/model/journal-record.ts';
import { applyRecord, type BatchState, emptyRunState } from '../../src/model/run-state.ts';
import { noDocuments } from '../../src/model/verification.ts';
import { openRecorder, type Recorder } from '../../src/run/recorder.ts';

const FOLDER = 'journal';
const BATCHES = ['b00001', 'b00002'];
/** So few that segments roll over in the middle of everything. */
const MAX_SEGMENT_RECORDS = 4;

type Step = BatchState['step'];

/** What a batch may go on with, by the last step on record. */
const NEXT: Record<Step, readonly JournalEntry['type'][]> = {
  planned: ['submitting', 'ended'],
  submitting: ['submitting', 'submitted', 'ended'],
  submitted: ['state', 'ended'],
  ended: ['verified'],
  verified: ['retrying'],
};

/** What must be on record: the simplest account of a journal that there is. */
interface Model {
  /** Of each record that counts: who wrote it, and what it says. */
  records: { epoch: number; entry: JournalEntry }[];
  /** Epochs that somebody tried to begin. */
  epochs: number;
  /** The last one that has begun. */
  current: number;
}

/** A process that drives the run, or believes that it does. */
interface Holder {
  epoch: number;
  recorder: Recorder;
  isLost: boolean;
}

interface World {
  medium: TearingMedium;
  /** In the order in which they came. */
  holders: Holder[];
  lost: Set<number>;
}

/** What happened in all runs together. */
const seen = { appended: 0, torn: 0, landed: 0, stale: 0, refused: 0, takeovers: 0, retried: 0 };

/** A medium of which a write can be cut off, after which its process is gone. */
class TearingMedium {
  readonly medium: Medium;
  /** How much of the next append is written, from 0 to 1. */
  tearAt: number | undefined;
  /** Called as the next log is created. */
  onCreate: (() => Promise<void>) | undefined;

  constructor(clock: Clock) {
    const memory = createMemoryMedium(clock);
    this.medium = {
      ...memory,
      createLog: async (path, lock) => {
        const meanwhile = this.onCreate;
        this.onCreate = undefined;
        await meanwhile?.();
        const log = await memory.createLog(path, lock);
        return log && { ...log, append: (bytes) => this.#append(log, bytes) };
      },
    };
  }

  async #append(log: Log, bytes: Uint8Array): Promise<void> {
    const { tearAt } = this;
    this.tearAt = undefined;
    if (tearAt === undefined) return log.append(bytes);
    await log.append(bytes.subarray(0, Math.floor(bytes.byteLength * tearAt)));
    throw new Error('The process is lost.');
  }
}

const clock: Clock = { nowMs: () => 0, monotonicMs: () => 0, sleep: async () => {} };

/** A lock that another process may take away; `late` is what was checked just before that. */
function createLock(isLost: () => boolean): Lock {
  return {
    async confirm() {
      if (isLost()) throw lockLost();
    },
    release: async () => {},
  };
}

/** Begins a new epoch, as whoever takes the run over does. */
class TakeOver implements fc.AsyncCommand<Model, World> {
  readonly #tearAt: number | undefined;
  readonly #batch: string;
  readonly #meanwhile: boolean;

  constructor(tearAt: number | undefined, batch: string, meanwhile: boolean) {
    this.#tearAt = tearAt;
    this.#batch = batch;
    this.#meanwhile = meanwhile;
  }

  check = () => true;

  async run(model: Model, world: World): Promise<void> {
    seen.takeovers += 1;
    model.epochs += 1;
    const { epochs: epoch } = model;
    const { medium } = world;
    const before = world.holders.at(-1);
    let late: Model['records'][number] | undefined;
    if (this.#meanwhile && before && !before.isLost) {
      // The last holder was about to write, with its lock confirmed.
      medium.onCreate = async () => {
        const [type = 'submitting'] = NEXT[stepOf(before, this.#batch)];
        const entry = compose(before, { type, batch: this.#batch });
        await before.recorder.record(entry);
        late = { epoch: before.epoch, entry };
        seen.stale += 1;
      };
    }
    const lock = createLock(() => world.lost.has(epoch));
    const opening = openJournal({
      medium: medium.medium,
      folder: FOLDER,
      lock,
      clock,
      maxSegmentRecords: MAX_SEGMENT_RECORDS,
    });
    // Set once the log is there: what the last holder writes meanwhile is not torn.
    const { onCreate } = medium;
    medium.onCreate = async () => {
      await onCreate?.();
      medium.tearAt = this.#tearAt;
    };
    const journal = await opening.catch(() => undefined);
    if (journal || this.#tearAt === 1) {
      model.records.push({ epoch, entry: { type: 'opened' } });
      model.current = epoch;
    } else if (late?.epoch === model.current) {
      // The epoch that was to leave it out has not begun.
      model.records.push(late);
    }
    if (journal) {
      const recorder = await openRecorder(journal);
      world.holders.push({ epoch, recorder, isLost: false });
    }
    await checkJournal(model, world);
  }

  toString = () => `takeOver(torn ${this.#tearAt}, meanwhile ${this.#meanwhile})`;
}

interface Writing {
  /** Counted from the latest holder back. */
  holder: number;
  batch: string;
  choice: number;
  tearAt: number | undefined;
  /** Whether an overtaken holder confirmed its lock before it lost it, and writes now. */
  late: boolean;
}

/** A holder records what comes next of a batch, as far as it knows. */
class Write implements fc.AsyncCommand<Model, World> {
  readonly #writing: Writing;

  constructor(writing: Writing) {
    this.#writing = writing;
  }

  check = () => true;

  async run(model: Model, world: World): Promise<void> {
    const { batch, choice, tearAt, late } = this.#writing;
    const holder = world.holders.at(-1 - this.#writing.holder);
    if (!holder || holder.isLost) return;
    const choices = NEXT[stepOf(holder, batch)];
    const type = choices[choice % choices.length] ?? 'submitting';
    const entry = compose(holder, { type, batch });
    const isCurrent = holder.epoch === model.current;
    const isLatest = holder.epoch === model.epochs;
    if (!isLatest && !late) world.lost.add(holder.epoch);
    world.medium.tearAt = tearAt;
    const written = await holder.recorder.record(entry).then(
      () => true,
      () => false,
    );
    world.medium.tearAt = undefined;
    world.lost.delete(holder.epoch);
    const isWhole = written || (tearAt === 1 && (isLatest || late));
    if (!written) holder.isLost = true;
    if (isWhole && isCurrent) model.records.push({ epoch: holder.epoch, entry });

    if (!isLatest) seen[late ? 'stale' : 'refused'] += 1;
    else if (written) seen.appended += 1;
    else seen[isWhole ? 'landed' : 'torn'] += 1;
    if (type === 'retrying' && isWhole && isCurrent) seen.retried += 1;
    await checkJournal(model, world);
  }

  toString() {
    const { holder, batch, tearAt, late } = this.#writing;
    return `write(${holder}, ${batch}, torn ${tearAt}, late ${late})`;
  }
}

function stepOf({ recorder }: Holder, batch: string): Step {
  return recorder.state.batches.get(batch)?.step ?? 'planned';
}

/** The record that the run itself would write. */
function compose(
  { recorder }: Holder,
  { type, batch }: { type: JournalEntry['type']; batch: string },
): JournalEntry {
  const { attempt = 1 } = recorder.state.batches.get(batch) ?? {};
  const job = `${batch}-${attempt}`;
  switch (type) {
    case 'submitting':
      return { type, batch, attempt, job, bodyDigest: 'd' };
    case 'submitted':
      return { type, batch, job, adopted: false, createdAt: 't' };
    case 'state':
      return { type, batch, job, state: 'running' };
    case 'ended':
      return { type, batch, outcome: 'succeeded' };
    case 'verified':
      return { type, batch, counts: noDocuments(), findings: 0 };
    default:
      return { type: 'retrying', batch, attempt: attempt + 1 };
  }
}

/** Compares the journal with the model, and checks what must hold of any journal. */
async function checkJournal(model: Model, { medium }: World): Promise<void> {
  const read: JournalRecord[] = [];
  for await (const record of readSegments(medium.medium, FOLDER)) read.push(record);
  const expected = model.records.map(({ epoch, entry }, index) => ({
    seq: index + 1,
    epoch,
    at: '1970-01-01T00:00:00.000Z',
    ...entry,
  }));
  // As text, since comparing objects takes most of the time.
  expect(JSON.stringify(read)).toBe(JSON.stringify(expected));
  expect(findIllegal(read)).toEqual([]);
  const state = emptyRunState();
  for (const record of read) applyRecord(state, record);
  expect(describeBatches(state.batches)).toEqual(foldSimply(read));
  const submitted = read.filter(({ type }) => type === 'submitted');
  expect(state.jobsSubmitted).toBe(submitted.length);
}

/** A batch takes one step after the other, and begins again only in a higher attempt. */
function findIllegal(records: readonly JournalRecord[]): JournalRecord[] {
  const submitted = new Set<string>();
  const batches = new Map<string, { step: Step; attempt: number }>();
  return records.filter((record) => {
    if (!('batch' in record)) return false;
    const { type, batch } = record;
    const before = batches.get(batch) ?? { step: 'planned', attempt: 1 };
    batches.set(batch, advance(before, record));
    const once = `${batch}-${before.attempt}`;
    const isTwice = type === 'submitted' && submitted.has(once);
    if (type === 'submitted') submitted.add(once);
    const attempt = type === 'retrying' ? before.attempt + 1 : before.attempt;
    const isOther = 'attempt' in record && record.attempt !== attempt;
    return isTwice || isOther || !NEXT[before.step].includes(type);
  });
}

function foldSimply(records: readonly JournalRecord[]): object {
  const batches = new Map<string, { step: Step; attempt: number }>();
  for (const record of records) {
    if (!('batch' in record)) continue;
    const before = batches.get(record.batch) ?? { step: 'planned', attempt: 1 };
    batches.set(record.batch, advance(before, record));
  }
  return describeBatches(batches);
}

function advance(
  { step, attempt }: { step: Step; attempt: number },
  { type }: JournalRecord,
): { step: Step; attempt: number } {
  if (type === 'retrying') return { step: 'planned', attempt: attempt + 1 };
  if (type === 'state') return { step, attempt };
  return { step: type as Step, attempt };
}

function describeBatches(batches: Map<string, { step: Step; attempt: number }>): object {
  return Object.fromEntries(
    [...batches].map(([batch, { step, attempt }]) => [batch, { step, attempt }]),
  );
}

const tears = fc.oneof(
  { weight: 12, arbitrary: fc.constant(undefined) },
  fc.constantFrom(0, 0.3, 0.999, 1),
);
const batches = fc.constantFrom(...BATCHES);
const writes = fc
  .record({
    holder: fc.constantFrom(0, 0, 0, 0, 1, 2),
    batch: batches,
    choice: fc.nat(5),
    tearAt: tears,
    late: fc.boolean(),
  })
  .map((writing) => new Write(writing));
const takeOvers = fc
  .tuple(tears, batches, fc.boolean())
  .map(([tearAt, batch, meanwhile]) => new TakeOver(tearAt, batch, meanwhile));

test('whatever is written, torn, taken over and written too late, the journal stays legal', async () => {
  const commands = fc.commands([writes, writes, writes, writes, writes, takeOvers], {
    maxCommands: 60,
    size: 'max',
  });
  await fc.assert(
    fc.asyncProperty(commands, async (given) => {
      await fc.asyncModelRun(
        () => ({
          model: { records: [], epochs: 0, current: 0 },
          real: { medium: new TearingMedium(clock), holders: [], lost: new Set<number>() },
        }),
        [new TakeOver(undefined, 'b00001', false), ...given],
      );
    }),
    { numRuns: 150 },
  );
  process.stdout.write(`journal: ${JSON.stringify(seen)}\n`);
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(10);
}, 60_000);
