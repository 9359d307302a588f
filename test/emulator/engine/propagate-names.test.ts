import { expect, test } from 'vitest';
import { detectEntities } from '../../../src/emulator/engine/detect-entities.ts';

const found = (text: string) =>
  detectEntities(text).map(({ category, start, end }) => `${category}:${text.slice(start, end)}`);

test('a known name is found again without its cue', () => {
  expect(found('Mr. Fontaine came. Later Fontaine left, and FONTAINE called.')).toEqual([
    'Patient:Fontaine',
    'Patient:Fontaine',
    'Patient:FONTAINE',
  ]);
});

test('an eponym or an ordinary word is not that name again', () => {
  expect(found("Mrs. Parkinson has Parkinson's disease.")).toEqual(['Patient:Parkinson']);
  expect(found('His son Will calls. Will follow up. He will wait.')).toEqual(['Patient:Will']);
});
