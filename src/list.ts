import type { ListedBlob } from './model/document.ts';
import type { Lister } from './model/lister.ts';

/**
 * All blobs under `prefixes`, of which none may be a prefix of another: one prefix after the
 * other, and within a prefix in the storage's order. Holds one page at a time.
 */
export async function* listBlobs(
  container: Lister,
  { prefixes, signal }: { prefixes: readonly string[]; signal: AbortSignal },
): AsyncGenerator<ListedBlob[]> {
  for (const prefix of prefixes) yield* container.listPages({ prefix, signal });
}
