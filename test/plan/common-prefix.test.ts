import { expect, test } from 'vitest';
import { commonPrefixLength, isInsideCodePoint } from '../../src/plan/common-prefix.ts';

test.each([
  ['', 'a', 0],
  ['abc', 'abd', 2],
  ['abc', 'abc', 3],
  ['ab', 'abc', 2],
  ['a\u{1f600}', 'a\u{1f601}', 1],
  ['a\u{1f600}b', 'a\u{1f600}c', 3],
  ['\u{1f600}', '\u{1f600}', 2],
  ['e\u0301', 'e\u0300', 1],
])('%j and %j have %i units in common', (a, b, length) => {
  expect(commonPrefixLength(a, b)).toBe(length);
  expect(commonPrefixLength(b, a)).toBe(length);
});

test('only between the two units of a pair is inside a code point', () => {
  expect([0, 1, 2, 3].map((at) => isInsideCodePoint('a\u{1f600}b', at))).toEqual([
    false,
    false,
    true,
    false,
  ]);
});
