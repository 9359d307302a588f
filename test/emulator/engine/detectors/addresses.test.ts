import { describe, test } from 'vitest';
import { detectAddresses } from '../../../../src/emulator/engine/detectors/addresses.ts';
import { expectFound } from './expect-found.ts';

describe('addresses', () => {
  test.each<[text: string, ...found: string[]]>([
    [
      '1420 East Superior Street, Duluth, MN 55805',
      'Street:1420 East Superior Street',
      'City:Duluth',
      'State:MN',
      'Zip:55805',
    ],
    ['at 88 Quail Hollow Ln Apt 4B', 'Street:88 Quail Hollow Ln Apt 4B'],
    [
      'P.O. Box 3310, Spokane WA 99220',
      'Street:P.O. Box 3310',
      'City:Spokane',
      'State:WA',
      'Zip:99220',
    ],
    ['took 40 mg, strength 5/5, Type II DM'],
  ])('%s', (text, ...found) => expectFound(detectAddresses, text, ...found));
});
