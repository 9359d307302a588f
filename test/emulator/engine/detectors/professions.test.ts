import { describe, test } from 'vitest';
import { detectProfessions } from '../../../../src/emulator/engine/detectors/professions.ts';
import { expectFound } from './expect-found.ts';

describe('professions with a cue', () => {
  test.each<[text: string, ...found: string[]]>([
    ['retired school librarian from', 'Profession:school librarian'],
    ['works as a long-haul truck driver for', 'Profession:long-haul truck driver'],
    ['Occupation: welder', 'Profession:welder'],
    ['seen by the nurse, the teacher called'],
  ])('%s', (text, ...found) => expectFound(detectProfessions, text, ...found));
});
