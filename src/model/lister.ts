import type { ListedBlob } from './document.ts';

/** A container that can be listed: all blobs whose names start with `prefix`, page by page. */
export interface Lister {
  listPages(request: { prefix: string; signal: AbortSignal }): AsyncIterable<ListedBlob[]>;
}
