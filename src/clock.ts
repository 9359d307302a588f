import { setTimeout as delay } from 'node:timers/promises';

/** Time as the product sees it. Every wait goes through a clock, so that tests can simulate hours. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  nowMs(): number;
  /** Milliseconds on a clock that never jumps; only differences mean something. */
  monotonicMs(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A timer of Node that is set for longer (some 25 days) goes off at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The machine's own clock. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  async sleep(ms, signal) {
    signal?.throwIfAborted();
    try {
      let leftMs = ms;
      for (; leftMs > MAX_TIMER_MS; leftMs -= MAX_TIMER_MS) {
        await delay(MAX_TIMER_MS, undefined, signal ? { signal } : {});
      }
      await delay(leftMs, undefined, signal ? { signal } : {});
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  },
};

/** `ms` since the Unix epoch as an ISO 8601 timestamp in UTC. */
export function formatTimestamp(ms: number): string {
  return new Date(ms).toISOString();
}
