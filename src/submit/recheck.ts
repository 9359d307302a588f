import type { Document } from '../model/document.ts';
import type { Lister } from '../model/lister.ts';
import type { Finding } from '../model/verification.ts';

/** How the blobs under a batch's prefix differ from its manifest. */
export interface Drift {
  added: number;
  removed: number;
  changed: number;
  findings: Finding[];
}

/**
 * Lists a prefix again and compares it with the documents that were planned. The service decides
 * what a job holds when the job starts, which may be hours after planning. Undefined means that
 * nothing has changed.
 */
export async function findDrift(
  container: Lister,
  request: { prefix: string; documents: ReadonlyMap<string, Document>; signal: AbortSignal },
): Promise<Drift | undefined> {
  const left = new Map(request.documents);
  const findings: Finding[] = [];
  let added = 0;
  let changed = 0;
  for await (const page of container.listPages(request)) {
    for (const { name, etag } of page) {
      const planned = left.get(name);
      if (planned?.etag === etag) {
        left.delete(name);
      } else if (planned) {
        left.delete(name);
        changed += 1;
        findings.push({ kind: 'changed', name });
      } else {
        added += 1;
        findings.push({ kind: 'unexpected', name });
      }
    }
  }
  for (const name of left.keys()) findings.push({ kind: 'missing', name });
  return findings.length === 0 ? undefined : { added, changed, removed: left.size, findings };
}
