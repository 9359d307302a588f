import { describe, expect, test } from 'vitest';
import { DeidBatchError } from '../../src/errors/deid-batch-error.ts';
import { chooseOptions, type OptionSources, readOptions } from '../../src/options/resolve.ts';
import {
  flagOf,
  OPTION_KEYS,
  type OptionKey,
  specOf,
  variableOf,
} from '../../src/options/specs.ts';

const REQUIRED = {
  source: 'https://storage.test/source',
  target: 'https://storage.test/target',
  service: 'https://service.test',
  pattern: ['**'],
};

const choose = (sources: Partial<OptionSources>) =>
  chooseOptions({ flags: {}, environment: {}, file: {}, ...sources });

const read = (flags: OptionSources['flags'], others: Partial<OptionSources> = {}) =>
  readOptions(choose({ flags: { ...REQUIRED, ...flags }, ...others }));

function thrownBy(act: () => unknown): DeidBatchError {
  try {
    act();
  } catch (error) {
    if (error instanceof DeidBatchError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

describe('an option comes from the flag before the environment before the file before the default', () => {
  test.each(OPTION_KEYS)('%s', (key) => {
    const flags = { [key]: 'of the flag' };
    const environment = { [variableOf(key)]: 'of the environment' };
    const file = { [key]: 'of the file' };
    const fallback = specOf(key).default;

    expect(choose({ flags, environment, file }).get(key)).toEqual({
      given: 'of the flag',
      origin: 'flag',
    });
    expect(choose({ environment, file }).get(key)).toEqual({
      given: 'of the environment',
      origin: 'environment',
    });
    expect(choose({ file }).get(key)).toEqual({ given: 'of the file', origin: 'file' });
    expect(choose({}).get(key)).toEqual(
      fallback === undefined ? undefined : { given: fallback, origin: 'default' },
    );
  });

  test('a flag that says no still wins', () => {
    const options = choose({
      flags: { allowEmpty: false },
      environment: { DEID_BATCH_ALLOW_EMPTY: 'true' },
    });
    expect(options.get('allowEmpty')).toEqual({ given: false, origin: 'flag' });
  });

  test('an empty variable gives nothing', () => {
    const options = choose({
      environment: { DEID_BATCH_OPERATION: '' },
      file: { operation: 'tag' },
    });
    expect(options.get('operation')).toEqual({ given: 'tag', origin: 'file' });
  });
});

describe('some options have a variable that others use as well', () => {
  test.each<[OptionKey, string, string]>([
    ['service', 'DEID_ENDPOINT', 'DEID_BATCH_SERVICE'],
    ['identity', 'AZURE_CLIENT_ID', 'DEID_BATCH_IDENTITY'],
  ])('%s: %s, after %s and before the file', (key, shared, own) => {
    const file = { [key]: 'of the file' };
    expect(choose({ environment: { [shared]: 'shared' }, file }).get(key)).toEqual({
      given: 'shared',
      origin: 'environment',
    });
    expect(choose({ environment: { [shared]: 'shared', [own]: 'own' } }).get(key)?.given).toBe(
      'own',
    );
    expect(
      choose({ flags: { [key]: 'flag' }, environment: { [shared]: 'shared' } }).get(key)?.given,
    ).toBe('flag');
  });
});

test('flag and variable are named after the option', () => {
  expect(flagOf('maxDocsPerBatch')).toBe('--max-docs-per-batch');
  expect(variableOf('maxDocsPerBatch')).toBe('DEID_BATCH_MAX_DOCS_PER_BATCH');
});

test('every option has a line of help, and its default is a value that it takes', () => {
  const values = read({});
  for (const key of OPTION_KEYS) expect(specOf(key).description).not.toBe('');
  expect(values).toMatchObject({
    exclude: [],
    modifiedSince: 0,
    maxBytes: 2_000_000,
    operation: 'surrogate',
    surrogateLocale: 'en-US',
    inputLocale: 'en-US',
    maxDocsPerBatch: 10_000,
    overwrite: 'never',
    concurrency: 4,
    requestsPerSecond: 15,
    timeout: Number.POSITIVE_INFINITY,
    identity: 'system',
    auth: 'managed-identity',
    state: '.deid-batch',
    allowEmpty: false,
  });
});

test('all options that are missing are named at once', () => {
  const error = thrownBy(() => readOptions(choose({ flags: { target: REQUIRED.target } })));
  expect(error).toMatchObject({ code: 'MissingOption', exitCode: 2 });
  expect(error.message).toBe('Missing: --source, --service, --pattern.');
  expect(error.hint).toMatch(/DEID_BATCH_SOURCE, DEID_BATCH_SERVICE, DEID_BATCH_PATTERN/);
});

describe('a value is read from text as from the library', () => {
  test.each<[OptionKey, unknown, unknown]>([
    ['pattern', 'a\nb\n', ['a', 'b']],
    ['pattern', ['a', 'b'], ['a', 'b']],
    ['maxBytes', '500KB', 500_000],
    ['maxBytes', '2MB', 2_000_000],
    ['maxBytes', '7', 7],
    ['maxBytes', 7, 7],
    ['maxDocsPerBatch', '20', 20],
    ['concurrency', 1_000, 1_000],
    ['timeout', '90s', 90_000],
    ['timeout', '10m', 600_000],
    ['timeout', '2h', 7_200_000],
    ['timeout', '30d', 2_592_000_000],
    ['timeout', '5ms', 5],
    ['timeout', 5, 5],
    ['modifiedSince', '2026-01-31', Date.UTC(2026, 0, 31)],
    ['modifiedSince', '2026-01-31T08:00:00Z', Date.UTC(2026, 0, 31, 8)],
    ['modifiedSince', '2026-01-31T08:00:00.5+01:00', Date.UTC(2026, 0, 31, 7, 0, 0, 500)],
    ['modifiedSince', '2024-02-29', Date.UTC(2024, 1, 29)],
    ['modifiedSince', new Date(5), 5],
    ['allowEmpty', 'true', true],
    ['allowEmpty', '1', true],
    ['allowEmpty', 'false', false],
    ['allowEmpty', '0', false],
    ['operation', 'redact', 'redact'],
  ])('%s: %j', (key, given, value) => {
    expect(read({ [key]: given })[key]).toEqual(value);
  });
});

describe('a bad value is refused with what the option takes, and never repeated', () => {
  test.each<[OptionKey, unknown]>([
    ['source', 4217],
    ['source', null],
    ['pattern', 4217],
    ['pattern', ['a', 4217]],
    ['pattern', { glob: 'secret4217' }],
    ['exclude', [null]],
    ['modifiedSince', 'secret4217'],
    ['modifiedSince', '2026-02-30'],
    ['modifiedSince', '2026-13-01'],
    ['modifiedSince', '2023-02-29'],
    ['modifiedSince', '2026-01-31T08:00:00'],
    ['modifiedSince', '2026-01-31T25:00:00Z'],
    ['modifiedSince', '4217'],
    ['modifiedSince', 4217],
    ['modifiedSince', new Date(Number.NaN)],
    ['maxBytes', '4217KiB'],
    ['maxBytes', '2.4217MB'],
    ['maxBytes', 0],
    ['maxBytes', '0'],
    ['maxBytes', 2_004_217],
    ['maxBytes', '3MB'],
    ['maxBytes', 4_217.5],
    ['operation', 'secret4217'],
    ['operation', 'Surrogate'],
    ['operation', ''],
    ['surrogateLocale', 'secret4217'.repeat(4)],
    ['inputLocale', 'secret4217 en'],
    ['redactionFormat', 'secret4217secret4217'],
    ['maxDocsPerBatch', '0'],
    ['maxDocsPerBatch', '-4217'],
    ['maxDocsPerBatch', '4217.0'],
    ['maxDocsPerBatch', '0x4217'],
    ['maxDocsPerBatch', ' 4217'],
    ['maxDocsPerBatch', Number.NaN],
    ['maxDocsPerBatch', Number.POSITIVE_INFINITY],
    ['overwrite', 'secret4217'],
    ['overwrite', true],
    ['concurrency', 4217],
    ['concurrency', 'secret4217'],
    ['requestsPerSecond', 0],
    ['timeout', 'secret4217'],
    ['timeout', '4217'],
    ['timeout', '0s'],
    ['timeout', '-4217s'],
    ['timeout', '4217 s'],
    ['timeout', '4217w'],
    ['timeout', 0],
    ['timeout', -4217],
    ['auth', 'secret4217'],
    ['allowEmpty', 'secret4217'],
    ['allowEmpty', 4217],
    ['allowEmpty', 'yes'],
    ['groupBy', 'secret4217'.repeat(101)],
    ['logLevel', 'secret4217'],
  ])('%s: %j', (key, given) => {
    const error = thrownBy(() => read({ [key]: given }));
    expect(error).toMatchObject({ code: 'InvalidOption', exitCode: 2 });
    expect(error.message).toContain(flagOf(key));
    expect(error.hint).toMatch(/^It takes (a |one of |bytes |text|true )/);
    expect(`${error.message} ${error.hint}`).not.toMatch(/4217|KiB|-02-30|-13-/);
  });

  test('and where it came from', () => {
    const messageOf = (sources: Partial<OptionSources>) =>
      thrownBy(() => read({}, sources)).message;
    expect(messageOf({ environment: { DEID_BATCH_CONCURRENCY: 'x' } })).toMatch(/environment/);
    expect(messageOf({ file: { concurrency: 'x' } })).toMatch(/configuration file/);
  });
});
