import { describe, test } from 'vitest';
import { detectPhones } from '../../../../src/emulator/engine/detectors/phones.ts';
import { expectFound } from './expect-found.ts';

describe('phones by form, short ones by label', () => {
  test.each<[text: string, ...found: string[]]>([
    ['phone (218) 555-0147', 'Phone:(218) 555-0147'],
    ['Fax summary to 218-555-0199', 'Fax:218-555-0199'],
    ['pager 206 555 0133 x22', 'Phone:206 555 0133 x22'],
    ['pager 41277', 'Phone:41277'],
    ['call 918.555.0172', 'Phone:918.555.0172'],
    ['+44 20 7946 0958', 'Phone:+44 20 7946 0958'],
    ['BP 120/80, 1234567890, 12-3456'],
  ])('%s', (text, ...found) => expectFound(detectPhones, text, ...found));
});
