import type { Clock } from '../clock.ts';
import { createFileMedium } from './file-medium.ts';
import type { StateStore } from './run-store.ts';
import { createStateStore } from './state-store.ts';

/** Opens a folder in which runs are kept. Nothing is written or read yet. */
export function openFolderState(folder: string, clock: Clock): StateStore {
  return createStateStore(createFileMedium({ folder, clock }), clock);
}
