import type { DeidBatchError } from '../errors/deid-batch-error.ts';
import { renderError, toErrorObject } from '../render/error.ts';
import type { Terminal } from './terminal.ts';

/** Shows an error where its reader looks for it: as JSON on standard output, else as text. */
export function showError(
  error: DeidBatchError,
  { terminal, json }: { terminal: Terminal; json: boolean },
): void {
  if (json) terminal.print(JSON.stringify(toErrorObject(error)));
  else terminal.note(renderError(error));
}
