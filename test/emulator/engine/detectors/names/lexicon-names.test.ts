import { describe, test } from 'vitest';
import { detectLexiconNames } from '../../../../../src/emulator/engine/detectors/names/lexicon-names.ts';
import { expectFound } from '../expect-found.ts';

describe('lexicons give names away', () => {
  test.each<[text: string, ...found: string[]]>([
    ['male, John Smith, who', 'Patient:John Smith'],
    ['seen with Emily R. at', 'Doctor:Emily R.'],
    ['NGUYEN, Thao is', 'Patient:NGUYEN, Thao'],
    ['referred marcus delgado today', 'Patient:marcus delgado'],
    ['He will rest. May improve. Mark the site. Frank blood. Grant given.'],
  ])('%s', (text, ...found) => expectFound(detectLexiconNames, text, ...found));
});
