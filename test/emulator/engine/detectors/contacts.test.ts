import { describe, test } from 'vitest';
import { detectContacts } from '../../../../src/emulator/engine/detectors/contacts.ts';
import { expectFound } from './expect-found.ts';

describe('network addresses prove themselves', () => {
  test.each<[text: string, ...found: string[]]>([
    ['mail dbrooks86@example.net.', 'Email:dbrooks86@example.net'],
    ['mail jane\u0301.p@example.com', 'Email:jane\u0301.p@example.com'],
    ['see https://www.example.org/a/b?id=4471.', 'Url:https://www.example.org/a/b?id=4471'],
    ['his site zekesboats.example.com is', 'Url:zekesboats.example.com'],
    ['from 10.44.7.213', 'IPAddress:10.44.7.213'],
    ['from 2001:db8::1:2', 'IPAddress:2001:db8::1:2'],
    ['version 4.2.1.0 at 14:32:10, 1.2.3 and e.g. this'],
  ])('%s', (text, ...found) => expectFound(detectContacts, text, ...found));
});
