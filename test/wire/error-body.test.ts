import { expect, test } from 'vitest';
import { parseErrorBody } from '../../src/wire/error-body.ts';

test('an error is read with its details, however deep', () => {
  const error = {
    code: 'RequestValidationFailed',
    message: 'Invalid.',
    target: 'body',
    details: [{ code: 'A', message: 'B', details: [{ code: 'C', message: 'D' }] }],
  };
  expect(parseErrorBody({ error })).toEqual(error);
});

test('only the code has to be there', () => {
  const error = { code: 'JobNotFound', message: '' };
  expect(parseErrorBody({ error: { code: 'JobNotFound' } })).toEqual(error);
  const nulls = { code: 'JobNotFound', message: null, target: null, details: null };
  expect(parseErrorBody({ error: nulls })).toEqual(error);
});

test.each([
  undefined,
  null,
  '',
  'text',
  [],
  {},
  { error: null },
  { error: {} },
  { error: { code: 5 } },
])('%j holds no error', (body) => {
  expect(parseErrorBody(body)).toBeUndefined();
});
