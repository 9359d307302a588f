import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normaliseText } from '../../../src/emulator/engine/normalise-text.ts';
import { readJson } from './annotated-notes.ts';

interface OffsetCase {
  readonly text: string;
}

test('the view has the length of the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(normaliseText(text)).toHaveLength(text.length);
    }),
  );
  const { cases } = readJson<{ cases: OffsetCase[] }>('edge-cases/offset_contract.json');
  expect(cases.length).toBeGreaterThan(10);
  for (const { text } of cases) expect(normaliseText(text)).toHaveLength(text.length);
});

test('accents, full-width forms, typographic quotes and look-alikes become ASCII', () => {
  expect(normaliseText('Jos\u00e9 O\u2019Brien \uff14\uff11 j\u0430ne e\u0301')).toBe(
    "Jose O'Brien 41 jane ee",
  );
});
