import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createRunnerIdentities } from '../../src/emulator/default-identities.ts';
import type { EmulatedIdentity } from '../../src/emulator/identities.ts';
import { createIdentityHandler } from '../../src/emulator/identity-endpoint.ts';
import { createTokenAuthority } from '../../src/emulator/tokens.ts';

const identities = createRunnerIdentities();
const [system, user] = identities as [EmulatedIdentity, EmulatedIdentity];
const authority = createTokenAuthority({ identities, clock: systemClock });
const storage = 'https://storage.azure.com';

async function ask(
  query: Record<string, string>,
  { secret = 'secret', known = identities }: { secret?: string; known?: EmulatedIdentity[] } = {},
) {
  const handler = createIdentityHandler({
    authority,
    identities: known,
    secret: 'secret',
    tokenLifetimeMs: 60_000,
  });
  const parameters = new URLSearchParams({
    'api-version': '2019-08-01',
    resource: storage,
    ...query,
  });
  const { status, body } = await handler({
    method: 'GET',
    target: `/msi/token?${parameters}`,
    headers: { 'x-identity-header': secret },
    body: Readable.from([]),
  });
  return { status, body: JSON.parse(String(body)) };
}

describe('the identity endpoint', () => {
  test.each([
    ['none: the system-assigned identity', {}, system],
    ['client_id', { client_id: user.clientId }, user],
    ['mi_res_id, in any case', { mi_res_id: user.resourceId.toUpperCase() }, user],
    ['principal_id', { principal_id: user.objectId }, user],
    ['object_id, its alias', { object_id: user.objectId }, user],
  ])('chooses by %s', async (_, query: Record<string, string>, identity) => {
    const { status, body } = await ask(query);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      resource: storage,
      token_type: 'Bearer',
      client_id: identity.clientId,
    });
    const verdict = authority.verify({
      authorization: `Bearer ${body.access_token}`,
      audiences: [storage],
    });
    expect(verdict).toEqual({ ok: true, identity });
    expect(Number(body.expires_on) * 1000).toBeLessThanOrEqual(Date.now() + 60_000);
  });

  test.each([
    ['an unknown client id', { client_id: 'nobody' }, identities],
    ['the client id of a system-assigned identity', { client_id: system.clientId }, identities],
    ['two ids of different identities', { client_id: user.clientId, object_id: 'x' }, identities],
    ['a system-assigned identity where there is none', {}, [user]],
    ['an unknown resource', { resource: 'https://example.com' }, identities],
    ['another api-version', { 'api-version': '2017-09-01' }, identities],
  ])('answers 400 to %s', async (_, query: Record<string, string>, known) => {
    const { status, body } = await ask(query, { known });
    expect(status).toBe(400);
    expect(body).toMatchObject({ statusCode: 400, message: expect.any(String) });
  });

  test('answers 401 to a wrong header', async () => {
    expect((await ask({}, { secret: 'guess' })).status).toBe(401);
  });
});
