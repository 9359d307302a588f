import { describe, expect, test } from 'vitest';
import {
  chooseApiVersion,
  composeJobBody,
  type JobOptions,
} from '../../src/service/compose-job-body.ts';

const LOCATIONS = {
  source: { location: 'https://storage.test/source', prefix: 'a/', extensions: ['*'] },
  target: { location: 'https://storage.test/target', prefix: 'b/', overwrite: false },
};

const OPTIONS: JobOptions = {
  operation: 'surrogate',
  surrogateLocale: 'en-US',
  inputLocale: 'en-US',
  redactionFormat: '[{type}]',
};

describe('each operation takes its own customisation along', () => {
  test.each<[Partial<JobOptions>, string, object | undefined]>([
    [{ operation: 'surrogate' }, 'Surrogate', { surrogateLocale: 'en-US' }],
    [{ operation: 'redact' }, 'Redact', { redactionFormat: '[{type}]' }],
    [{ operation: 'tag' }, 'Tag', undefined],
    [{ operation: 'tag', inputLocale: 'fr-FR' }, 'Tag', { inputLocale: 'fr-FR' }],
    [
      { operation: 'surrogate', surrogateLocale: 'fr-CA', inputLocale: 'fr-FR' },
      'Surrogate',
      { surrogateLocale: 'fr-CA', inputLocale: 'fr-FR' },
    ],
    [
      { operation: 'redact', redactionFormat: '*{len}', surrogateLocale: 'fr-CA' },
      'Redact',
      { redactionFormat: '*{len}' },
    ],
  ])('%j', (options, operation, customizations) => {
    expect(JSON.parse(composeJobBody({ ...OPTIONS, ...options }, LOCATIONS))).toEqual({
      sourceLocation: LOCATIONS.source,
      targetLocation: LOCATIONS.target,
      operation,
      ...(customizations ? { customizations } : {}),
    });
  });
});

test('the same input gives the same bytes', () => {
  const body = composeJobBody(OPTIONS, LOCATIONS);
  expect(composeJobBody({ ...OPTIONS }, structuredClone(LOCATIONS))).toBe(body);
});

test('only another input locale needs the preview of the service', () => {
  expect(chooseApiVersion(OPTIONS)).toBe('2024-11-15');
  expect(chooseApiVersion({ ...OPTIONS, surrogateLocale: 'fr-CA' })).toBe('2024-11-15');
  expect(chooseApiVersion({ ...OPTIONS, inputLocale: 'fr-FR' })).toBe('2025-07-15-preview');
});
