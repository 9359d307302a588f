import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chooseOptions, type GivenOptions, readOptions } from '../../src/options/resolve.ts';
import { toSettings } from '../../src/options/settings.ts';

function settings(given: GivenOptions = {}, environment: Record<string, string> = {}) {
  const flags = {
    source: 'https://storage.test/source/',
    target: 'https://storage.test/target/out',
    service: 'https://service.test/',
    pattern: '**',
    ...given,
  };
  return toSettings(readOptions(chooseOptions({ flags, environment, file: {} })));
}

test('settings hold canonical locations and an absolute state folder', () => {
  const resolved = settings({ exclude: ['x', 'y'], state: 'state' });
  expect(resolved).toMatchObject({
    source: 'https://storage.test/source',
    target: { location: 'https://storage.test/target', prefix: 'out/' },
    service: 'https://service.test',
    patterns: ['**'],
    excludes: ['x', 'y'],
  });
  expect(resolved.state).toEqual({ kind: 'folder', path: resolve('state') });
  expect(settings({ state: '/var/state' }).state).toMatchObject({ path: '/var/state' });
});

test.each([[[]], [''], ['\n']])('the patterns %j are none', (pattern) => {
  expect(() => settings({ pattern })).toThrow(
    expect.objectContaining({ code: 'MissingOption', hint: expect.stringContaining('--pattern') }),
  );
});

test('a cap above the limit of the service is refused, the limit itself is not', () => {
  expect(settings({ maxDocsPerBatch: 10_000 }).maxDocsPerBatch).toBe(10_000);
  expect(() => settings({ maxDocsPerBatch: '10001' })).toThrow(
    expect.objectContaining({ code: 'CapOverLimit', exitCode: 2, hint: expect.any(String) }),
  );
});

describe('one managed identity is chosen', () => {
  test.each<[GivenOptions, Record<string, string>]>([
    [{}, {}],
    [{ identity: 'client' }, {}],
    [{}, { AZURE_CLIENT_ID: 'client' }],
    [{ identityResourceId: '/subscriptions/x' }, {}],
    [{ identity: 'system', identityObjectId: 'object' }, { AZURE_CLIENT_ID: 'client' }],
  ])('%j %j', (given, environment) => {
    settings(given, environment);
  });

  test.each<[GivenOptions, Record<string, string>]>([
    [{ identity: 'client', identityResourceId: '/subscriptions/x' }, {}],
    [{ identityObjectId: 'object', identityResourceId: '/subscriptions/x' }, {}],
    [{ identityObjectId: 'object' }, { AZURE_CLIENT_ID: 'client' }],
  ])('never two: %j %j', (given, environment) => {
    expect(() => settings(given, environment)).toThrow(
      expect.objectContaining({
        code: 'InvalidOption',
        hint: expect.stringContaining('--identity'),
      }),
    );
  });
});

describe('a redaction format', () => {
  test.each(['[{type}]', '*{len}', '{TYPE}{len}', '{Type}', '---'])('may be %s', (format) => {
    expect(settings({ redactionFormat: format }).redactionFormat).toBe(format);
  });

  test.each(['', '{type}{type}', '{name}', '{}', '[{types}]', '[{type', 'type}'])(
    'may not be %j',
    (format) => {
      expect(() => settings({ redactionFormat: format })).toThrow(
        expect.objectContaining({ code: 'InvalidOption' }),
      );
    },
  );
});

describe('run state', () => {
  test.each([
    ['https://storage.test/source/state', 'LocationsOverlap'],
    ['https://STORAGE.test:443/source', 'LocationsOverlap'],
    ['https://storage.test/target', 'LocationsOverlap'],
    ['https://storage.test/target/out/state', 'LocationsOverlap'],
    ['http://storage.test/state', 'InsecureUrl'],
    ['https://storage.test/state?sig=x', 'SecretInUrl'],
  ])('in %s is refused as %s', (state, code) => {
    expect(() => settings({ state })).toThrow(expect.objectContaining({ code, exitCode: 2 }));
  });

  test('may be in a container, beside the target too', () => {
    expect(settings({ state: 'https://storage.test/target/other' }).state).toEqual({
      kind: 'container',
      location: 'https://storage.test/target',
      prefix: 'other/',
    });
    expect(settings({ state: 'runs' }).state).toEqual({ kind: 'folder', path: resolve('runs') });
  });
});
