import { DeidBatchError } from './errors/deid-batch-error.ts';
import type { Document } from './model/document.ts';
import type { Lister } from './model/lister.ts';
import { type Location, overlaps } from './model/location.ts';
import type { Batch, Plan } from './model/plan.ts';

/** A named place, for messages. */
export interface Place {
  name: string;
  at: readonly Location[];
}

/** Throws LocationsOverlap unless the places are pairwise disjoint, in both directions. */
export function refuseOverlap(places: readonly Place[]): void {
  for (const [index, place] of places.entries()) {
    for (const other of places.slice(index + 1)) {
      if (!place.at.some((a) => other.at.some((b) => overlaps(a, b)))) continue;
      throw new DeidBatchError(
        'LocationsOverlap',
        `The ${place.name} and the ${other.name} overlap: blobs of one could be taken for blobs of the other.`,
        {
          hint: `Give the ${other.name} a container of its own, or a prefix outside of the other.`,
        },
      );
    }
  }
}

export interface OutputPorts {
  target: Lister;
  readDocuments(batch: Batch): Promise<ReadonlyMap<string, Document>>;
}

export interface TargetCheck {
  plan: Plan;
  /** What all output names start with. */
  prefix: string;
  /** Whether outputs that exist may be replaced. */
  overwrite: boolean;
  signal: AbortSignal;
}

/**
 * Looks into the target: throws what reading it throws, and OutputExists when it already holds a
 * blob with the name of a planned output, unless that may be replaced. One request finds a target
 * that is empty below `prefix`; else each batch is looked at.
 */
export async function checkTarget(
  { target, readDocuments }: OutputPorts,
  { plan, prefix, overwrite, signal }: TargetCheck,
): Promise<void> {
  if (!(await hasBlobs(target, prefix, signal)) || overwrite) return;
  let existing = 0;
  for (const batch of plan.batches) {
    let documents: ReadonlyMap<string, Document> | undefined;
    for await (const page of target.listPages({ prefix: batch.target.prefix, signal })) {
      for (const { name } of page) {
        documents ??= await readDocuments(batch);
        const source = batch.source.prefix + name.slice(batch.target.prefix.length);
        if (documents.has(source)) existing += 1;
      }
    }
  }
  if (existing === 0) return;
  throw new DeidBatchError(
    'OutputExists',
    `${existing} of ${plan.selection.documents} outputs already exist in the target.`,
    { hint: 'Use another target prefix, remove them, or give --overwrite always.' },
  );
}

async function hasBlobs(target: Lister, prefix: string, signal: AbortSignal): Promise<boolean> {
  for await (const page of target.listPages({ prefix, signal })) {
    if (page.length > 0) return true;
  }
  return false;
}
