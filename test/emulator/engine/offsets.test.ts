import { expect, test } from 'vitest';
import {
  createOffsetCursor,
  measureText,
  toUtf16Offsets,
} from '../../../src/emulator/engine/offsets.ts';

const text = 'aé😀e\u0301患z';

test('a cursor tells a position in three units', () => {
  const locate = createOffsetCursor(text);
  expect(locate(2)).toEqual({ utf8: 3, utf16: 2, codePoint: 2 });
  expect(locate(4)).toEqual({ utf8: 7, utf16: 4, codePoint: 3 });
  expect(() => locate(1)).toThrow(RangeError);
});

test('a length is told in three units', () => {
  expect(measureText(text)).toEqual({ utf8: 14, utf16: 8, codePoint: 7 });
});

test('offsets in another unit lead back to UTF-16', () => {
  expect(toUtf16Offsets(text, 'utf8', [0, 3, 5, 7, 99])).toEqual([0, 2, 2, 4, 8]);
  expect(toUtf16Offsets(text, 'codePoint', [2, 3])).toEqual([2, 4]);
  expect(toUtf16Offsets(text, 'utf16', [4])).toEqual([4]);
});
