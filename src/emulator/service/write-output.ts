import type { Behaviour } from './behaviour.ts';
import { DocumentFailure } from './document-failure.ts';
import { JobFailure } from './job-failure.ts';
import type { JobRecord } from './job-record.ts';
import type { SourceText } from './read-source.ts';
import { type OpenContainer, readStorageStatus, stripQuotes } from './storage.ts';

/** An output in the target container; its etag without quotes. */
export interface Output {
  name: string;
  etag: string;
}

/** Name of the output of the source `name`: one prefix in place of the other (recorded). */
export function nameOutput(name: string, job: JobRecord, { tagOutputName }: Behaviour): string {
  const { operation, sourceLocation, targetLocation } = job.request;
  const suffix = operation === 'Tag' && tagOutputName === 'jsonSuffix' ? '.json' : '';
  return `${targetLocation.prefix}${name.slice(sourceLocation.prefix.length)}${suffix}`;
}

/**
 * Writes `content` to the blob `name`, undefined when an existing one was passed over. What an
 * existing one means without overwrite is a switch: throws DocumentFailure or JobFailure for it.
 */
export async function writeOutput(
  name: string,
  content: string,
  options: {
    job: JobRecord;
    source: SourceText;
    openContainer: OpenContainer;
    behaviour: Behaviour;
    shutdown: AbortSignal;
  },
): Promise<Output | undefined> {
  const { job, source, openContainer, behaviour, shutdown } = options;
  const { location, overwrite } = job.request.targetLocation;
  const contentType = job.request.operation === 'Tag' ? 'application/json' : source.contentType;
  const blob = openContainer(location).getBlockBlobClient(name);
  try {
    const written = await blob.upload(content, Buffer.byteLength(content), {
      conditions: overwrite ? {} : { ifNoneMatch: '*' },
      ...(contentType && { blobHTTPHeaders: { blobContentType: contentType } }),
      ...(behaviour.documentMetadata === 'carried' && { metadata: source.metadata }),
      // Not the job's signal: an upload that was cut off may still arrive, and then a document
      // that is reported as unfinished would have an output.
      abortSignal: shutdown,
    });
    return { name, etag: stripQuotes(written.etag) };
  } catch (failure) {
    if (overwrite || !isCollision(failure)) throw failure;
    return decideCollision(behaviour);
  }
}

/** A conditional write meets an existing blob: storage answers 409, or 412 in some versions. */
function isCollision(failure: unknown): boolean {
  const status = readStorageStatus(failure);
  return status === 409 || status === 412;
}

/** No recording shows the real code. */
function decideCollision({ overwriteCollision }: Behaviour): undefined {
  const code = 'FileAlreadyExists';
  const message = 'The target file exists and overwrite is false.';
  switch (overwriteCollision) {
    case 'failDocument':
      throw new DocumentFailure({ code, message, target: 'TargetFile' });
    case 'failJob':
      throw new JobFailure(code, message);
    case 'skip':
      return undefined;
  }
}
