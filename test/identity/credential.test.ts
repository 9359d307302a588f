import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isDeidBatchError } from '../../src/errors/deid-batch-error.ts';
import { createCredential, type IdentityOptions } from '../../src/identity/credential.ts';
import { explainCredential } from '../../src/identity/explained-credential.ts';

/** What the identity endpoint answers; the credential reads its address once for each process. */
let answer: { status: number; body: unknown } = { status: 500, body: {} };
const asked: URLSearchParams[] = [];

const server = createServer((request, response) => {
  asked.push(new URL(request.url ?? '', 'http://127.0.0.1').searchParams);
  response.writeHead(answer.status, { 'content-type': 'application/json' });
  response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  process.env.IDENTITY_ENDPOINT = `http://127.0.0.1:${port}/msi/token`;
  process.env.IDENTITY_HEADER = 'a-secret-header';
});
afterAll(() => {
  delete process.env.IDENTITY_ENDPOINT;
  delete process.env.IDENTITY_HEADER;
  server.close();
});

const SYSTEM: IdentityOptions = {
  auth: 'managed-identity',
  identity: 'system',
  identityResourceId: '',
  identityObjectId: '',
};

const payload = Buffer.from(JSON.stringify({ oid: 'object-id-1' })).toString('base64url');
const TOKEN = `aGVhZGVy.${payload}.c2lnbmF0dXJl`;
const GOOD = {
  access_token: TOKEN,
  expires_on: String(Math.floor(Date.now() / 1000) + 3600),
  resource: 'r',
  token_type: 'Bearer',
};

const getToken = (options: Partial<IdentityOptions> = {}, scope = 'https://deid.azure.com') => {
  const credential = explainCredential(createCredential({ ...SYSTEM, ...options }));
  return credential.getToken(`${scope}/.default`).then((token) => ({ token, credential }));
};

async function failureOf(call: Promise<unknown>) {
  const error = await call.catch((failure: unknown) => failure);
  if (!isDeidBatchError(error)) throw new Error(`no error of ours: ${String(error)}`);
  return error;
}

describe('an identity endpoint that refuses', () => {
  test.each([
    [400, { statusCode: 400, message: 'No User Assigned or Delegated Managed Identity found' }],
    [401, { statusCode: 401, message: 'The X-IDENTITY-HEADER header is wrong: a-secret-header' }],
    [403, { message: 'forbidden' }],
    [500, { message: 'internal' }],
  ])('with %i is TokenRefused, and what it said stays out', async (status, body) => {
    answer = { status, body };
    const error = await failureOf(getToken());
    expect(error).toMatchObject({ code: 'TokenRefused', exitCode: 4 });
    expect(error.message).toContain(`HTTP ${status}`);
    expect(error.message + error.hint).not.toContain('a-secret-header');
    expect(error.hint).toContain('--identity');
  });
});

describe('an identity endpoint that answers nonsense', () => {
  test.each([
    ['no JSON', '<html>'],
    ['no token', {}],
  ])('%s is an error of access', async (_, body) => {
    answer = { status: 200, body };
    const error = await failureOf(getToken());
    expect(error.exitCode).toBe(4);
  });
});

describe('the identity that is asked for', () => {
  test.each([
    ['the system-assigned one', {}, {}],
    ['a client id', { identity: 'client-1' }, { client_id: 'client-1' }],
    [
      'a resource id',
      { identityResourceId: '/subscriptions/1' },
      { mi_res_id: '/subscriptions/1' },
    ],
    ['an object id', { identityObjectId: 'object-1' }, { object_id: 'object-1' }],
  ])('is %s', async (which, options, query) => {
    answer = { status: 200, body: GOOD };
    asked.length = 0;
    const { token, credential } = await getToken(options, `https://${which.replaceAll(' ', '-')}`);
    expect(token?.token).toBe(TOKEN);
    expect(credential.describe()).toBe('the identity with object id object-id-1');
    expect(credential.describe()).not.toContain(TOKEN);
    const sent = Object.fromEntries(asked[0] ?? []);
    const selectors = ['client_id', 'mi_res_id', 'principal_id', 'object_id', 'msi_res_id'];
    const chosen = Object.entries(sent).filter(([name]) => selectors.includes(name));
    expect(Object.fromEntries(chosen)).toEqual(query);
  });
});
