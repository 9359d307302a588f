import { DeidBatchError } from '../errors/deid-batch-error.ts';
import { refuseNewerSchema } from '../errors/state-newer.ts';
import type { RunStore } from '../journal/run-store.ts';
import type { Document } from '../model/document.ts';
import type { Batch, Plan } from '../model/plan.ts';
import type { RunState } from '../model/run-state.ts';
import { parseDocument } from '../plan/spool.ts';
import { digestPlan } from '../plan.ts';
import { openRecorder } from './recorder.ts';

/**
 * The plan that was sealed for the run. Throws StateUnusable when there is none, or another, and
 * StateNewer when a newer version made it.
 */
export async function readPlan(store: RunStore): Promise<Plan> {
  const { state } = await openRecorder(store.journal);
  const plan = parsePlan(await store.files.readText('plan.json'));
  if (plan) refuseNewerSchema(plan.schemaVersion);
  if (plan && isSealed(plan, state)) return plan;
  throw new DeidBatchError('StateUnusable', 'The run has no plan, or one that was changed.', {
    hint: 'If nothing was submitted, start a new run.',
  });
}

function parsePlan(text: string | undefined): Plan | undefined {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Plan);
  } catch {
    return undefined;
  }
}

/** Whether nothing was changed in the plan since the journal took note of it. */
function isSealed(plan: Plan, { planDigest, documentsPlanned }: Readonly<RunState>): boolean {
  return (
    Array.isArray(plan.batches) &&
    plan.selection?.documents === documentsPlanned &&
    plan.digest === planDigest &&
    digestPlan(plan) === planDigest
  );
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
