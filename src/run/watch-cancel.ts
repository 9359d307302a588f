import type { Clock } from '../clock.ts';
import type { RunReader } from '../journal/run-store.ts';

const WATCH_MS = 2_000;

export interface CancelWatch {
  /** Aborts when the caller cancels, or somebody left a request in the run state. */
  canceling: AbortSignal;
  stop(): void;
}

/** Looks for a request to cancel every two seconds, at once to begin with. */
export function watchCancel(
  run: Pick<RunReader, 'isCancelRequested'>,
  { clock, canceling }: { clock: Clock; canceling: AbortSignal },
): CancelWatch {
  const requested = new AbortController();
  const stopping = new AbortController();
  const watch = async () => {
    while (!(await isRequested(run))) await clock.sleep(WATCH_MS, stopping.signal);
    requested.abort();
  };
  // It ends when it is stopped.
  watch().catch(() => {});
  return {
    canceling: AbortSignal.any([canceling, requested.signal]),
    stop: () => stopping.abort(),
  };
}

/** A state that cannot be read shows at the next record, or is back at the next look. */
async function isRequested(run: Pick<RunReader, 'isCancelRequested'>): Promise<boolean> {
  try {
    return await run.isCancelRequested();
  } catch {
    return false;
  }
}
