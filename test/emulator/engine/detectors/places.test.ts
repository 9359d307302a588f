import { describe, test } from 'vitest';
import { detectPlaces } from '../../../../src/emulator/engine/detectors/places.ts';
import { expectFound } from './expect-found.ts';

describe('places', () => {
  test.each<[text: string, ...found: string[]]>([
    ['moved from Baton Rouge to Tulsa', 'City:Baton Rouge', 'City:Tulsa'],
    ['from Vietnam', 'CountryOrRegion:Vietnam'],
    ['rural Garfield County', 'LocationOther:Garfield County'],
    ['from Riverside Skate Park', 'LocationOther:Riverside Skate Park'],
    ['lives in tacoma', 'City:tacoma'],
    ['Glasgow Coma Scale 15'],
  ])('%s', (text, ...found) => expectFound(detectPlaces, text, ...found));
});
