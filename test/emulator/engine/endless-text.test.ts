import { describe, expect, test } from 'vitest';
import { deidentifyText } from '../../../src/emulator/engine/engine.ts';

const request = {
  operation: 'Redact',
  jobKey: new Uint8Array(32).fill(1),
  redactionFormat: '[{type}]',
} as const;

describe('text without end', () => {
  // A rule that backtracks takes the square of the length, which the test's own timeout ends.
  test.each(['1234567890', '1.', 'a.b.', 'A', 'A ', 'a@', 'Aa MD, ', 'May 1 ', '\n', ' '])(
    '%j over and over is worked through',
    (pattern) => {
      const text = pattern.repeat(300_000 / pattern.length);
      expect(deidentifyText(text, request).length).toBeGreaterThan(0);
    },
  );
});
