import type { WireError } from '../../wire/error-body.ts';
import { applyOperation } from './apply-operation.ts';
import type { Behaviour } from './behaviour.ts';
import { DocumentFailure } from './document-failure.ts';
import { JobFailure } from './job-failure.ts';
import type { DocumentRecord, JobRecord } from './job-record.ts';
import { readSource } from './read-source.ts';
import type { OpenContainer } from './storage.ts';
import { nameOutput, type Output, writeOutput } from './write-output.ts';

/** How one document ended. A succeeded one has no output when an existing one was passed over. */
export type DocumentOutcome =
  | { status: 'Succeeded'; output?: Output }
  | { status: 'Failed'; error: WireError };

/** What de-identifying a document needs. */
export interface DocumentContext {
  openContainer: OpenContainer;
  behaviour: Behaviour;
  /** Aborted when the job stops. */
  signal: AbortSignal;
  /** Aborted when the whole service stops. */
  shutdown: AbortSignal;
}

/**
 * Reads one document, applies the job's operation and writes the output. What goes wrong with the
 * document is its outcome; throws when the job itself must fail or has been stopped.
 */
export async function deidentifyDocument(
  job: JobRecord,
  document: DocumentRecord,
  context: DocumentContext,
): Promise<DocumentOutcome> {
  const { behaviour, signal } = context;
  try {
    checkSize(document, behaviour);
    const source = await readSource(job, document, context);
    const content = applyOperation(source.text, job, behaviour);
    signal.throwIfAborted();
    const name = nameOutput(document.name, job, behaviour);
    const output = await writeOutput(name, content, { ...context, job, source });
    return { status: 'Succeeded', ...(output && { output }) };
  } catch (failure) {
    if (signal.aborted || failure instanceof JobFailure) throw failure;
    return { status: 'Failed', error: describeFailure(failure) };
  }
}

function checkSize({ bytes }: DocumentRecord, behaviour: Behaviour): void {
  const { maxDocumentBytes, oversizedDocument } = behaviour;
  if (bytes <= maxDocumentBytes) return;
  // No recording shows the real code.
  const code = 'FileTooLarge';
  const message = `A document is larger than the maximum of ${maxDocumentBytes} bytes.`;
  if (oversizedDocument === 'failJob') throw new JobFailure(code, message);
  throw new DocumentFailure({ code, message, target: 'SourceFile' });
}

function describeFailure(failure: unknown): WireError {
  if (failure instanceof DocumentFailure) return failure.error;
  if (failure instanceof Error && failure.name === 'RestError') {
    return {
      code: 'StorageAccessDenied',
      message: 'Unable to access the Source or Target Storage.',
    };
  }
  return { code: 'InternalError', message: 'The emulator failed on this document.' };
}
