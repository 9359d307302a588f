import { createHash } from 'node:crypto';
import type { Behaviour } from './behaviour.ts';
import { JobFailure } from './job-failure.ts';
import type { DocumentRecord, JobRecord } from './job-record.ts';
import { decideListingPrefix, isSelected } from './select-documents.ts';
import { type OpenContainer, readStorageStatus, stripQuotes } from './storage.ts';

const ACCESS_CHECK = '.deid-access-check';

/**
 * What the job selects at this moment, ordered by id, which is not the order of names (recorded).
 * Throws the job failures `StorageAccessDenied`, `EmptyJob` and that of too many documents.
 */
export async function enumerateDocuments(
  job: JobRecord,
  openContainer: OpenContainer,
  behaviour: Behaviour,
): Promise<DocumentRecord[]> {
  try {
    await checkTargetAccess(job, openContainer);
    const documents = await listSelection(job, openContainer, behaviour);
    return documents.sort((a, b) => (a.id < b.id ? -1 : 1));
  } catch (failure) {
    if (failure instanceof JobFailure || job.abort.signal.aborted) throw failure;
    throw new JobFailure('StorageAccessDenied', 'Unable to access the Source or Target Storage.', {
      cause: failure,
    });
  }
}

/** Asks for a write that can never happen, so that a missing role shows and nothing is left behind. */
async function checkTargetAccess(job: JobRecord, openContainer: OpenContainer): Promise<void> {
  const blob = openContainer(job.request.targetLocation.location).getBlockBlobClient(ACCESS_CHECK);
  try {
    await blob.upload('', 0, {
      conditions: { ifMatch: '"never"' },
      abortSignal: job.abort.signal,
    });
  } catch (failure) {
    if (readStorageStatus(failure) !== 412) throw failure;
  }
}

async function listSelection(
  job: JobRecord,
  openContainer: OpenContainer,
  behaviour: Behaviour,
): Promise<DocumentRecord[]> {
  const source = job.request.sourceLocation;
  const documents: DocumentRecord[] = [];
  const blobs = openContainer(source.location).listBlobsFlat({
    prefix: decideListingPrefix(source.prefix, behaviour),
    abortSignal: job.abort.signal,
  });
  for await (const { name, properties } of blobs) {
    if (!isSelected(name, source, behaviour)) continue;
    if (documents.length === behaviour.maxDocumentsPerJob) {
      if (behaviour.tooManyDocuments === 'truncate') break;
      if (behaviour.tooManyDocuments === 'failJob') throw createTooManyDocuments(behaviour);
    }
    documents.push({
      id: createDocumentId(job.name, name),
      name,
      etag: stripQuotes(properties.etag),
      bytes: properties.contentLength ?? 0,
      status: 'NotStarted',
    });
  }
  if (documents.length === 0) {
    throw new JobFailure(
      'EmptyJob',
      'No files found in the source location with specified prefix.',
    );
  }
  return documents;
}

/** No recording shows the real code. */
function createTooManyDocuments({ maxDocumentsPerJob }: Behaviour): JobFailure {
  return new JobFailure(
    'JobTooLarge',
    `The job has more than the maximum of ${maxDocumentsPerJob} documents.`,
  );
}

/** 36 characters in the form of a GUID; recorded ones look like a hash as well. */
function createDocumentId(jobName: string, name: string): string {
  const hash = createHash('sha256').update(`${jobName}\0${name}`).digest('hex');
  return hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
