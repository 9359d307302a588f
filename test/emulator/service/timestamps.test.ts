import { expect, test } from 'vitest';
import { createTimestamps, formatTicks } from '../../../src/emulator/service/timestamps.ts';

test.each([
  [0, '2025-05-01T22:19:09.974Z'],
  [6740, '2025-05-01T22:19:09.974674Z'],
  [6741, '2025-05-01T22:19:09.9746741Z'],
])('%i ticks after the millisecond are written without trailing zeros', (ticks, expected) => {
  expect(formatTicks(Date.UTC(2025, 4, 1, 22, 19, 9, 974), ticks)).toBe(expected);
});

test('a whole second has no fraction', () => {
  expect(formatTicks(Date.UTC(2025, 4, 1), 0)).toBe('2025-05-01T00:00:00Z');
});

test('timestamps differ and stay in the millisecond while the clock stands still', () => {
  const nowMs = Date.UTC(2025, 4, 1);
  const clock = { nowMs: () => nowMs, monotonicMs: () => 0, sleep: async () => {} };
  const createTimestamp = createTimestamps(clock);
  const written = Array.from({ length: 100 }, createTimestamp);
  expect(new Set(written).size).toBe(100);
  expect(new Set(written.map((timestamp) => Date.parse(timestamp)))).toEqual(new Set([nowMs]));
});
