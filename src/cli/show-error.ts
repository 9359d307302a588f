import type { DeidBatchError } from '../errors/deid-batch-error.ts';
import { renderError, toErrorObject } from '../render/error.ts';
import type { Terminal } from './terminal.ts';

export interface ErrorDisplay {
  terminal: Terminal;
  json: boolean;
  /** Whether to show the stack of a bug. It may quote names, so only who asks for it sees it. */
  debug: boolean;
}

/** Shows an error where its reader looks for it: as JSON on standard output, else as text. */
export function showError(error: DeidBatchError, { terminal, json, debug }: ErrorDisplay): void {
  if (json) terminal.print(JSON.stringify(toErrorObject(error)));
  else terminal.note(renderError(error));
  if (debug && error.code === 'InternalError') terminal.note(describeCause(error.cause));
}

function describeCause(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}
