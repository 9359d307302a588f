import { expect, test } from 'vitest';
import { addCounts, noDocuments } from '../../src/model/verification.ts';

test('counts add up field by field', () => {
  const one = {
    planned: 1,
    succeeded: 2,
    failed: 3,
    canceled: 4,
    missing: 5,
    changed: 6,
    unexpected: 7,
  };
  expect(addCounts(noDocuments(), one)).toEqual(one);
  expect(addCounts(one, { ...one, failed: 0 })).toEqual({
    planned: 2,
    succeeded: 4,
    failed: 3,
    canceled: 8,
    missing: 10,
    changed: 12,
    unexpected: 14,
  });
});
