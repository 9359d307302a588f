import { describe, test } from 'vitest';
import { detectAges } from '../../../../src/emulator/engine/detectors/ages.ts';
import { expectFound } from './expect-found.ts';

describe('ages: the number only', () => {
  test.each<[text: string, ...found: string[]]>([
    ['an 83-year-old', 'Age:83'],
    ['36 y/o M', 'Age:36'],
    ['19yo', 'Age:19'],
    ['Age: 66', 'Age:66'],
    ['54M with', 'Age:54'],
    ['6 month old', 'Age:6'],
    ['40 mg for 3 days, 2 years ago, 10/10'],
  ])('%s', (text, ...found) => expectFound(detectAges, text, ...found));
});
