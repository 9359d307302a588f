import { describe, expect, test } from 'vitest';
import { parseContainer, parseEndpoint, parseLocation } from '../../src/options/location.ts';

const ACCOUNT = 'https://account.blob.core.windows.net';

describe('a location is put into one form', () => {
  test.each([
    ['plain', `${ACCOUNT}/notes`, `${ACCOUNT}/notes`, ''],
    ['a slash at the end', `${ACCOUNT}/notes/`, `${ACCOUNT}/notes`, ''],
    ['the case of the host', 'HTTPS://Account.BLOB.core.windows.net/notes', `${ACCOUNT}/notes`, ''],
    ['the default port', 'https://account.blob.core.windows.net:443/notes', `${ACCOUNT}/notes`, ''],
    ['spaces around it', `  ${ACCOUNT}/notes `, `${ACCOUNT}/notes`, ''],
    ['another port', 'https://h.test:8443/notes', 'https://h.test:8443/notes', ''],
    ['a prefix', `${ACCOUNT}/notes/a/b`, `${ACCOUNT}/notes`, 'a/b/'],
    ['a prefix with a slash', `${ACCOUNT}/notes/a/b/`, `${ACCOUNT}/notes`, 'a/b/'],
    ['an encoded prefix', `${ACCOUNT}/notes/a%20b/%C3%A9`, `${ACCOUNT}/notes`, 'a b/\u00e9/'],
    ['a prefix as it is written', `${ACCOUNT}/notes/a b/\u00e9`, `${ACCOUNT}/notes`, 'a b/\u00e9/'],
    ['an encoded percent sign', `${ACCOUNT}/notes/a%2520b`, `${ACCOUNT}/notes`, 'a%20b/'],
    ['the case of a prefix', `${ACCOUNT}/notes/A`, `${ACCOUNT}/notes`, 'A/'],
    ['the root container', `${ACCOUNT}/$root/a`, `${ACCOUNT}/$root`, 'a/'],
    [
      'the account in the path, where the host is an address',
      'https://127.0.0.1:10000/account/notes/a',
      'https://127.0.0.1:10000/account/notes',
      'a/',
    ],
    ['of IPv6 as well', 'https://[::1]:1/account/notes', 'https://[::1]:1/account/notes', ''],
    [
      'and of localhost',
      'https://localhost:1/account/notes/',
      'https://localhost:1/account/notes',
      '',
    ],
  ])('%s', (_, text, location, prefix) => {
    expect(parseLocation(text, '--target')).toEqual({ location, prefix });
  });

  test('a source has no prefix, since patterns choose the blobs', () => {
    expect(parseContainer(`${ACCOUNT}/notes/`, '--source')).toBe(`${ACCOUNT}/notes`);
    expect(() => parseContainer(`${ACCOUNT}/notes/a`, '--source')).toThrow(
      expect.objectContaining({ code: 'InvalidUrl', hint: expect.stringContaining('--pattern') }),
    );
  });

  test.each([
    ['https://Service.test', 'https://service.test'],
    ['https://service.test:443/', 'https://service.test'],
    ['https://127.0.0.1:8443', 'https://127.0.0.1:8443'],
  ])('an endpoint: %s', (text, endpoint) => {
    expect(parseEndpoint(text, '--service')).toBe(endpoint);
  });
});

describe('a location that cannot be used is refused, and not repeated', () => {
  test.each([
    // A secret counts before anything else that is wrong.
    ['SecretInUrl', `${ACCOUNT}/notes?sv=2024-01-01&sig=hunter2`],
    ['SecretInUrl', `${ACCOUNT}/notes?SIG=hunter2`],
    ['SecretInUrl', 'http://account.test/notes?sig=hunter2'],
    ['SecretInUrl', `https://user:hunter2@account.test/notes`],
    ['SecretInUrl', `https://hunter2@account.test/notes`],
    ['SecretInUrl', 'http://user:hunter2@account.test/notes'],
    ['SecretInUrl', 'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=hunter2=='],
    ['SecretInUrl', 'BlobEndpoint=https://a.test/;SharedAccessSignature=sv=1&sig=hunter2'],
    ['InsecureUrl', 'http://hunter2.test/notes'],
    ['InsecureUrl', 'HTTP://hunter2.test/notes'],
    ['InvalidUrl', 'ftp://hunter2.test/notes'],
    ['InvalidUrl', 'file:///hunter2/notes'],
    ['InvalidUrl', 'hunter2'],
    ['InvalidUrl', 'hunter2.blob.core.windows.net/notes'],
    ['InvalidUrl', ''],
    ['InvalidUrl', 'https://'],
    ['InvalidUrl', 'https:///'],
    ['InvalidUrl', 'https://hunter2 test/notes'],
    ['InvalidUrl', 'https://hunter2.test:port/notes'],
    ['InvalidUrl', `${ACCOUNT}/notes?hunter2=1`],
    ['InvalidUrl', `${ACCOUNT}/notes#hunter2`],
    ['InvalidUrl', ACCOUNT],
    ['InvalidUrl', `${ACCOUNT}/`],
    ['InvalidUrl', `${ACCOUNT}//hunter2`],
    ['InvalidUrl', `${ACCOUNT}/Hunter2`],
    ['InvalidUrl', `${ACCOUNT}/hunter2--x`],
    ['InvalidUrl', `${ACCOUNT}/-hunter2`],
    ['InvalidUrl', `${ACCOUNT}/h2`],
    ['InvalidUrl', `${ACCOUNT}/${'hunter2'.repeat(10)}`],
    ['InvalidUrl', `${ACCOUNT}/notes/hunter2%ff`],
    ['InvalidUrl', 'https://127.0.0.1:10000/hunter2'],
  ])('%s: %s', (code, text) => {
    const error = (() => {
      try {
        return parseLocation(text, '--target');
      } catch (failure) {
        return failure;
      }
    })();
    expect(error).toMatchObject({ code, exitCode: 2 });
    const { message, hint } = error as { message: string; hint?: string };
    expect(message).toMatch(/^--target /);
    expect(`${message} ${hint}`).not.toMatch(/hunter2/i);
  });

  test.each([
    ['SecretInUrl', 'https://service.test?sig=hunter2'],
    ['InsecureUrl', 'http://service.test'],
    ['InvalidUrl', 'https://service.test/hunter2'],
    ['InvalidUrl', 'service.test'],
  ])('an endpoint, %s: %s', (code, text) => {
    expect(() => parseEndpoint(text, '--service')).toThrow(expect.objectContaining({ code }));
    expect(() => parseEndpoint(text, '--service')).not.toThrow(/hunter2/);
  });
});
