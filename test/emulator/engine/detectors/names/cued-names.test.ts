import { describe, test } from 'vitest';
import { detectCuedNames } from '../../../../../src/emulator/engine/detectors/names/cued-names.ts';
import { expectFound } from '../expect-found.ts';

describe('a cue tells a name and its role', () => {
  test.each<[text: string, ...found: string[]]>([
    ['Patient Name: Whitlock, Marjorie A.', 'Patient:Whitlock, Marjorie A.'],
    ['where Dr. Okafor increased', 'Doctor:Dr. Okafor'],
    ['Mrs. Whitlock is', 'Patient:Whitlock'],
    ['Her daughter Susan Whitlock-Reyes brought', 'Patient:Susan Whitlock-Reyes'],
    ['mr delgado asks', 'Patient:delgado'],
    ['Repaired by Jo Castellano', 'Doctor:Jo Castellano'],
    ['my name is Thao', 'Patient:Thao'],
    ['Patient: ED, Name: MRN, wife is well, by mouth, by EMS'],
  ])('%s', (text, ...found) => expectFound(detectCuedNames, text, ...found));
});
