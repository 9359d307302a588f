import { DeidBatchError } from './deid-batch-error.ts';

/** `error` itself when it is one of ours, else an InternalError around it. */
export function toDeidBatchError(error: unknown): DeidBatchError {
  if (error instanceof DeidBatchError) return error;
  // The message of a foreign error may hold a name or a URL, so it stays in the cause.
  const kind = error instanceof Error ? error.name : typeof error;
  return new DeidBatchError('InternalError', `An unexpected ${kind} stopped deid-batch.`, {
    hint: 'Run again with --log-level debug and report the stack.',
    cause: error,
  });
}
