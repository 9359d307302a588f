import { describe, test } from 'vitest';
import { detectCredentialedNames } from '../../../../../src/emulator/engine/detectors/names/credentialed-names.ts';
import { expectFound } from '../expect-found.ts';

describe('a credential makes a doctor', () => {
  test.each<[text: string, ...found: string[]]>([
    ['Attending: Prakash Venkataraman, MD', 'Doctor:Prakash Venkataraman, MD'],
    ['Ruth Steinberg, M.D., Ph.D.', 'Doctor:Ruth Steinberg, M.D., Ph.D.'],
    ['by T. Obermeyer RN', 'Doctor:T. Obermeyer RN'],
    ['from Boston, MA; the RN; Seen By MD'],
  ])('%s', (text, ...found) => expectFound(detectCredentialedNames, text, ...found));
});
