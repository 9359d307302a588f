import type { Clock } from '../clock.ts';

/** A clock that a test can set forward. */
export interface AdvanceableClock extends Clock {
  /** Sets the clock `ms` milliseconds forward and ends every sleep that is over by then. */
  advance(ms: number): void;
}

/** A clock that runs like `base` plus all the time it was advanced by. */
export function createAdvanceableClock(base: Clock): AdvanceableClock {
  let advancedMs = 0;
  let advanced = new AbortController();
  const monotonicMs = () => base.monotonicMs() + advancedMs;

  return {
    nowMs: () => base.nowMs() + advancedMs,
    monotonicMs,
    async sleep(ms, signal) {
      const endMs = monotonicMs() + ms;
      for (let leftMs = ms; leftMs > 0; leftMs = endMs - monotonicMs()) {
        signal?.throwIfAborted();
        await sleepUntilAdvanced(base, leftMs, advanced.signal, signal);
      }
      signal?.throwIfAborted();
    },
    advance(ms) {
      advancedMs += ms;
      const passed = advanced;
      advanced = new AbortController();
      passed.abort();
    },
  };
}

/** Resolves after `ms` on `base` or at the next advance, whichever comes first. */
async function sleepUntilAdvanced(
  base: Clock,
  ms: number,
  advanced: AbortSignal,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    await base.sleep(ms, signal ? AbortSignal.any([advanced, signal]) : advanced);
  } catch (error) {
    signal?.throwIfAborted();
    if (!advanced.aborted) throw error;
  }
}
