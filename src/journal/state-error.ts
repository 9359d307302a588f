import { DeidBatchError } from '../errors/deid-batch-error.ts';

/**
 * `error` as the run state's, when the file system or the decompression raised it; any other error
 * passes through, since the lines that are written may fail for reasons of their own. `doing`
 * completes the sentence "The run state could not be ...".
 */
export function toStateError(error: unknown, doing: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const code = String(error.code);
  if (!('syscall' in error) && !code.startsWith('Z_')) return error;
  return new DeidBatchError('StateUnusable', `The run state could not be ${doing} (${code}).`, {
    hint: 'Check that the --state folder is writable, on a disk with free space, and owned by you.',
    cause: error,
  });
}

/** What the process was working on is no longer there. */
export function stateRemoved(): DeidBatchError {
  return new DeidBatchError(
    'StateUnusable',
    'The state of the run was removed while it was in use.',
    {
      hint: 'Jobs that were submitted go on in the service: look there before you start again.',
    },
  );
}
