import { describe, expect, test } from 'vitest';
import { parseJob } from '../../src/wire/job.ts';
import { WireFormatError } from '../../src/wire/wire-format-error.ts';

const MINIMAL = {
  name: 'job-1',
  sourceLocation: { location: 'https://storage.test/source' },
  targetLocation: { location: 'https://storage.test/target' },
  status: 'NotStarted',
  createdAt: '2026-11-21T09:30:15.1234567Z',
  lastUpdatedAt: '2026-11-21T09:30:15.1234567Z',
};

const DEFAULTS = {
  ...MINIMAL,
  sourceLocation: { location: 'https://storage.test/source', prefix: '', extensions: ['*'] },
  targetLocation: { location: 'https://storage.test/target', prefix: '', overwrite: false },
  operation: 'Surrogate',
  customizations: {},
};

const FULL = {
  ...DEFAULTS,
  sourceLocation: { location: 'https://storage.test/source', prefix: 'a', extensions: ['.txt'] },
  targetLocation: { location: 'https://storage.test/target', prefix: 'b', overwrite: true },
  operation: 'Redact',
  customizations: { redactionFormat: 'X', surrogateLocale: 'en-US', inputLocale: 'fr-FR' },
  status: 'Failed',
  error: { code: 'EmptyJob', message: 'No documents.', target: 't', details: [] },
  summary: { successful: 1, failed: 2, canceled: 3, total: 6, bytesProcessed: 7 },
  startedAt: '2026-11-21T09:30:16Z',
};

test('a job is read with everything that it has', () => {
  expect(parseJob(FULL)).toEqual(FULL);
});

test('what is absent has its default', () => {
  expect(parseJob(MINIMAL)).toEqual(DEFAULTS);
});

test('what is null is absent', () => {
  const nulls = {
    ...MINIMAL,
    sourceLocation: { location: 'https://storage.test/source', prefix: null, extensions: null },
    targetLocation: { location: 'https://storage.test/target', prefix: null, overwrite: null },
    operation: null,
    error: null,
    summary: null,
    startedAt: null,
  };
  for (const customizations of [
    null,
    { redactionFormat: null, surrogateLocale: null, inputLocale: null },
  ]) {
    expect(parseJob({ ...nulls, customizations })).toEqual(DEFAULTS);
  }
  const summary = { successful: 0, failed: 0, canceled: 0, total: 1, bytesProcessed: null };
  expect(parseJob({ ...MINIMAL, summary }).summary?.bytesProcessed).toBe(0);
});

test('what is not known is left out, what is not closed is kept', () => {
  const job = parseJob({ ...MINIMAL, status: 'Paused', operation: 'SurrogateOnly', later: 1 });
  expect(job).toEqual({ ...DEFAULTS, status: 'Paused', operation: 'SurrogateOnly' });
});

describe('another shape is refused by the names of its fields', () => {
  test.each<[unknown, string]>([
    [undefined, 'body'],
    [null, 'body'],
    ['hunter2', 'body'],
    [[], 'body'],
    [{ ...MINIMAL, name: undefined }, 'name'],
    [{ ...MINIMAL, name: { hunter2: 1 } }, 'name'],
    [{ ...MINIMAL, status: null }, 'status'],
    [{ ...MINIMAL, createdAt: 5 }, 'createdAt'],
    [{ ...MINIMAL, sourceLocation: 'hunter2' }, 'sourceLocation'],
    [{ ...MINIMAL, sourceLocation: { prefix: 'hunter2' } }, 'sourceLocation.location'],
    [
      { ...MINIMAL, sourceLocation: { location: 'x', extensions: ['hunter2', 5] } },
      'sourceLocation.extensions.1',
    ],
    [
      { ...MINIMAL, targetLocation: { location: 'x', overwrite: 'hunter2' } },
      'targetLocation.overwrite',
    ],
    [{ ...FULL, summary: { ...FULL.summary, total: -1 } }, 'summary.total'],
    [{ ...FULL, summary: { ...FULL.summary, failed: 0.5 } }, 'summary.failed'],
    [{ ...FULL, summary: {} }, 'summary.successful, summary.failed'],
    [{ ...FULL, error: { message: 'hunter2' } }, 'error.code'],
  ])('%j', (body, field) => {
    expect(() => parseJob(body)).toThrow(WireFormatError);
    expect(() => parseJob(body)).toThrow(`a job of an unknown shape (${field}`);
    expect(() => parseJob(body)).not.toThrow(/hunter2/);
  });
});
