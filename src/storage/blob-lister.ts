import type { BlobItem } from '@azure/storage-blob';
import type { ListedBlob } from '../model/document.ts';
import type { Lister } from '../model/lister.ts';
import { type ContainerOptions, createContainerClient } from './container.ts';
import { toStorageError } from './storage-error.ts';

/** Names on one page; the largest that the storage gives. */
const PAGE_SIZE = 5_000;

/** Lists a container in the storage's order. Throws StorageAccessDenied, ContainerNotFound or an error of transport. */
export function createBlobLister(options: ContainerOptions): Lister {
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
