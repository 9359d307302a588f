import type { WireError } from '../../wire/error-body.ts';
import { applyOperation } from './apply-operation.ts';
import type { Behaviour } from './behaviour.ts';
import { JobFailure } from './job-failure.ts';
import type { DocumentRecord, JobRecord } from './job-record.ts';
import { type OpenContainer, readStorageStatus, stripQuotes } from './storage.ts';

/** How one document ended. A succeeded one has no output when an existing one was passed over. */
export type DocumentOutcome =
  | { status: 'Succeeded'; output?: { name: string; etag: string } }
  | { status: 'Failed'; error: WireError };

interface DocumentContext {
  openContainer: OpenContainer;
  behaviour: Behaviour;
  /** Aborted when the job stops. */
  signal: AbortSignal;
  /** Aborted when the whole service stops. */
  shutdown: AbortSignal;
}

interface SourceText {
  text: string;
  contentType: string | undefined;
  metadata: Record<string, string>;
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
  const { maxDocumentBytes, oversizedDocument } = context.behaviour;
  if (document.bytes > maxDocumentBytes) {
    // Neither code is recorded.
    const message = `A document is larger than the maximum of ${maxDocumentBytes} bytes.`;
    if (oversizedDocument === 'failJob') throw new JobFailure('FileTooLarge', message);
    return createFailedOutcome('FileTooLarge', message, 'SourceFile');
  }
  try {
    const source = await readSource(job, document, context);
    if (!source) {
      return createFailedOutcome('UnsupportedFileContent', 'File is not UTF-8 text.', 'SourceFile');
    }
    return await writeOutput(job, document, source, context);
  } catch (failure) {
    if (context.signal.aborted || failure instanceof JobFailure) throw failure;
    return describeStorageFailure(failure);
  }
}

/** The document as it was enumerated, or undefined when it is not text. */
async function readSource(
  job: JobRecord,
  document: DocumentRecord,
  { openContainer, signal }: DocumentContext,
): Promise<SourceText | undefined> {
  const blob = openContainer(job.request.sourceLocation.location).getBlobClient(document.name);
  const response = await blob.download(0, undefined, {
    conditions: { ifMatch: `"${document.etag}"` },
    abortSignal: signal,
  });
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.readableStreamBody ?? []) chunks.push(Buffer.from(chunk));
  const text = decodeText(Buffer.concat(chunks));
  return text === undefined
    ? undefined
    : { text, contentType: response.contentType, metadata: response.metadata ?? {} };
}

async function writeOutput(
  job: JobRecord,
  document: DocumentRecord,
  source: SourceText,
  { openContainer, behaviour, signal, shutdown }: DocumentContext,
): Promise<DocumentOutcome> {
  const { sourceLocation, targetLocation } = job.request;
  const content = applyOperation(source.text, job, behaviour);
  const suffix =
    job.request.operation === 'Tag' && behaviour.tagOutputName === 'jsonSuffix' ? '.json' : '';
  const name = `${targetLocation.prefix}${document.name.slice(sourceLocation.prefix.length)}${suffix}`;
  const blob = openContainer(targetLocation.location).getBlockBlobClient(name);
  signal.throwIfAborted();
  try {
    const written = await blob.upload(content, Buffer.byteLength(content), {
      conditions: targetLocation.overwrite ? {} : { ifNoneMatch: '*' },
      ...(source.contentType && { blobHTTPHeaders: { blobContentType: source.contentType } }),
      ...(behaviour.documentMetadata === 'carried' && { metadata: source.metadata }),
      // Not the job's signal: an upload that was cut off may still arrive, and then a document
      // that is reported as unfinished would have an output.
      abortSignal: shutdown,
    });
    return { status: 'Succeeded', output: { name, etag: stripQuotes(written.etag) } };
  } catch (failure) {
    const collided = !targetLocation.overwrite && isCollision(failure);
    if (!collided) throw failure;
    return decideCollision(behaviour);
  }
}

/** A conditional write meets an existing blob: storage answers 409, or 412 in some versions. */
function isCollision(failure: unknown): boolean {
  const status = readStorageStatus(failure);
  return status === 409 || status === 412;
}

/** No recording shows the real code. */
function decideCollision({ overwriteCollision }: Behaviour): DocumentOutcome {
  const message = 'The target file exists and overwrite is false.';
  switch (overwriteCollision) {
    case 'failDocument':
      return createFailedOutcome('FileAlreadyExists', message, 'TargetFile');
    case 'failJob':
      throw new JobFailure('FileAlreadyExists', message);
    case 'skip':
      return { status: 'Succeeded' };
  }
}

/** A source that is gone or has another etag is the example of the specification. */
function describeStorageFailure(failure: unknown): DocumentOutcome {
  const status = readStorageStatus(failure);
  if (status === 404 || status === 412) {
    return createFailedOutcome('FileNotFound', 'File was moved after job started.', 'SourceFile');
  }
  if (status === undefined && !isNetworkFailure(failure)) {
    return createFailedOutcome('InternalError', 'The emulator failed on this file.', 'SourceFile');
  }
  return createFailedOutcome(
    'StorageAccessDenied',
    'Unable to access the Source or Target Storage.',
    'SourceFile',
  );
}

function isNetworkFailure(failure: unknown): boolean {
  return failure instanceof Error && failure.name === 'RestError';
}

function createFailedOutcome(code: string, message: string, target: string): DocumentOutcome {
  return { status: 'Failed', error: { code, message, target } };
}

/** The text in `bytes` with its byte order mark, or undefined when it is not UTF-8. */
function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
