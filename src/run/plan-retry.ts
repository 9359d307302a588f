import { DeidBatchError } from '../errors/deid-batch-error.ts';
import type { RunStore } from '../journal/run-store.ts';
import type { BatchState } from '../model/run-state.ts';
import { openRecorder } from './recorder.ts';

/**
 * Records that each batch that did not come out as planned is done again, as a whole, since only
 * one job gives its documents the same surrogates. A batch whose blobs have changed needs a new
 * plan and is left alone. Returns the ids; throws NothingToRetry when there are none.
 */
export async function planRetry(store: RunStore): Promise<string[]> {
  const { state, record } = await openRecorder(store.journal);
  const again = [...state.batches].filter(([, batch]) => isRetriable(batch));
  const waiting = state.batchesPlanned - state.batches.size;
  if (again.length + waiting === 0) {
    throw new DeidBatchError(
      'NothingToRetry',
      'No batch of the run failed in a way that a retry mends.',
      {
        hint: 'Documents that changed since the plan need a new run.',
      },
    );
  }
  await store.dropCancelRequest();
  for (const [batch, { attempt }] of again) {
    await record({ type: 'retrying', batch, attempt: attempt + 1 });
  }
  return again.map(([batch]) => batch);
}

function isRetriable({ step, outcome, findings = 0 }: BatchState): boolean {
  if (step !== 'verified' || outcome === 'drifted') return false;
  return outcome !== 'succeeded' || findings > 0;
}
