import { type BlobClient, RestError } from '@azure/storage-blob';
import { DeidBatchError } from '../errors/deid-batch-error.ts';
import { toTransportError } from '../errors/to-transport-error.ts';

/** Whether the storage answered with one of these statuses. */
export function isStorageFailure(error: unknown, ...statuses: number[]): boolean {
  return error instanceof RestError && statuses.includes(error.statusCode ?? 0);
}

/** Whether the container is there, but the blob is not. */
export function isBlobMissing(error: unknown): boolean {
  return error instanceof RestError && error.code === 'BlobNotFound';
}

/** The text of a small blob; undefined when there is none. */
export async function readSmallBlob(blob: BlobClient): Promise<string | undefined> {
  try {
    return (await blob.downloadToBuffer()).toString('utf8');
  } catch (error) {
    if (isStorageFailure(error, 404)) return undefined;
    // An empty blob has no range to download.
    if (isStorageFailure(error, 416)) return '';
    throw error;
  }
}

export interface StateContainer {
  /** Container URL. */
  location: string;
  describeIdentity(): string;
}

/** An error of the storage that holds the run state, in our words. */
export function toBlobStateError(
  error: unknown,
  { location, describeIdentity }: StateContainer,
): unknown {
  if (error instanceof DeidBatchError || !(error instanceof RestError)) return error;
  const { statusCode } = error;
  if (statusCode === undefined) {
    return toTransportError(error, { kind: 'storage', host: new URL(location).host });
  }
  if (statusCode === 401 || statusCode === 403) {
    return new DeidBatchError(
      'StorageAccessDenied',
      `The run state in ${location} may not be written by ${describeIdentity()} (HTTP ${statusCode}).`,
      {
        hint: 'Assign it the role "Storage Blob Data Contributor" on that container.',
        cause: error,
      },
    );
  }
  if (statusCode === 404) {
    return new DeidBatchError('ContainerNotFound', `The container ${location} does not exist.`, {
      hint: 'Create it, or check --state.',
      cause: error,
    });
  }
  return new DeidBatchError(
    'StateUnusable',
    `The run state in ${location} cannot be written or read (HTTP ${statusCode}).`,
    { cause: error },
  );
}
