import pLimit from 'p-limit';
import type { Batch } from '../model/plan.ts';

export interface DriveRequest {
  batches: readonly Batch[];
  /** Jobs in flight at a time. */
  concurrency: number;
  /** Aborting it leaves everything as it is. */
  stopping: AbortController;
  /** Whether no further batch may start; those in flight go on to their end. */
  isClosed(): boolean;
  /** Whether an earlier process began with the batch, so that it is in flight. */
  isBegun(batch: Batch): boolean;
  /**
   * Takes one batch from submission to verification. `onProven` is called as soon as its job shows
   * that the service can work with these locations.
   */
  driveBatch(batch: Batch, onProven: () => void): Promise<void>;
}

/**
 * Drives all batches, a bounded number at a time, those in flight first. The service accepts every
 * job and shows only later that it may not read the storage, so the first job is the canary: no
 * second one is submitted until it has proven itself. The first failure stops everything; it is
 * returned.
 */
export async function driveBatches(request: DriveRequest): Promise<unknown> {
  const { batches, stopping, isBegun, driveBatch } = request;
  const { signal } = stopping;
  const limit = pLimit(request.concurrency);
  let failure: unknown;

  const mayDrive = (batch: Batch) => !signal.aborted && (isBegun(batch) || !request.isClosed());
  const drive = (batch: Batch, onProven: () => void) =>
    limit(async () => {
      if (!mayDrive(batch)) return;
      try {
        await driveBatch(batch, onProven);
      } catch (error) {
        failure ??= error;
        stopping.abort(error);
      }
    });

  const driving: Promise<void>[] = [];
  let proven = false;
  for (const batch of [...batches.filter(isBegun), ...batches.filter((one) => !isBegun(one))]) {
    if (!mayDrive(batch)) continue;
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
  return failure ?? (signal.aborted ? signal.reason : undefined);
}
