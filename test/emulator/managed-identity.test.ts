import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import { runChild } from './run-child.ts';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
  await emulator.containerClient('source').getBlockBlobClient('a/note.txt').upload('note', 4);
});
afterAll(async () => await emulator?.stop());

const list = (container: string, selection: Record<string, string>) =>
  runChild(
    'list-container.mjs',
    [`${emulator.blobEndpoint}/${container}`, JSON.stringify(selection)],
    emulator.env,
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
    expect(await list('source', select())).toEqual({ names: ['a/note.txt'] });
    const callers = emulator.requests
      .filter(({ server }) => server === 'storage')
      .map(({ caller }) => caller);
    expect(callers).toContain(findIdentity(kind).objectId);
  });

  test('nobody, when the client id is unknown', async () => {
    expect(await list('source', { clientId: 'unknown' })).toMatchObject({
      error: { message: expect.stringContaining('No User Assigned or Delegated Managed Identity') },
    });
  });
});
