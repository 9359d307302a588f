import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  deidentifyText,
  type EngineRequest,
  replaceEntities,
  tagText,
} from '../../../src/emulator/engine/engine.ts';
import { phiCategories } from '../../../src/emulator/engine/phi-category.ts';

const key = (seed: number) => new Uint8Array(32).fill(seed);
const surrogate = (seed = 1): EngineRequest => ({
  operation: 'Surrogate',
  jobKey: key(seed),
  redactionFormat: '[{type}]',
});
const redact: EngineRequest = { ...surrogate(), operation: 'Redact', redactionFormat: '\u0000' };

/** Pieces of notes, with characters that take one to four bytes, and broken ones, in between. */
const note = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'Patient: Marjorie Whitlock',
        'Dr. José Núñez',
        'Mrs. O\u2019Brien',
        'Rene\u0301e Smith, RN',
        'MRN: 00482-1193',
        '03/14/1941',
        'November 2nd, 2024',
        'DOB 1/2/88',
        '83-year-old',
        'SSN 536-88-2014',
        '(218) 555-0147',
        'a.b@example.net',
        'https://example.org/x?y=1',
        '10.0.0.1',
        'Harbor View Clinic',
        '12 Elm Street, Duluth, MN 55805',
        '４１１１ １１１１ １１１１ １１１１',
        'works as a truck driver',
        '😀',
        '👩‍⚕️',
        'e\u0301',
        '\ud83d',
        '患者',
        '\n',
        ', ',
      ),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    ),
    { maxLength: 14 },
  )
  .map((pieces) => pieces.join(' '));

describe('tagging', () => {
  test('offsets and lengths hold in all three encodings', () => {
    fc.assert(
      fc.property(note, (raw) => {
        const bytes = Buffer.from(raw, 'utf8');
        // A lone surrogate has no bytes of its own, so slices could not be compared.
        const text = bytes.toString('utf8');
        const points = [...text];
        for (const { offset, length, text: piece } of tagText(text)) {
          expect(text.slice(offset.utf16, offset.utf16 + length.utf16)).toBe(piece);
          expect(bytes.toString('utf8', offset.utf8, offset.utf8 + length.utf8)).toBe(piece);
          const { codePoint } = offset;
          expect(points.slice(codePoint, codePoint + length.codePoint).join('')).toBe(piece);
        }
      }),
    );
  });

  test('entities are ordered, not empty, do not overlap, and have a score', () => {
    fc.assert(
      fc.property(note, (text) => {
        let end = 0;
        for (const { offset, length, confidenceScore } of tagText(text)) {
          expect(offset.utf16).toBeGreaterThanOrEqual(end);
          expect(length.utf16).toBeGreaterThan(0);
          end = offset.utf16 + length.utf16;
          expect(confidenceScore).toBeGreaterThan(0);
          expect(confidenceScore).toBeLessThanOrEqual(1);
          expect(confidenceScore).toBe(Number(confidenceScore.toFixed(3)));
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  test('no entity cuts a surrogate pair or a letter from its combining mark', () => {
    fc.assert(
      fc.property(note, (text) => {
        for (const { offset, length } of tagText(text)) {
          const next = text.charAt(offset.utf16 + length.utf16);
          expect(next).not.toMatch(/[\udc00-\udfff]|\p{M}/u);
        }
      }),
    );
  });
});

describe('replacing', () => {
  test('the text outside the entities stays as it was', () => {
    fc.assert(
      fc.property(note, (text) => {
        const outside: string[] = [];
        let end = 0;
        for (const { offset, length } of tagText(text)) {
          outside.push(text.slice(end, offset.utf16));
          end = offset.utf16 + length.utf16;
        }
        outside.push(text.slice(end));
        expect(deidentifyText(text, redact)).toBe(outside.join('\u0000'));
      }),
    );
  });

  test('no original is left at a replaced place, whatever the category and the text', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...phiCategories),
        fc.oneof(
          fc.string({ minLength: 1, unit: 'grapheme' }),
          fc.constantFrom('Dr.', '90', '89', '1', 'MN', 'Texas', '555-0100', '192.0.2.1', 'May'),
        ),
        fc.nat(255),
        (category, text, seed) => {
          const span = { category, offset: { utf16: 0 }, length: { utf16: text.length } };
          expect(replaceEntities(text, [span], surrogate(seed))).not.toBe(text);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('the same key gives the same text, and tagged entities give what the whole text gives', () => {
    fc.assert(
      fc.property(note, (text) => {
        const once = deidentifyText(text, surrogate());
        expect(deidentifyText(text, surrogate())).toBe(once);
        expect(replaceEntities(text, tagText(text), surrogate())).toBe(once);
      }),
    );
  });

  test('overlapping and outlying places do no harm', () => {
    const at = (offset: number, length: number) =>
      ({ category: 'Patient', offset: { utf16: offset }, length: { utf16: length } }) as const;
    const places = [at(3, 4), at(0, 5), at(-2, 1), at(50, 9), at(8, 90)];
    expect(replaceEntities('Alice met Bob', places, { ...redact, redactionFormat: '#' })).toBe(
      '# me#',
    );
  });

  test('`Tag` leaves the text alone', () => {
    const text = 'Dr. Lena Okafor';
    expect(deidentifyText(text, { ...surrogate(), operation: 'Tag' })).toBe(text);
  });
});
