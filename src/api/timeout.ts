import type { Clock } from '../clock.ts';
import { DeidBatchError } from '../errors/deid-batch-error.ts';

export interface Timeout {
  /** Aborts with the error when the time is over. */
  signal: AbortSignal;
  /** Ends the wait earlier. */
  stop(): void;
}

export interface TimeoutOptions {
  /** Milliseconds, or infinity. */
  ms: number;
  clock: Clock;
  error(): DeidBatchError;
}

/** Waits on the clock. */
export function startTimeout({ ms, clock, error }: TimeoutOptions): Timeout {
  const timer = new AbortController();
  const waiting = new AbortController();
  if (ms !== Number.POSITIVE_INFINITY) {
    clock.sleep(ms, waiting.signal).then(
      () => timer.abort(error()),
      () => {},
    );
  }
  return { signal: timer.signal, stop: () => waiting.abort() };
}

const HINT = 'The state is saved: go on with deid-batch resume.';

/** The end of `--timeout`. */
export function timedOut(): DeidBatchError {
  const message = 'The time to wait is over; jobs go on in the service.';
  return new DeidBatchError('TimedOut', message, { hint: HINT });
}

/** The end of `--max-duration`. */
export function sliceOver(): DeidBatchError {
  const message = 'The time of this slice is over; jobs go on in the service.';
  return new DeidBatchError('SliceOver', message, { hint: HINT });
}
