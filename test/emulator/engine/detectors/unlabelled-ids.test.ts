import { describe, test } from 'vitest';
import { detectUnlabelledIds } from '../../../../src/emulator/engine/detectors/unlabelled-ids.ts';
import { expectFound } from './expect-found.ts';

describe('some numbers need no label', () => {
  test.each<[text: string, ...found: string[]]>([
    ['536-88-2014', 'SocialSecurity:536-88-2014'],
    ['SSN 123 45 6789', 'SocialSecurity:123 45 6789'],
    ['card ４１１１ １１１１ １１１１ １１１１', 'Account:４１１１ １１１１ １１１１ １１１１'],
    ['card 4111\u200d1111\u200d1111\u200d1111', 'Account:4111\u200d1111\u200d1111\u200d1111'],
    ['a 2009 Buick, VIN 1G4HP57M79U114023', 'Vehicle:2009 Buick, VIN 1G4HP57M79U114023'],
    ['Portal username dbrooks_tulsa', 'Username:dbrooks_tulsa'],
    ['A1-2026, 2000 mL, I20.9, ICD E11.22'],
  ])('%s', (text, ...found) => expectFound(detectUnlabelledIds, text, ...found));
});
