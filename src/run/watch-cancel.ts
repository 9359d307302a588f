import type { Clock } from '../clock.ts';
import type { RunReader } from '../journal/run-store.ts';

const WATCH_MS = 2_000;

export interface CancelWatch {
  /** Aborts when the caller cancels, or somebody left a request in the run state. */
  canceling: AbortSignal;
  stop(): void;
}

/**
 * Looks for a request to cancel, and again every two seconds. What was requested before is known
 * when this resolves, so that nothing is submitted after it.
 */
export async function watchCancel(
  run: Pick<RunReader, 'isCancelRequested'>,
  { clock, canceling }: { clock: Clock; canceling: AbortSignal },
): Promise<CancelWatch> {
  const requested = new AbortController();
  const stopping = new AbortController();
  const look = async () => {
    if (await run.isCancelRequested()) requested.abort();
  };
  const watch = async () => {
    while (!requested.signal.aborted) {
      await clock.sleep(WATCH_MS, stopping.signal);
      // A state that cannot be read now may be readable in two seconds.
      await look().catch(() => {});
    }
  };
  await look();
  // It ends when it is stopped.
  watch().catch(() => {});
  return {
    canceling: AbortSignal.any([canceling, requested.signal]),
    stop: () => stopping.abort(),
  };
}
