import { expect, test } from 'vitest';
import { decideRetryAfter } from '../../../src/emulator/service/retry-after.ts';

test('a young job gives no hint, an older one a growing hint up to 5 seconds', () => {
  const hints = [0, 1, 2, 3, 4].map((hintedPolls) =>
    decideRetryAfter({ ageMs: 3000, hintedPolls, ended: false }),
  );
  expect(hints).toEqual([2, 3, 4, 5, 5]);
  expect(decideRetryAfter({ ageMs: 2999, hintedPolls: 0, ended: false })).toBeUndefined();
  expect(decideRetryAfter({ ageMs: 2999, hintedPolls: 0, ended: true })).toBeUndefined();
  expect(decideRetryAfter({ ageMs: 3000, hintedPolls: 9, ended: true })).toBe(2);
});
