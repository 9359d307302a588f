import type { Behaviour } from './behaviour.ts';
import { type DocumentRecord, isEnded, type JobRecord } from './job-record.ts';

/**
 * The documents of `job` as the service sends them: `eTag` with a capital T and without quotes
 * (recorded), locations as whole URLs, unfinished ones of an ended job as `behaviour` says.
 */
export function renderDocuments(job: JobRecord, behaviour: Behaviour): object[] {
  const ended = isEnded(job);
  const shown =
    ended && behaviour.cancelDocuments === 'hidden'
      ? job.documents.filter(isFinished)
      : job.documents;
  const markCanceled = ended && behaviour.cancelDocuments === 'canceled';

  return shown.map((document) => ({
    id: document.id,
    input: {
      location: renderLocation(job.request.sourceLocation.location, document.name, behaviour),
      eTag: document.etag,
    },
    ...(document.output && {
      output: {
        location: renderLocation(
          job.request.targetLocation.location,
          document.output.name,
          behaviour,
        ),
        eTag: document.output.etag,
      },
    }),
    status: markCanceled && !isFinished(document) ? 'Canceled' : document.status,
    ...(document.error && { error: document.error }),
  }));
}

function isFinished(document: DocumentRecord): boolean {
  return document.status === 'Succeeded' || document.status === 'Failed';
}

/** The URL of the blob `name` in a container whose URL may end in a slash or carry a SAS. */
function renderLocation(
  container: string,
  name: string,
  { locationEncoding }: Pick<Behaviour, 'locationEncoding'>,
): string {
  const base = container.replace(/\?.*$/, '').replace(/\/+$/, '');
  const path =
    locationEncoding === 'raw' ? name : name.split('/').map(encodeURIComponent).join('/');
  return `${base}/${path}`;
}
