import type { BlobItem } from '@azure/storage-blob';
import type { Clock } from '../clock.ts';
import type { ListedBlob } from '../model/document.ts';
import type { Lister } from '../model/lister.ts';
import { type ContainerOptions, createContainerClient } from './container.ts';
import { toStorageError } from './storage-error.ts';

/** Names on one page; the largest that the storage gives. */
const PAGE_SIZE = 5_000;

/** How long one page may take, the library's own retries included; it knows no limit itself. */
const PAGE_TIMEOUT_MS = 120_000;

/** Lists a container in the storage's order. Throws StorageAccessDenied, ContainerNotFound or an error of transport. */
export function createBlobLister(options: ContainerOptions & { clock: Clock }): Lister {
  const container = createContainerClient(options);
  return {
    async *listPages({ prefix, signal }) {
      const stalled = new AbortController();
      const pages = container
        .listBlobsFlat({ prefix, abortSignal: AbortSignal.any([signal, stalled.signal]) })
        .byPage({ maxPageSize: PAGE_SIZE });
      const readPage = () => withTimeout(pages.next(), { clock: options.clock, stalled });
      try {
        for (let page = await readPage(); !page.done; page = await readPage()) {
          yield page.value.segment.blobItems.map(toListedBlob);
        }
      } catch (error) {
        signal.throwIfAborted();
        throw toStorageError(stalled.signal.aborted ? stalled.signal.reason : error, {
          location: options.location,
          doing: 'list blobs',
          role: 'Storage Blob Data Reader',
          describeIdentity: options.describeIdentity,
        });
      }
    },
  };
}

/** Aborts `stalled` when `answer` does not come in time. */
async function withTimeout<T>(
  answer: Promise<T>,
  { clock, stalled }: { clock: Clock; stalled: AbortController },
): Promise<T> {
  const answered = new AbortController();
  clock.sleep(PAGE_TIMEOUT_MS, answered.signal).then(
    () => stalled.abort(new Error('A page of the listing took too long.')),
    () => {},
  );
  try {
    return await answer;
  } finally {
    answered.abort();
  }
}

function toListedBlob({ name, properties }: BlobItem): ListedBlob {
  return {
    name,
    bytes: properties.contentLength ?? 0,
    etag: properties.etag.replaceAll('"', ''),
    modifiedAtMs: properties.lastModified.getTime(),
  };
}
