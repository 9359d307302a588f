import { DocumentFailure } from './document-failure.ts';
import type { DocumentRecord, JobRecord } from './job-record.ts';
import { type OpenContainer, readStorageStatus } from './storage.ts';

/** A document's text with what its blob says about it. */
export interface SourceText {
  text: string;
  contentType: string | undefined;
  metadata: Record<string, string>;
}

/**
 * The document as it was enumerated; throws DocumentFailure when it has changed or gone since (the
 * example of the specification), or is not text.
 */
export async function readSource(
  job: JobRecord,
  document: DocumentRecord,
  options: { openContainer: OpenContainer; signal: AbortSignal },
): Promise<SourceText> {
  const container = options.openContainer(job.request.sourceLocation.location);
  try {
    const response = await container.getBlobClient(document.name).download(0, undefined, {
      conditions: { ifMatch: `"${document.etag}"` },
      abortSignal: options.signal,
    });
    const chunks: Uint8Array[] = [];
    for await (const chunk of response.readableStreamBody ?? []) chunks.push(Buffer.from(chunk));
    return {
      text: decodeText(Buffer.concat(chunks)),
      contentType: response.contentType,
      metadata: response.metadata ?? {},
    };
  } catch (failure) {
    const status = readStorageStatus(failure);
    if (status !== 404 && status !== 412) throw failure;
    throw new DocumentFailure({
      code: 'FileNotFound',
      message: 'File was moved after job started.',
      target: 'SourceFile',
    });
  }
}

/** The text in `bytes`, a byte order mark included. */
function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // No recording shows the real code.
    throw new DocumentFailure({
      code: 'UnsupportedFileContent',
      message: 'File is not UTF-8 text.',
      target: 'SourceFile',
    });
  }
}
