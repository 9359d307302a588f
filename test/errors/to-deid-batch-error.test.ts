import { expect, test } from 'vitest';
import { DeidBatchError } from '../../src/errors/deid-batch-error.ts';
import { toDeidBatchError } from '../../src/errors/to-deid-batch-error.ts';

test('an error of ours stays as it is', () => {
  const error = new DeidBatchError('Drift', 'It changed.');
  expect(toDeidBatchError(error)).toBe(error);
});

test.each([
  ['TypeError', new TypeError('hunter2')],
  ['string', 'hunter2'],
  ['undefined', undefined],
  ['object', { hunter2: 1 }],
])('any other is a bug, and its text stays in the cause: %s', (kind, thrown) => {
  const error = toDeidBatchError(thrown);
  expect(error).toMatchObject({ code: 'InternalError', exitCode: 1, hint: expect.any(String) });
  expect(error.message).toContain(kind);
  expect(`${error.message} ${error.hint}`).not.toContain('hunter2');
  expect(error.cause).toBe(thrown);
});
