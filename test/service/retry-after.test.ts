import { expect, test } from 'vitest';
import { parseRetryAfter } from '../../src/service/retry-after.ts';

const NOW_MS = Date.UTC(2026, 10, 21, 9, 30, 15);

test.each<[string | undefined, number | undefined]>([
  ['0', 0],
  ['2', 2_000],
  [' 5 ', 5_000],
  ['0.5', 500],
  ['Sat, 21 Nov 2026 09:30:45 GMT', 30_000],
  ['Sat, 21 Nov 2026 09:30:00 GMT', 0],
  ['-1', undefined],
  ['', undefined],
  ['  ', undefined],
  ['soon', undefined],
  ['soon 5', undefined],
  ['2026-11-21', undefined],
  ['Infinity', undefined],
  ['NaN', undefined],
  [undefined, undefined],
])('%j asks for %j milliseconds', (value, ms) => {
  expect(parseRetryAfter(value, NOW_MS)).toBe(ms);
});
