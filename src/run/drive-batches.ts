import pLimit from 'p-limit';
import type { Batch } from '../model/plan.ts';

export interface DriveRequest {
  batches: readonly Batch[];
  /** Jobs in flight at a time. */
  concurrency: number;
  /** Aborting it starts no further batch. */
  stopping: AbortController;
  /** Aborting it starts no further batch, but leaves those in flight to end. */
  canceling: AbortSignal;
  /**
   * Takes one batch from submission to verification. `onProven` is called as soon as its job shows
   * that the service can work with these locations.
   */
  driveBatch(batch: Batch, onProven: () => void): Promise<void>;
}

/**
 * Drives all batches, a bounded number at a time. The service accepts every job and shows only
 * later that it may not read the storage, so the first job is the canary: no second one is
 * submitted until it has proven itself. The first failure stops everything; it is returned.
 */
export async function driveBatches(request: DriveRequest): Promise<unknown> {
  const { batches, stopping, canceling, driveBatch } = request;
  const limit = pLimit(request.concurrency);
  const isOver = () => stopping.signal.aborted || canceling.aborted;
  let failure: unknown;

  const drive = (batch: Batch, onProven: () => void) =>
    limit(async () => {
      if (isOver()) return;
      try {
        await driveBatch(batch, onProven);
      } catch (error) {
        failure ??= error;
        stopping.abort(error);
      }
    });

  const driving: Promise<void>[] = [];
  let proven = false;
  for (const batch of batches) {
    if (isOver()) break;
    if (proven) {
      driving.push(drive(batch, () => {}));
      continue;
    }
    await new Promise<void>((resolve) => {
      const onProven = () => {
        proven = true;
        resolve();
      };
      // A batch that ends without a job proves nothing; the next one is the canary then.
      driving.push(drive(batch, onProven).finally(resolve));
    });
  }
  await Promise.all(driving);
  return failure ?? (stopping.signal.aborted ? stopping.signal.reason : undefined);
}
