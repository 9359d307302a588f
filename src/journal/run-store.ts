import type { JournalEntry, JournalRecord } from '../model/journal-record.ts';

/** The record of one run: append-only, and the single source of truth about it. */
export interface Journal {
  /**
   * Adds one record and returns it. When this resolves, it survives the loss of the process.
   * Throws LockLost when another process has taken the run over.
   */
  append(entry: JournalEntry): Promise<JournalRecord>;
  /** All records that count, in the order in which they were written. */
  read(): AsyncIterable<JournalRecord>;
}

/** The files of one run, each written once. */
export interface RunFiles {
  /** Stores `lines`, compressed, under `name`; the file appears whole or not at all. */
  writeLines(name: string, lines: AsyncIterable<string> | Iterable<string>): Promise<void>;
  readLines(name: string): AsyncIterable<string>;
  /** Stores `lines` under the SHA-256 of their text (each line ends in `\n`), and returns it. */
  sealLines(lines: AsyncIterable<string>): Promise<string>;
  /** Throws StateUnusable when the lines are not those that were sealed. */
  readSealed(digest: string): AsyncIterable<string>;
  /** Stores a small text; returns where it can be found, for people. */
  writeText(name: string, text: string): Promise<string>;
  /** Undefined when there is none. */
  readText(name: string): Promise<string | undefined>;
}

/** What is kept about one run, to look at. */
export interface RunReader {
  readonly runId: string;
  readonly files: RunFiles;
  /** All journal records that count, in the order in which they were written. */
  readJournal(): AsyncIterable<JournalRecord>;
  /** Whether somebody asked for the run to be canceled. */
  isCancelRequested(): Promise<boolean>;
}

/** One run in the hands of the process that drives it. */
export interface RunStore extends RunReader {
  readonly journal: Journal;
  /** Throws LockLost unless this process drives the run and will for at least `ms` milliseconds. */
  confirmHold(ms: number): Promise<void>;
  /** Forgets that somebody asked for the run to be canceled. */
  dropCancelRequest(): Promise<void>;
  /** Lets go of the run. */
  close(): Promise<void>;
  /** Removes the run and all that was kept about it, and lets go of it. */
  discard(): Promise<void>;
}

export interface RunCreation {
  runId: string;
  /** Stands for the source and the target: two runs in one scope would get in each other's way. */
  scope: string;
  /** A run that is only planned leaves the scope to others. */
  purpose: 'plan' | 'run';
  /** Whether it may start although an earlier run in the scope has not ended. */
  besides: boolean;
}

/** The process that drives a run. */
export interface Driver {
  host: string;
  pid: number;
  /** When it last showed that it is alive, milliseconds since the Unix epoch. */
  seenAtMs: number;
}

/** Where runs are kept. */
export interface StateStore {
  /**
   * Makes room for a new run. Throws LockHeld when another process works in its scope, and RunOpen
   * when an earlier run there has not ended.
   */
  createRun(request: RunCreation): Promise<RunStore>;
  /**
   * Takes over a run that was planned or begun, to go on with it; `besides` as in createRun.
   * Throws RunNotFound, LockHeld or RunOpen.
   */
  openRun(runId: string, options: { besides: boolean }): Promise<RunStore>;
  /** Looks at a run, whoever drives it. Throws RunNotFound. */
  readRun(runId: string): Promise<RunReader>;
  /** The names of all runs, oldest first. */
  listRuns(): Promise<string[]>;
  /** Leaves a request for whoever drives the run. Throws RunNotFound. */
  requestCancel(runId: string): Promise<void>;
  /** Who drives the run; undefined when nobody does. Throws RunNotFound. */
  findDriver(runId: string): Promise<Driver | undefined>;
  /** Breaks the lock of whoever drives the run. Throws RunNotFound. */
  unlockRun(runId: string): Promise<void>;
  /** Removes a run that nobody drives. Throws RunNotFound or LockHeld. */
  purgeRun(runId: string): Promise<void>;
  /** The secret behind the ids that stand for names; 32 bytes, made once for each state. */
  nameKey(): Promise<Uint8Array>;
}
