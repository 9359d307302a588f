import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLocations } from '../../src/verify/read-locations.ts';
import { blobNames } from '../property/arbitraries.ts';

const CONTAINER = 'https://account.blob.core.windows.net/notes';

function read(locations: string[], known: string[], container = CONTAINER) {
  return readLocations(locations, { container, isKnown: (name) => known.includes(name) });
}

const raw = (name: string) => `${CONTAINER}/${name}`;
const encoded = (name: string) => `${CONTAINER}/${encodeURIComponent(name).replaceAll('%2F', '/')}`;

describe('the names are read, encoded or not', () => {
  test.each([
    ['plain', ['a/b.txt']],
    ['a space', ['a b']],
    ['an encoded space beside a space', ['a%20b', 'a b']],
    ['an encoded space alone', ['a%20b']],
    ['a percent sign that encodes nothing', ['100%', '50%zz', 'a b']],
    ['an encoded percent sign', ['a%2520b', 'a%20b', 'a b']],
    ['dots', ['a/../b', 'a/./b', '..', './b', 'b']],
    ['slashes', ['/a', 'a//b', 'a/']],
    ['unicode', ['\u00e9', 'e\u0301', '\u{1f600}/\u6f22', '%C3%A9']],
    ['what ends a path elsewhere', ['a?b', 'a#b', 'a&b=c;d', 'a+b', 'a\\b']],
    ['case', ['A', 'a']],
  ])('%s', (_, names) => {
    expect(read(names.map(raw), names)).toEqual(names);
    expect(read(names.map(encoded), names)).toEqual(names);
  });

  test('of every container, when all of its documents are reported', () => {
    let withPercent = 0;
    fc.assert(
      fc.property(fc.uniqueArray(blobNames, { minLength: 1, maxLength: 8 }), (names) => {
        expect(read(names.map(encoded), names)).toEqual(names);
        expect(read(names.map(raw), names)).toEqual(names);
        if (names.some((name) => name.includes('%20'))) withPercent += 1;
      }),
      { numRuns: 300 },
    );
    expect(withPercent).toBeGreaterThan(10);
  });

  test('in one way for all, so that a few strangers do not turn it', () => {
    expect(read([raw('a%20b'), raw('c%20d'), raw('x')], ['a b', 'c d'])).toEqual([
      'a b',
      'c d',
      'x',
    ]);
    expect(read([raw('a%20b'), raw('c%20d'), raw('x y')], ['a%20b', 'c%20d', 'x%20y'])).toEqual([
      'a%20b',
      'c%20d',
      'x y',
    ]);
  });
});

test('where both readings are known as well, a URL is taken for encoded', () => {
  expect(read([raw('a%20b')], ['a b', 'a%20b'])).toEqual(['a b']);
});

describe('a URL of the container may be written in several ways', () => {
  test.each([
    'https://account.blob.core.windows.net:443/notes/a',
    'https://ACCOUNT.blob.core.windows.net/notes/a',
    'HTTPS://account.blob.core.windows.net/notes/a',
  ])('%s', (location) => {
    expect(read([location], ['a'])).toEqual(['a']);
  });

  test('and so may the container', () => {
    expect(read([raw('a')], ['a'], 'https://account.blob.core.windows.net:443/notes')).toEqual([
      'a',
    ]);
    const emulator = 'https://127.0.0.1:10000/account/notes';
    expect(read([`${emulator}/a/b`], ['a/b'], emulator)).toEqual(['a/b']);
  });
});

describe('a URL outside of the container has no name', () => {
  test.each([
    ['another container', 'https://account.blob.core.windows.net/other/a'],
    ['a container that it begins', 'https://account.blob.core.windows.net/notes2/a'],
    ['another case of the container', 'https://account.blob.core.windows.net/Notes/a'],
    ['another account', 'https://account2.blob.core.windows.net/notes/a'],
    ['another port', 'https://account.blob.core.windows.net:8443/notes/a'],
    ['a host in the name of a user', 'https://account.blob.core.windows.net@evil.test/notes/a'],
    ['the container itself', CONTAINER],
    ['a path that leads here', 'https://account.blob.core.windows.net/other/../notes/a'],
    ['no URL', 'notes/a'],
    ['nothing', ''],
  ])('%s', (_, location) => {
    expect(read([location, raw('a')], ['a'])).toEqual([undefined, 'a']);
  });
});
