import { type BlobMediumOptions, createBlobMedium } from './blob-medium.ts';
import type { StateStore } from './run-store.ts';
import { createStateStore } from './state-store.ts';

/** Opens a blob container in which runs are kept. Nothing is written or read yet. */
export function openContainerState(options: BlobMediumOptions): StateStore {
  return createStateStore(createBlobMedium(options), options.clock);
}
