import { readFileSync } from 'node:fs';
import {
  BlobServiceClient,
  type ContainerClient,
  ContainerSASPermissions,
  generateBlobSASQueryParameters,
  type StoragePipelineOptions,
} from '@azure/storage-blob';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import { sendRaw } from './send-raw.ts';

let emulator: Emulator;
let bearer: string;

beforeAll(async () => {
  emulator = await startEmulator({ containers: ['private'] });
  bearer = `Bearer ${await fetchToken('https://storage.azure.com')}`;
  await upload('source', 'note.txt', 'note');
  await upload('private', 'note.txt', 'secret');
});
afterAll(async () => await emulator?.stop());
afterEach(() => emulator.setFaults([]));

async function fetchToken(resource: string, from = emulator): Promise<string> {
  const url = `${from.identityEndpoint}?api-version=2019-08-01&resource=${resource}`;
  const response = await fetch(url, {
    headers: { 'X-IDENTITY-HEADER': from.env.IDENTITY_HEADER ?? '' },
  });
  const { access_token: token } = (await response.json()) as { access_token: string };
  return token;
}

const upload = (container: string, name: string, text: string) =>
  emulator
    .containerClient(container)
    .getBlockBlobClient(name)
    .upload(text, Buffer.byteLength(text));

/** A request of the system-assigned runner, with `path` sent byte by byte. */
function send(
  method: string,
  path: string,
  { headers = {}, body = '' }: { headers?: Record<string, string>; body?: string } = {},
) {
  return sendRaw({
    origin: new URL(emulator.blobEndpoint).origin,
    caFile: emulator.caFile,
    method,
    path: `/devstoreaccount1${path}`,
    headers: {
      authorization: bearer,
      'content-length': String(Buffer.byteLength(body)),
      ...(body ? { 'x-ms-blob-type': 'BlockBlob' } : {}),
      ...headers,
    },
    body,
  });
}

/** The account through the front, as an administrator. */
function openAccount(): BlobServiceClient {
  const pipeline: StoragePipelineOptions & { tlsOptions: { ca: Buffer } } = {
    tlsOptions: { ca: readFileSync(emulator.caFile) },
  };
  return new BlobServiceClient(emulator.blobEndpoint, emulator.adminCredential, pipeline);
}

/** A container through the front, as an administrator. */
function openContainer(name: string): ContainerClient {
  return openAccount().getContainerClient(name);
}

async function listNames(container: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of emulator.containerClient(container).listBlobsFlat())
    names.push(name);
  return names;
}

describe('a role', () => {
  test('of a reader lets read and list', async () => {
    expect(await send('GET', '/source/note.txt')).toMatchObject({ status: 200, body: 'note' });
    expect(await send('HEAD', '/source/note.txt')).toMatchObject({ status: 200, body: '' });
    expect((await send('GET', '/source?restype=container&comp=list')).status).toBe(200);
  });

  test('of a reader lets nothing be written or deleted', async () => {
    for (const method of ['PUT', 'DELETE', 'POST']) {
      expect(await send(method, '/source/new.txt', { body: 'new' })).toMatchObject({
        status: 403,
        headers: { 'x-ms-error-code': 'AuthorizationPermissionMismatch' },
        body: expect.stringContaining('<Code>AuthorizationPermissionMismatch</Code>'),
      });
    }
    expect(await listNames('source')).toEqual(['note.txt']);
  });

  test('of a contributor lets write, read and delete', async () => {
    expect((await send('PUT', '/target/own.txt', { body: 'own' })).status).toBe(201);
    expect((await send('GET', '/target/own.txt')).body).toBe('own');
    expect((await send('DELETE', '/target/own.txt')).status).toBe(202);
  });

  test('holds for its container only', async () => {
    expect((await send('GET', '/private/note.txt')).status).toBe(403);
    expect((await send('GET', '/private%2Fnote.txt')).status).toBe(403);
    expect((await send('GET', '/?comp=list')).status).toBe(403);
    expect((await send('GET', '/../private/note.txt')).status).toBe(403);
  });

  test('takes effect as soon as it is granted', async () => {
    const roles = emulator.identities[0]?.roles ?? [];
    roles.push({ role: 'Storage Blob Data Reader', container: 'private' });
    expect((await send('GET', '/private/note.txt')).body).toBe('secret');
    roles.pop();
    expect((await send('GET', '/private/note.txt')).status).toBe(403);
  });

  test('for the account is needed by requests about the account', async () => {
    expect((await openContainer('brand-new').create())._response.status).toBe(201);
  });
});

test('a path that cannot be decoded is refused', async () => {
  expect((await send('GET', '/source/%E0%A4%A')).headers['x-ms-error-code']).toBe('InvalidUri');
});

describe('a server-side copy', () => {
  const copy = (source: string, headers: Record<string, string> = {}) =>
    send('PUT', '/staging/copy.txt', {
      headers: { 'x-ms-copy-source': source, 'x-ms-requires-sync': 'true', ...headers },
    });

  test('needs the right to read the source', async () => {
    expect((await copy(`${emulator.blobEndpoint}/source/note.txt`)).status).toBe(202);
    expect((await send('GET', '/staging/copy.txt')).body).toBe('note');
    expect(await copy(`${emulator.blobEndpoint}/private/note.txt`)).toMatchObject({
      status: 403,
      headers: { 'x-ms-error-code': 'CannotVerifyCopySource' },
    });
  });

  test('takes the conditions on the source', async () => {
    const stale = { 'x-ms-source-if-match': '"0x1"' };
    expect((await copy(`${emulator.blobEndpoint}/source/note.txt`, stale)).status).toBe(412);
  });

  test('never leaves the account', async () => {
    for (const source of [
      'https://other.blob.core.windows.net/source/note.txt',
      'https://127.0.0.1:1/devstoreaccount1/source/note.txt',
      'nonsense',
    ]) {
      expect((await copy(source)).headers['x-ms-error-code']).toBe('CannotVerifyCopySource');
    }
  });
});

describe('a token', () => {
  test.each([
    ['that is missing', async () => undefined, 'NoAuthenticationInformation', ''],
    ['that is none', async () => 'nonsense', 'InvalidAuthenticationInfo', 'malformed'],
    [
      'for the service',
      () => fetchToken('https://deid.azure.com'),
      'InvalidAuthenticationInfo',
      'Audience validation failed',
    ],
  ])('%s gives 401 and a challenge', async (_, fetchIt, code, detail) => {
    const token = await fetchIt();
    const headers = { authorization: token ? `Bearer ${token}` : '' };
    expect(await send('GET', '/source/note.txt', { headers })).toMatchObject({
      status: 401,
      headers: {
        'www-authenticate': expect.stringMatching(/^Bearer authorization_uri=https:/),
        'x-ms-error-code': code,
      },
      body: expect.stringContaining(detail),
    });
  });
});

test('a shared access signature is left to Azurite, which checks it', async () => {
  const [startsOn, expiresOn] = [new Date(Date.now() - 60_000), new Date(Date.now() + 60_000)];
  const signature = generateBlobSASQueryParameters(
    {
      containerName: 'private',
      permissions: ContainerSASPermissions.parse('r'),
      expiresOn,
      version: '2020-12-06',
    },
    await openAccount().getUserDelegationKey(startsOn, expiresOn),
    'devstoreaccount1',
  );
  const get = (query: string) =>
    sendRaw({
      origin: new URL(emulator.blobEndpoint).origin,
      caFile: emulator.caFile,
      path: `/devstoreaccount1/private/note.txt?${query}`,
    });
  expect((await get(String(signature))).body).toBe('secret');
  expect((await get(String(signature).replace(/sig=.{6}/, 'sig=AAAAAA'))).status).toBe(403);
});

describe('a second emulator', () => {
  let other: Emulator;
  beforeAll(async () => {
    other = await startEmulator({ tokenLifetimeMs: 0 });
  });
  afterAll(async () => await other?.stop());

  test('refuses its own tokens once they have expired', async () => {
    expect(await getFromOther(await fetchToken('https://storage.azure.com', other))).toMatchObject({
      status: 401,
      body: expect.stringContaining('Lifetime validation failed. The token is expired.'),
    });
  });

  test('refuses the tokens of the first and has blobs of its own', async () => {
    expect((await getFromOther(bearer.replace('Bearer ', ''))).body).toContain('Signature');
    expect(await other.containerClient('source').getBlobClient('note.txt').exists()).toBe(false);
    expect(other.requests).not.toBe(emulator.requests);
  });

  const getFromOther = (token: string) =>
    sendRaw({
      origin: new URL(other.blobEndpoint).origin,
      caFile: other.caFile,
      path: '/devstoreaccount1/source/note.txt',
      headers: { authorization: `Bearer ${token}` },
    });
});

describe('what passes through', () => {
  const NAMES: readonly (readonly [path: string, name: string])[] = [
    ['plain.txt', 'plain.txt'],
    ['a%2Fb', 'a/b'],
    ['a%252Fb', 'a%2Fb'],
    ['with%20space', 'with space'],
    ['Fran%C3%A7ois%20%E6%97%A5%E6%9C%AC.txt', 'François 日本.txt'],
    ['e%CC%81', 'e\u0301'],
    ['twice//slashed', 'twice//slashed'],
    ['%2Fleading', '/leading'],
    ['up/../down', 'up/../down'],
    ['dot/./dot', 'dot/./dot'],
    ['hash%23mark', 'hash#mark'],
    ['question%3Fmark', 'question?mark'],
    ['plus+sign', 'plus+sign'],
    ['plus%2Bsign', 'plus+sign'],
    ['percent%25', 'percent%'],
    ["quote'()!*", "quote'()!*"],
  ];

  test.each(NAMES)('is the name %s byte by byte', async (path, name) => {
    const body = `text of ${path}`;
    expect((await send('PUT', `/target/names/${path}`, { body })).status).toBe(201);
    expect((await send('GET', `/target/names/${path}`)).body).toBe(body);
    expect(await listNames('target')).toContain(`names/${name}`);
    expect(emulator.requests.at(-1)?.path).toBe(`/devstoreaccount1/target/names/${path}`);
  });

  test('is a name of the SDK, there and back', async () => {
    const target = openContainer('target');
    for (const name of ['sdk/Müller, #1?+%2F.txt', 'sdk//x y']) {
      await target.getBlockBlobClient(name).upload('sdk', 3);
      expect(String(await target.getBlobClient(name).downloadToBuffer())).toBe('sdk');
      expect(await listNames('target')).toContain(name);
    }
  });

  test('is Azurite’s own answer, metadata in its case included', async () => {
    const headers = { 'x-ms-meta-CamelCase': 'kept' };
    await send('PUT', '/target/meta.txt', { headers, body: 'x' });
    const { rawHeaders } = await send('HEAD', '/target/meta.txt');
    expect(rawHeaders).toContain('x-ms-meta-CamelCase');
    expect(await send('GET', '/target/absent.txt')).toMatchObject({
      status: 404,
      headers: { 'x-ms-error-code': 'BlobNotFound' },
      body: expect.stringContaining('<Code>BlobNotFound</Code>'),
    });
  });

  test('is a large body, both ways', async () => {
    const body = 'deid '.repeat(1_000_000);
    expect((await send('PUT', '/target/large.txt', { body })).status).toBe(201);
    expect((await send('GET', '/target/large.txt')).body.length).toBe(body.length);
  });
});

describe('a fault', () => {
  test('hits the storage request it describes', async () => {
    const path = '/devstoreaccount1/{container}/{blob}';
    emulator.setFaults([{ server: 'storage', method: 'GET', path, nth: 1, status: 503 }]);
    expect((await send('HEAD', '/source/note.txt')).status).toBe(200);
    expect((await send('GET', '/source/note.txt')).status).toBe(503);
    expect((await send('GET', '/source/note.txt')).status).toBe(200);
  });

  test('afterAccept writes the blob and cuts the connection', async () => {
    emulator.setFaults([{ method: 'PUT', nth: 1, reset: 'afterAccept' }]);
    await expect(send('PUT', '/target/reset.txt', { body: 'there' })).rejects.toThrow();
    expect((await send('GET', '/target/reset.txt')).body).toBe('there');
  });

  test('truncates a download', async () => {
    emulator.setFaults([{ method: 'GET', nth: 1, truncateBody: 2 }]);
    await expect(send('GET', '/source/note.txt')).rejects.toThrow('aborted');
  });
});
