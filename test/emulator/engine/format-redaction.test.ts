import { expect, test } from 'vitest';
import { formatRedaction } from '../../../src/emulator/engine/format-redaction.ts';

test.each([
  ['[{type}]', '[medicalrecord]'],
  ['<{Type}>', '<MedicalRecord>'],
  ['{TYPE}', 'MEDICALRECORD'],
  ['*{len}', '***'],
  ['{type}:#{len}', 'medicalrecord:###'],
  ['$&', '$&'],
])('%s gives %s', (format, expected) => {
  expect(formatRedaction(format, 'MedicalRecord', 'A😀1')).toBe(expected);
});
