import { DeidBatchError } from '../errors/deid-batch-error.ts';
import { toTransportError } from '../errors/to-transport-error.ts';

export interface StorageAttempt {
  /** Container URL. */
  location: string;
  /** What was tried, as in "may not list blobs". */
  doing: string;
  /** The least role that allows it. */
  role: string;
  describeIdentity(): string;
}

/** What a failed call to the storage means. Aborts and our own errors pass through. */
export function toStorageError(error: unknown, attempt: StorageAttempt): unknown {
  if (error instanceof DeidBatchError || !(error instanceof Error)) return error;
  if (error.name === 'AbortError') return error;
  const { location } = attempt;
  const status = 'statusCode' in error ? error.statusCode : undefined;
  switch (status) {
    case 401:
    case 403:
      return new DeidBatchError(
        'StorageAccessDenied',
        `${capitalise(attempt.describeIdentity())} may not ${attempt.doing} in ${location} (HTTP ${status}).`,
        {
          hint: `Assign it the role "${attempt.role}" on that container (an assignment takes up to 10 minutes to work), and check the storage account's firewall.`,
          cause: error,
        },
      );
    case 404:
      return new DeidBatchError('ContainerNotFound', `The container ${location} does not exist.`, {
        hint: 'Check the URL, or create the container.',
        cause: error,
      });
    case undefined:
      return toTransportError(error, { kind: 'storage', host: new URL(location).host });
    default:
      return toStatusError(error, { ...attempt, status: Number(status) });
  }
}

/** Statuses that pass by themselves are told from those that do not. */
function toStatusError(
  cause: Error,
  { status, doing, location }: StorageAttempt & { status: number },
): DeidBatchError {
  const message = `The storage answered HTTP ${status} when asked to ${doing} in ${location}.`;
  // An answer of success that could not be read was cut off on its way.
  if (status < 400 || status === 408 || status === 429 || status >= 500) {
    const hint = 'Try again; if it stays, check the state of the storage account.';
    return new DeidBatchError('StorageUnavailable', message, { hint, cause });
  }
  const hint = 'Check the URL: it must be the blob endpoint of a storage account.';
  return new DeidBatchError('StorageRefused', message, { hint, cause });
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
