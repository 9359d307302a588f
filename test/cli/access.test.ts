import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EmulatedIdentity } from '../../src/emulator/identities.ts';
import { ERROR_CODES, type ErrorCode } from '../../src/index.ts';
import { type CliStack, NOTE, startCliStack } from './cli-stack.ts';

let stack: CliStack;
/** Identity endpoints that answer every request with one status, by that status. */
const endpoints = new Map<number, Server>();

/** A user-assigned identity whose ids tell who it is. */
function createIdentity(digit: number, roles: EmulatedIdentity['roles']): EmulatedIdentity {
  return {
    kind: 'user',
    objectId: `0b000000-0000-4000-8000-00000000000${digit}`,
    clientId: `0c000000-0000-4000-8000-00000000000${digit}`,
    resourceId: `/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${digit}`,
    roles,
  };
}

const READS_ALL = { role: 'Storage Blob Data Reader' } as const;
const OWNS_JOBS = { role: 'DeID Batch Data Owner' } as const;

const NOBODY = createIdentity(1, [OWNS_JOBS]);
const READER_OF_SOURCE = createIdentity(2, [OWNS_JOBS, { ...READS_ALL, container: 'source' }]);
const WITHOUT_SERVICE = createIdentity(3, [READS_ALL]);
const JOB_READER = createIdentity(4, [READS_ALL, { role: 'DeID Batch Data Reader' }]);
const ABLE = createIdentity(5, [READS_ALL, OWNS_JOBS]);

beforeAll(async () => {
  const identities = [NOBODY, READER_OF_SOURCE, WITHOUT_SERVICE, JOB_READER, ABLE];
  stack = await startCliStack({ identities, containers: ['token-refused'] });
  await stack.upload({ 'notes/a.txt': NOTE });
  stack.emulator.setFaults([
    { server: 'storage', path: '^/devstoreaccount1/token-refused', status: 401 },
  ]);
  for (const status of [400, 500]) {
    const server = createServer((_, response) => {
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end('{"statusCode":0,"message":"secret-of-the-endpoint"}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    endpoints.set(status, server);
  }
});
afterAll(async () => {
  for (const server of endpoints.values()) server.close();
  await stack?.stop();
});

interface Refusal {
  name: string;
  identity: EmulatedIdentity;
  args?: () => string[];
  env?: () => Record<string, string | undefined>;
  code: ErrorCode;
  says: readonly (string | RegExp)[];
}

const REFUSALS: Refusal[] = [
  {
    name: 'the source to an identity without a role',
    identity: NOBODY,
    code: 'StorageAccessDenied',
    says: [NOBODY.objectId, '/source', '"Storage Blob Data Reader"', 'HTTP 403'],
  },
  {
    name: 'the target to an identity that reads the source only',
    identity: READER_OF_SOURCE,
    code: 'StorageAccessDenied',
    says: [READER_OF_SOURCE.objectId, '/target', '"Storage Blob Data Reader"'],
  },
  {
    name: 'a token that the storage does not take',
    identity: ABLE,
    args: () => ['--source', `${stack.emulator.blobEndpoint}/token-refused`],
    code: 'StorageAccessDenied',
    says: [ABLE.objectId, '/token-refused', 'HTTP 401'],
  },
  {
    name: 'the service to an identity without a role',
    identity: WITHOUT_SERVICE,
    code: 'ServiceAccessDenied',
    says: [WITHOUT_SERVICE.objectId, '"DeID Batch Data Owner"', /https:\/\/127\.0\.0\.1:\d+/],
  },
  {
    name: 'jobs to an identity that may only read them',
    identity: JOB_READER,
    code: 'ServiceAccessDenied',
    says: [JOB_READER.objectId, '"DeID Batch Data Owner"', 'HTTP 403'],
  },
  {
    name: 'a source container that does not exist',
    identity: ABLE,
    args: () => ['--source', `${stack.emulator.blobEndpoint}/nowhere`],
    code: 'ContainerNotFound',
    says: ['/nowhere', 'does not exist'],
  },
  {
    name: 'a target container that does not exist',
    identity: ABLE,
    args: () => ['--target', `${stack.emulator.blobEndpoint}/nowhere/out`],
    code: 'ContainerNotFound',
    says: ['/nowhere', 'create the container'],
  },
  {
    name: 'a machine without an identity endpoint',
    identity: ABLE,
    env: () => ({ IDENTITY_ENDPOINT: undefined, IDENTITY_HEADER: undefined }),
    code: 'IdentityUnavailable',
    says: ['--auth azure-cli'],
  },
  {
    name: 'an identity endpoint that nobody listens on',
    identity: ABLE,
    env: () => ({ IDENTITY_ENDPOINT: 'http://127.0.0.1:9/msi/token' }),
    code: 'IdentityUnavailable',
    says: ['--auth azure-cli'],
  },
  {
    name: 'a storage host that does not resolve',
    identity: ABLE,
    args: () => ['--source', 'https://acct.blob.storage.invalid/notes'],
    code: 'HostNotFound',
    says: ['acct.blob.storage.invalid', 'URL of the storage'],
  },
  {
    name: 'a service host that does not resolve',
    identity: ABLE,
    args: () => ['--service', 'https://x.api.deid.invalid'],
    code: 'HostNotFound',
    says: ['x.api.deid.invalid', 'URL of the service'],
  },
  {
    name: 'a certificate of an unknown authority',
    identity: ABLE,
    env: () => ({ DEID_BATCH_CA_FILE: undefined }),
    code: 'CertificateNotTrusted',
    says: [/127\.0\.0\.1:\d+/, '--ca-file'],
  },
];

describe.concurrent('access is refused, with who, what and how to fix it', () => {
  test.each(REFUSALS)('$name', { timeout: 60_000 }, async (refusal) => {
    const { identity, code, says, args = () => [], env = () => ({}) } = refusal;
    const given = ['--pattern', 'notes/**', '--identity', identity.clientId, ...args()];
    const result = await stack.runJson(given, { env: env() });

    expect(result.exitCode).toBe(ERROR_CODES[code][0]);
    const errors = result.lines.filter(({ type }) => type === 'error');
    expect(errors).toMatchObject([{ code, hint: expect.stringMatching(/\S/) }]);
    for (const part of says) {
      expect(`${errors[0]?.message}\n${errors[0]?.hint}`).toEqual(
        typeof part === 'string' ? expect.stringContaining(part) : expect.stringMatching(part),
      );
    }
    const summary = result.lines.find(({ type }) => type === 'summary');
    expect(summary ?? { jobs: { submitted: 0 } }).toMatchObject({ jobs: { submitted: 0 } });
    expect(result.stderr).toBe('');
    expect(result.all).not.toMatch(/^\s+at .*:\d+/m);
    expect(stack.emulator.executions).toEqual([]);
  });

  test.each([400, 500])(
    'an identity endpoint that answers %i',
    { timeout: 60_000 },
    async (status) => {
      const endpoint = endpoints.get(status);
      if (!endpoint) throw new Error('There is no such endpoint.');
      const { port } = endpoint.address() as AddressInfo;
      const env = { IDENTITY_ENDPOINT: `http://127.0.0.1:${port}/msi/token` };
      const result = await stack.runJson(['--pattern', 'notes/**'], { env });
      expect(result.exitCode).toBe(4);
      expect(result.lines).toMatchObject([{ type: 'error', code: 'TokenRefused' }]);
      expect(result.all).not.toContain('secret-of-the-endpoint');
      expect(stack.emulator.executions).toEqual([]);
    },
  );

  test('an identity that does not exist here', async () => {
    const result = await stack.runJson(['--pattern', '**', '--identity', 'no-such-client']);
    expect(result.exitCode).toBe(4);
    expect(result.lines).toMatchObject([{ type: 'error' }]);
    expect(stack.emulator.executions).toEqual([]);
  });
});
