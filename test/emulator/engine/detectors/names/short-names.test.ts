import { describe, test } from 'vitest';
import { detectShortNames } from '../../../../../src/emulator/engine/detectors/names/short-names.ts';
import { expectFound } from '../expect-found.ts';

describe('short forms of names', () => {
  test.each<[text: string, ...found: string[]]>([
    ['From: r.steinberg', 'Doctor:r.steinberg'],
    ['me or jenny, pa-c', 'Doctor:jenny, pa-c'],
    ['Darnell T. Brooks (DT)', 'Patient:DT'],
    ['John Smith (RN), see rn, from e.g. this'],
  ])('%s', (text, ...found) => expectFound(detectShortNames, text, ...found));
});
