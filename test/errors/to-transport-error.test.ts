import { describe, expect, test } from 'vitest';
import { toTransportError } from '../../src/errors/to-transport-error.ts';

const STORAGE = { kind: 'storage', host: 'account.test' } as const;
const SERVICE = { kind: 'service', host: 'service.test' } as const;

const withCode = (code: unknown, cause?: unknown) =>
  Object.assign(new Error('hunter2', cause === undefined ? {} : { cause }), { code });

describe('a failed connection is told by its system error code', () => {
  test.each([
    ['ENOTFOUND', 'HostNotFound', 'HostNotFound'],
    ['EAI_AGAIN', 'HostNotFound', 'HostNotFound'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'CertificateNotTrusted', 'CertificateNotTrusted'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'CertificateNotTrusted', 'CertificateNotTrusted'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'CertificateNotTrusted', 'CertificateNotTrusted'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'CertificateNotTrusted', 'CertificateNotTrusted'],
    ['INVALID_PURPOSE', 'CertificateNotTrusted', 'CertificateNotTrusted'],
    ['CERT_HAS_EXPIRED', 'CertificateNotTrusted', 'CertificateNotTrusted'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'CertificateNotTrusted', 'CertificateNotTrusted'],
    ['ECONNREFUSED', 'StorageUnavailable', 'ServiceUnavailable'],
    ['ECONNRESET', 'StorageUnavailable', 'ServiceUnavailable'],
    ['ETIMEDOUT', 'StorageUnavailable', 'ServiceUnavailable'],
    ['EPROTO', 'StorageUnavailable', 'ServiceUnavailable'],
  ])('%s', (system, ofStorage, ofService) => {
    const cause = withCode(system);
    const error = toTransportError(cause, STORAGE);
    expect(error).toMatchObject({ code: ofStorage, hint: expect.any(String) });
    expect(error.message).toContain('account.test');
    expect(error.message).toContain(`(${system})`);
    expect(error.message).not.toContain('hunter2');
    expect(error.cause).toBe(cause);
    expect(toTransportError(cause, SERVICE).code).toBe(ofService);
  });
});

test('the code may lie in what caused the error', () => {
  const wrapped = withCode('REQUEST_SEND_ERROR', withCode(undefined, withCode('ENOTFOUND')));
  expect(toTransportError(wrapped, STORAGE).code).toBe('HostNotFound');
  // As the attempts on several addresses of one host end.
  const all = Object.assign(new AggregateError([withCode('ECONNREFUSED')]), {
    code: 'ECONNREFUSED',
  });
  expect(toTransportError(all, SERVICE).message).toContain('(ECONNREFUSED)');
});

test.each([
  ['no code', new Error('hunter2')],
  ['a number', withCode(11001)],
  ['a text', withCode('not a code: hunter2')],
  ['no error', 'hunter2'],
])('without a code it does not answer: %s', (_, thrown) => {
  const error = toTransportError(thrown, SERVICE);
  expect(error.code).toBe('ServiceUnavailable');
  expect(error.message).toBe('The service at service.test does not answer.');
});

test('a cause that is its own cause ends', () => {
  const circular = new Error('round');
  circular.cause = circular;
  expect(toTransportError(circular, SERVICE).code).toBe('ServiceUnavailable');
});
