import type { Clock } from './clock.ts';
import { isDeidBatchError } from './errors/deid-batch-error.ts';

/** How long the service or the storage may be out of reach before a run is left for a resume. */
export const MAX_OUTAGE_MS = 3_600_000;
const FIRST_DELAY_MS = 2_000;
const MAX_DELAY_MS = 60_000;

/** Whether an error may be over by itself. A name that does not resolve may do so again. */
export function isOutage(error: unknown): boolean {
  return isDeidBatchError(
    error,
    'ServiceUnavailable',
    'StorageUnavailable',
    'UnexpectedAnswer',
    'HostNotFound',
  );
}

/**
 * Does `work`, which only reads, again and again while what it asks does not answer, for up to an
 * hour; then throws its last error.
 */
export async function waitOutOutage<T>(
  { clock, signal }: { clock: Clock; signal: AbortSignal },
  work: () => Promise<T>,
): Promise<T> {
  const startedMs = clock.monotonicMs();
  for (let delayMs = FIRST_DELAY_MS; ; delayMs = Math.min(delayMs * 2, MAX_DELAY_MS)) {
    try {
      return await work();
    } catch (error) {
      const passedMs = clock.monotonicMs() - startedMs;
      if (!isOutage(error) || passedMs + delayMs > MAX_OUTAGE_MS) throw error;
      await clock.sleep(delayMs, signal);
    }
  }
}
