import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import { runChild } from './run-child.ts';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
  await emulator.containerClient('source').getBlockBlobClient('a/note.txt').upload('note', 4);
});
afterAll(async () => await emulator?.stop());

const list = (selection: Record<string, string>, env = emulator.env) =>
  runChild(
    'list-container.mjs',
    [`${emulator.blobEndpoint}/source`, JSON.stringify(selection)],
    env,
  );

const findIdentity = (kind: 'system' | 'user') => {
  const identity = emulator.identities.find((candidate) => candidate.kind === kind);
  if (!identity) throw new Error(`no ${kind} identity`);
  return identity;
};

describe.concurrent('the real ManagedIdentityCredential lists a container as', () => {
  test.each([
    ['the system-assigned identity', 'system', () => ({})],
    ['a client id', 'user', () => ({ clientId: findIdentity('user').clientId })],
    ['a resource id', 'user', () => ({ resourceId: findIdentity('user').resourceId })],
    ['an object id', 'user', () => ({ objectId: findIdentity('user').objectId })],
  ] as const)('%s', async (_, kind, select) => {
    expect(await list(select())).toEqual({ names: ['a/note.txt'] });
    const callers = emulator.requests
      .filter(({ server }) => server === 'storage')
      .map(({ caller }) => caller);
    expect(callers).toContain(findIdentity(kind).objectId);
  });

  test('nobody, when the client id is unknown', async () => {
    expect(await list({ clientId: 'unknown' })).toMatchObject({
      error: { message: expect.stringContaining('No User Assigned or Delegated Managed Identity') },
    });
  });

  test('the system-assigned identity, when Node itself trusts the certificate', async () => {
    const { DEID_BATCH_CA_FILE: caFile = '', ...env } = emulator.env;
    expect(await list({}, { ...env, NODE_EXTRA_CA_CERTS: caFile })).toEqual({
      names: ['a/note.txt'],
    });
  });

  test('nobody, when the certificate is not trusted', async () => {
    const { DEID_BATCH_CA_FILE: _, ...env } = emulator.env;
    expect(await list({}, env)).toMatchObject({
      error: { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
    });
  });
});
