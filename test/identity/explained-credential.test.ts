import { expect, test } from 'vitest';
import { isDeidBatchError } from '../../src/errors/deid-batch-error.ts';
import { createCredential } from '../../src/identity/credential.ts';
import { explainCredential } from '../../src/identity/explained-credential.ts';

test('a machine without an identity endpoint says so, in bounded time', async () => {
  for (const name of ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER', 'MSI_ENDPOINT']) {
    delete process.env[name];
  }
  // Where the instance metadata service would be; nobody answers on this port.
  process.env.AZURE_POD_IDENTITY_AUTHORITY_HOST = 'http://127.0.0.1:1';
  const credential = explainCredential(
    createCredential({
      auth: 'managed-identity',
      identity: 'system',
      identityResourceId: '',
      identityObjectId: '',
    }),
    'managed-identity',
  );
  const error = await credential
    .getToken('https://deid.azure.com/.default')
    .catch((e: unknown) => e);
  if (!isDeidBatchError(error)) throw error;
  expect(error).toMatchObject({ code: 'IdentityUnavailable', exitCode: 4 });
  expect(error.hint).toContain('--auth');
});

test('a credential that gives nothing is TokenRefused', async () => {
  const credential = explainCredential({ getToken: async () => null });
  await expect(credential.getToken('s')).rejects.toMatchObject({ code: 'TokenRefused' });
});

test('an abort stays an abort', async () => {
  const abort = new DOMException('stop', 'AbortError');
  const credential = explainCredential({ getToken: () => Promise.reject(abort) });
  await expect(credential.getToken('s')).rejects.toBe(abort);
});

test.each(['opaque', 'a.b.c', 'a.e30.c', ''])(
  'a token that cannot be read, %s, names nobody and harms nothing',
  async (token) => {
    const credential = explainCredential({
      getToken: async () => ({ token, expiresOnTimestamp: 1 }),
    });
    expect(credential.describe()).toBe('the identity');
    await credential.getToken('s');
    expect(credential.describe()).toBe('the identity');
  },
);
