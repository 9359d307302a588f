import { expect, test } from 'vitest';
import { explainCredential } from '../../src/identity/explained-credential.ts';

const silent = { getToken: () => new Promise<never>(() => {}) };

test('a wait for a token ends when it is aborted, though the endpoint is silent', async () => {
  const stopping = new AbortController();
  const token = explainCredential(silent, 'given').getToken('scope', {
    abortSignal: stopping.signal,
  });
  stopping.abort();
  await expect(token).rejects.toMatchObject({ name: 'AbortError' });
});

test('a wait for a token that was aborted before does not begin', async () => {
  const token = explainCredential(silent, 'given').getToken('scope', {
    abortSignal: AbortSignal.abort(),
  });
  await expect(token).rejects.toMatchObject({ name: 'AbortError' });
});
