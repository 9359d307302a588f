import { subscribe } from 'node:diagnostics_channel';
import type { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../src/clock.ts';

/** A clock whose sleeps take no time: it jumps to the next deadline when nothing else goes on. */
export interface SimulatedClock extends Clock {
  /** Milliseconds that it jumped over since it was made. */
  readonly jumpedMs: number;
  /** Every sleep that was asked for, in milliseconds, in order. */
  readonly sleeps: readonly number[];
}

/** Real milliseconds without a request in flight after which nothing else is going on. */
const QUIET_MS = 2;
/** The same before a jump over more than a minute: the disk may be at work, which nobody announces. */
const LONG_QUIET_MS = 100;
const LONG_JUMP_MS = 60_000;
/** The same with requests in flight, which may themselves wait for time to pass. */
const STUCK_MS = 1_500;

/**
 * A clock for tests. While a request of this process is in flight, time stands still (the requests
 * are real and as fast as they are); as soon as everyone only sleeps, it jumps to the earliest
 * deadline. `onJump` moves along whatever else keeps time, such as the emulator.
 */
export function createSimulatedClock(
  onJump: (ms: number) => void = () => {},
  startMs: number = Date.now(),
): SimulatedClock {
  const sleepers = new Set<Sleeper>();
  const sleeps: number[] = [];
  let jumpedMs = 0;
  let jumping = false;

  const nextJumpMs = () => {
    const dueMs = Math.min(...[...sleepers].map(({ deadlineMs }) => deadlineMs));
    return Math.max(0, dueMs - jumpedMs);
  };

  async function jumpWhileAsleep(): Promise<void> {
    if (jumping) return;
    jumping = true;
    while (sleepers.size > 0) {
      const deltaMs = nextJumpMs();
      if (!Number.isFinite(deltaMs)) break;
      const isLong = deltaMs > LONG_JUMP_MS;
      await untilQuiet(isLong ? LONG_QUIET_MS : QUIET_MS, () => nextJumpMs() === deltaMs);
      // Who came meanwhile may be due earlier.
      if (nextJumpMs() !== deltaMs) continue;
      jumpedMs += deltaMs;
      onJump(deltaMs);
      for (const sleeper of [...sleepers]) if (sleeper.deadlineMs <= jumpedMs) sleeper.wake();
    }
    jumping = false;
  }

  return {
    get jumpedMs() {
      return jumpedMs;
    },
    sleeps,
    nowMs: () => startMs + jumpedMs,
    monotonicMs: () => jumpedMs,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      sleeps.push(ms);
      await new Promise<void>((resolve, reject) => {
        const leave = () => {
          sleepers.delete(sleeper);
          signal?.removeEventListener('abort', abort);
        };
        const abort = () => {
          leave();
          reject(signal?.reason);
        };
        const wake = () => {
          leave();
          resolve();
        };
        const sleeper = { deadlineMs: jumpedMs + Math.max(0, ms), wake };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', abort);
        void jumpWhileAsleep();
      });
    },
  };
}

interface Sleeper {
  deadlineMs: number;
  wake(): void;
}

let inFlight = 0;
let activity = 0;

// Node announces each request that this process sends, whichever library sends it.
subscribe('http.client.request.start', (message) => {
  const { request } = message as { request: EventEmitter };
  inFlight += 1;
  activity += 1;
  request.once('close', () => {
    inFlight -= 1;
    activity += 1;
  });
});

/** Resolves after `quietMs` in which no request was sent, answered or in flight, or when `isStill` ends. */
async function untilQuiet(quietMs: number, isStill: () => boolean): Promise<void> {
  let seen = activity;
  let sinceMs = performance.now();
  while (isStill()) {
    await pause(QUIET_MS / 2);
    // What the disk answers comes between two turns of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    const nowMs = performance.now();
    if (seen !== activity) sinceMs = nowMs;
    seen = activity;
    const enoughMs = inFlight === 0 ? quietMs : STUCK_MS;
    if (nowMs - sinceMs >= enoughMs) return;
  }
}
