import { type Clock, formatTimestamp } from '../../clock.ts';

const TICKS_PER_MS = 10_000;

/**
 * A source of timestamps as .NET writes them (recorded): UTC, seven fractional digits with trailing
 * zeros cut, each later than the one before while the clock stands still.
 */
export function createTimestamps(clock: Clock): () => string {
  let lastMs = Number.NEGATIVE_INFINITY;
  let ticks = 0;
  return () => {
    const nowMs = Math.floor(clock.nowMs());
    ticks = nowMs === lastMs ? Math.min(ticks + 1, TICKS_PER_MS - 1) : nowMs % 7919;
    lastMs = nowMs;
    return formatTicks(nowMs, ticks);
  };
}

/** `ms` since the epoch plus `ticks` of 100 ns, as .NET writes it. */
export function formatTicks(ms: number, ticks: number): string {
  const [seconds = '', milliseconds = ''] = formatTimestamp(ms).slice(0, -1).split('.');
  const fraction = `${milliseconds}${String(ticks).padStart(4, '0')}`.replace(/0+$/, '');
  return fraction ? `${seconds}.${fraction}Z` : `${seconds}Z`;
}
