import { DeidBatchError } from '../errors/deid-batch-error.ts';
import type { RunStore } from '../journal/run-store.ts';
import type { Document } from '../model/document.ts';
import type { Batch, Plan } from '../model/plan.ts';
import { parseDocument } from '../plan/spool.ts';
import { digestPlan } from '../plan.ts';
import { openRecorder } from './recorder.ts';

/** The plan that was sealed for the run. Throws StateUnusable when there is none, or another. */
export async function readPlan(store: RunStore): Promise<Plan> {
  const { state } = await openRecorder(store.journal);
  const text = await store.files.readText('plan.json');
  const plan = text === undefined ? undefined : (JSON.parse(text) as Plan);
  if (plan && state.planDigest === plan.digest && digestPlan(plan) === plan.digest) return plan;
  throw new DeidBatchError('StateUnusable', 'The run has no plan, or one that was changed.', {
    hint: 'If nothing was submitted, start a new run.',
  });
}

/** The documents of a batch, by name. */
export async function readManifest(
  { files }: Pick<RunStore, 'files'>,
  batch: Batch,
): Promise<Map<string, Document>> {
  const documents = new Map<string, Document>();
  for await (const line of files.readSealed(batch.manifest)) {
    const document = parseDocument(line);
    documents.set(document.name, document);
  }
  return documents;
}
