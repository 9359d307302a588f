import type { BlobItem } from '@azure/storage-blob';
import type { ListedBlob } from '../model/document.ts';
import { type ContainerOptions, createContainerClient } from './container.ts';
import { toStorageError } from './storage-error.ts';

/** Names on one page; the largest that the storage gives. */
const PAGE_SIZE = 5_000;

export interface BlobLister {
  /** All blobs whose names start with `prefix`, page by page, in the storage's order. */
  listPages(request: { prefix: string; signal: AbortSignal }): AsyncIterable<ListedBlob[]>;
}

/** Lists a container. Throws StorageAccessDenied, ContainerNotFound or an error of transport. */
export function createBlobLister(options: ContainerOptions): BlobLister {
  const container = createContainerClient(options);
  return {
    async *listPages({ prefix, signal }) {
      const pages = container
        .listBlobsFlat({ prefix, abortSignal: signal })
        .byPage({ maxPageSize: PAGE_SIZE });
      try {
        for await (const page of pages) yield page.segment.blobItems.map(toListedBlob);
      } catch (error) {
        signal.throwIfAborted();
        throw toStorageError(error, {
          location: options.location,
          doing: 'list blobs',
          role: 'Storage Blob Data Reader',
          describeIdentity: options.describeIdentity,
        });
      }
    },
  };
}

function toListedBlob({ name, properties }: BlobItem): ListedBlob {
  return {
    name,
    bytes: properties.contentLength ?? 0,
    etag: properties.etag.replaceAll('"', ''),
    modifiedAtMs: properties.lastModified.getTime(),
  };
}
