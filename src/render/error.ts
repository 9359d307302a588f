import type { DeidBatchError } from '../errors/deid-batch-error.ts';

/** An error for a person: what happened, how to fix it. */
export function renderError({ code, message, hint }: DeidBatchError): string {
  return hint === undefined ? `error ${code}: ${message}` : `error ${code}: ${message}\n  ${hint}`;
}

/** An error for a program. */
export function toErrorObject({ code, message, hint }: DeidBatchError) {
  return { schemaVersion: 1, type: 'error', code, message, hint: hint ?? '' };
}
