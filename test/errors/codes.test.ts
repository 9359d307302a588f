import { expect, test } from 'vitest';
import { ERROR_CODES, type ErrorCode, EXIT } from '../../src/errors/codes.ts';
import { DeidBatchError, isDeidBatchError } from '../../src/errors/deid-batch-error.ts';

const CODES = Object.keys(ERROR_CODES) as ErrorCode[];

test('the exit codes are those that scripts rely on', () => {
  expect(EXIT).toEqual({
    complete: 0,
    internal: 1,
    usage: 2,
    nothingMatched: 3,
    access: 4,
    findings: 5,
    drift: 6,
    brake: 7,
    unfinished: 75,
    interrupted: 130,
    terminated: 143,
  });
});

test('every error code has one exit code, which is not success, and a line that says when', () => {
  expect(CODES.length).toBeGreaterThan(40);
  const exits = new Set<number>(Object.values(EXIT));
  for (const code of CODES) {
    const [exit, when] = ERROR_CODES[code];
    expect(exits.has(exit), code).toBe(true);
    expect(exit, code).not.toBe(EXIT.complete);
    expect(when, code).toMatch(/^[a-z].*[^.]$/);
    expect(new DeidBatchError(code, 'message').exitCode).toBe(exit);
  }
});

test.each<[ErrorCode, number]>([
  ['InternalError', 1],
  ['UnknownFlag', 2],
  ['InvalidOption', 2],
  ['NotExact', 2],
  ['StateUnusable', 2],
  ['NothingMatched', 3],
  ['IdentityUnavailable', 4],
  ['TokenRefused', 4],
  ['StorageAccessDenied', 4],
  ['ContainerNotFound', 4],
  ['HostNotFound', 4],
  ['CertificateNotTrusted', 4],
  ['Drift', 6],
  ['ServiceUnavailable', 75],
  ['SubmissionUnknown', 75],
  ['TimedOut', 75],
  ['Interrupted', 130],
  ['Terminated', 143],
])('%s exits with %i', (code, exit) => {
  expect(ERROR_CODES[code][0]).toBe(exit);
});

test('an error carries its code, its hint and what caused it', () => {
  const cause = new Error('below');
  const error = new DeidBatchError('Drift', 'It changed.', { hint: 'Plan again.', cause });
  expect(error).toMatchObject({
    name: 'DeidBatchError',
    code: 'Drift',
    message: 'It changed.',
    hint: 'Plan again.',
    exitCode: 6,
  });
  expect(error.cause).toBe(cause);
  expect('cause' in new DeidBatchError('Drift', 'It changed.')).toBe(false);
});

test('an error is recognised by its code', () => {
  const error: unknown = new DeidBatchError('Drift', 'It changed.');
  expect(isDeidBatchError(error)).toBe(true);
  expect(isDeidBatchError(error, 'NotExact', 'Drift')).toBe(true);
  expect(isDeidBatchError(error, 'NotExact')).toBe(false);
  expect(isDeidBatchError(Object.assign(new Error(), { code: 'Drift' }))).toBe(false);
  expect(isDeidBatchError(undefined)).toBe(false);
});
