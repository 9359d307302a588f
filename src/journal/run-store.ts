import type { JournalEntry, JournalRecord } from '../model/journal-record.ts';

/** The record of one run: append-only, and the single source of truth about it. */
export interface Journal {
  /** Adds one record and returns it. When this resolves, it survives the loss of the process. */
  append(entry: JournalEntry): Promise<JournalRecord>;
  /** All records in the order in which they were written. */
  read(): AsyncIterable<JournalRecord>;
}

/** The files of one run, each written once. */
export interface RunFiles {
  /** Stores `lines`, compressed, under `name`; the file appears whole or not at all. */
  writeLines(name: string, lines: AsyncIterable<string> | Iterable<string>): Promise<void>;
  readLines(name: string): AsyncIterable<string>;
  /** Stores `lines` under the SHA-256 of their text (each line ends in `\n`), and returns it. */
  sealLines(lines: AsyncIterable<string>): Promise<string>;
  readSealed(digest: string): AsyncIterable<string>;
  /** Stores a small text; returns where it can be found, for people. */
  writeText(name: string, text: string): Promise<string>;
  readText(name: string): Promise<string>;
}

/** All that is kept about one run. */
export interface RunStore {
  readonly runId: string;
  readonly journal: Journal;
  readonly files: RunFiles;
  close(): Promise<void>;
  /** Removes the run and all that was kept about it. */
  discard(): Promise<void>;
}

/** Where runs are kept. */
export interface StateStore {
  /** Makes room for a new run. */
  createRun(runId: string): Promise<RunStore>;
  /** Opens a run that exists; throws RunNotFound. */
  openRun(runId: string): Promise<RunStore>;
  /** The secret behind the ids that stand for names; 32 bytes, made once for each state. */
  nameKey(): Promise<Uint8Array>;
}
