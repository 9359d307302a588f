import type { Journal } from '../journal/run-store.ts';
import type { JournalEntry } from '../model/journal-record.ts';
import { applyRecord, emptyRunState, type RunState } from '../model/run-state.ts';

/** The journal and what it amounts to so far. */
export interface Recorder {
  readonly state: Readonly<RunState>;
  /** Saves a record; what it says has not happened before this resolves. */
  record(entry: JournalEntry): Promise<void>;
}

/** Reads the journal and goes on from there. */
export async function openRecorder(journal: Journal): Promise<Recorder> {
  const state = emptyRunState();
  for await (const record of journal.read()) applyRecord(state, record);
  return {
    state,
    async record(entry) {
      applyRecord(state, await journal.append(entry));
    },
  };
}
