import { readFile } from 'node:fs/promises';
import { ContainerClient } from '@azure/storage-blob';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import { createBlobMedium } from '../../src/journal/blob-medium.ts';
import { createStateStore } from '../../src/journal/state-store.ts';
import { collect, newRun, sealed, withoutOpenings } from './state-store-contract.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());

/** A store whose requests go through the front, where faults hit them. */
async function openStore(prefix: string) {
  const location = `${emulator.blobEndpoint}/state`;
  const container = new ContainerClient(location, emulator.adminCredential, {
    retryOptions: { maxTries: 3, retryDelayInMs: 10 },
    ...{ tlsOptions: { ca: await readFile(emulator.caFile, 'utf8') } },
  });
  const describeIdentity = () => 'the identity';
  const clock = systemClock;
  const medium = createBlobMedium({ container, location, prefix, describeIdentity, clock });
  return createStateStore(medium, clock);
}

const APPEND = { server: 'storage', method: 'PUT', path: '^.*comp=appendblock' } as const;

describe('a journal record in a blob', () => {
  test.each([
    ['whose answer is lost is written once', { reset: 'afterAccept' }],
    [
      'whose answer is a failure though it was taken is written once',
      { status: 503, accept: true },
    ],
    ['that is lost on its way is sent again', { reset: 'beforeAccept' }],
    ['that meets a busy storage is sent again', { status: 503 }],
  ] as const)('%s', async (name, fault) => {
    const store = await openStore(`${name.replaceAll(' ', '-')}/`);
    const run = await store.createRun(newRun());
    await run.journal.append(sealed('a'));
    const before = emulator.requests.length;
    emulator.setFaults([{ ...APPEND, nth: 1, ...fault }]);
    await run.journal.append(sealed('b'));
    emulator.setFaults([]);
    await run.journal.append(sealed('c'));
    const appends = emulator.requests
      .slice(before)
      .filter(({ query }) => query.includes('appendblock'));
    expect(appends.length).toBeGreaterThan(2);
    const records = withoutOpenings(await collect(run.journal.read()));
    expect(records.map((record) => 'digest' in record && record.digest)).toEqual(['a', 'b', 'c']);
    await run.close();
  });

  test('that cannot be written stops everything after it', async () => {
    const store = await openStore('stop/');
    const run = await store.createRun(newRun());
    emulator.setFaults([{ ...APPEND, status: 503 }]);
    await expect(run.journal.append(sealed('a'))).rejects.toMatchObject({ code: 'StateUnusable' });
    emulator.setFaults([]);
    await expect(run.journal.append(sealed('b'))).rejects.toMatchObject({ code: 'StateUnusable' });
    await run.close();
  });
});
