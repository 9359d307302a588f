import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { resolvePeer } from '../../src/emulator/peer.ts';

test.each(['azurite/dist/src/blob/main.js', 'selfsigned'])('finds %s', (specifier) => {
  expect(resolvePeer(specifier)).toContain('node_modules');
});

test('says how to install what is absent', () => {
  const elsewhere = pathToFileURL(join(tmpdir(), 'elsewhere.js')).href;
  expect(() => resolvePeer('azurite/dist/src/blob/main.js', elsewhere)).toThrow(
    'The emulator needs azurite, which is not installed. Run: npm install azurite selfsigned',
  );
});
