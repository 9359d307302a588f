import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import { sendRaw } from './send-raw.ts';

let emulator: Emulator;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'emulator-test-'));
  // The emulators of other test files shall not be seen here.
  vi.stubEnv('TMPDIR', join(folder, 'tmp'));
  await mkdir(join(folder, 'tmp'));
  const seedFolder = join(folder, 'seed');
  await mkdir(join(seedFolder, 'patients', 'p #1'), { recursive: true });
  await writeFile(join(seedFolder, 'patients', 'p #1', 'Müller.txt'), 'one');
  await writeFile(join(seedFolder, '.hidden'), 'two');
  await writeFile(join(seedFolder, 'empty.txt'), '');
  emulator = await startEmulator({ seedFolder, containers: ['archive', 'source'] });
});
afterAll(async () => {
  await emulator?.stop();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function listNames(container: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of emulator.containerClient(container).listBlobsFlat())
    names.push(name);
  return names;
}

describe('the emulator', () => {
  test('seeds the source with the files of a folder', async () => {
    expect(await listNames('source')).toEqual(['.hidden', 'empty.txt', 'patients/p #1/Müller.txt']);
    const blob = emulator.containerClient('source').getBlobClient('patients/p #1/Müller.txt');
    expect(String(await blob.downloadToBuffer())).toBe('one');
  });

  test('has the containers it was asked for besides its own, all empty', async () => {
    for (const name of ['target', 'staging', 'state', 'archive']) {
      expect(await listNames(name)).toEqual([]);
    }
  });

  test('gives a child process exactly what it needs', () => {
    expect(emulator.env).toEqual({
      IDENTITY_ENDPOINT: emulator.identityEndpoint,
      IDENTITY_HEADER: expect.stringMatching(/^[0-9a-f]{32}$/),
      DEID_ENDPOINT: emulator.serviceEndpoint,
      DEID_BATCH_SERVICE: emulator.serviceEndpoint,
      DEID_BATCH_SOURCE: `${emulator.blobEndpoint}/source`,
      DEID_BATCH_TARGET: `${emulator.blobEndpoint}/target`,
      DEID_BATCH_STAGING: `${emulator.blobEndpoint}/staging`,
      DEID_BATCH_CA_FILE: emulator.caFile,
    });
  });

  test('listens on loopback over https, and the identity endpoint over http', () => {
    expect(emulator.serviceEndpoint).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect(emulator.blobEndpoint).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/devstoreaccount1$/);
    expect(emulator.identityEndpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/msi\/token$/);
  });

  test('keeps only the public certificate on disk, in a folder of its own', async () => {
    expect(await readdir(dirname(emulator.caFile))).toEqual(['ca.pem']);
    expect((await stat(dirname(emulator.caFile))).mode & 0o777).toBe(0o700);
  });

  test('is trusted under localhost too', async () => {
    const origin = emulator.serviceEndpoint.replace('127.0.0.1', 'localhost');
    const answer = await sendRaw({ origin, caFile: emulator.caFile, path: '/health' });
    expect(answer.status).toBe(200);
  });

  test('records no request of its own', () => {
    expect(emulator.requests.filter(({ server }) => server === 'storage')).toEqual([]);
    expect(emulator.executions).toEqual([]);
  });

  test('runs a job from the source to the target, as fast as its clock is advanced', async () => {
    const token = await emulator.adminCredential.getToken('https://deid.azure.com/.default');
    const send = (method: string, body = '') =>
      sendRaw({
        origin: emulator.serviceEndpoint,
        caFile: emulator.caFile,
        method,
        path: '/jobs/first-job?api-version=2024-11-15',
        headers: { authorization: `Bearer ${token?.token}`, 'content-type': 'application/json' },
        body,
      });
    const request = {
      sourceLocation: { location: emulator.env.DEID_BATCH_SOURCE, prefix: 'patients/' },
      targetLocation: { location: emulator.env.DEID_BATCH_TARGET, prefix: 'out/' },
    };
    expect((await send('PUT', JSON.stringify(request))).status).toBe(200);
    await vi.waitFor(
      async () => {
        emulator.advance(60_000);
        expect(JSON.parse((await send('GET')).body)).toMatchObject({ status: 'Succeeded' });
      },
      { timeout: 10_000 },
    );
    expect(await listNames('target')).toEqual(['out/p #1/Müller.txt']);
    expect(emulator.executions.map(({ name }) => name)).toEqual(['first-job']);
    const written = emulator.requests.filter(
      ({ method, status }) => method === 'PUT' && status === 201,
    );
    expect(written).toMatchObject([
      {
        path: '/devstoreaccount1/target/out/p%20%231/M%C3%BCller.txt',
        caller: emulator.serviceIdentity.objectId,
      },
    ]);
  });

  test('says which port is in use, and leaves nothing behind', async () => {
    const blobPort = Number(new URL(emulator.blobEndpoint).port);
    await expect(startEmulator({ blobPort })).rejects.toMatchObject({
      code: 'portInUse',
      message: expect.stringContaining('blobPort'),
    });
    expect(await readdir(tmpdir())).toEqual([basename(dirname(emulator.caFile))]);
    expect(await listChildren()).toHaveLength(1);
  });

  test('says which seed folder it cannot read', async () => {
    await expect(startEmulator({ seedFolder: '/no/such/folder' })).rejects.toMatchObject({
      code: 'seedFolderUnreadable',
    });
  });

  test('refuses a fault rule that it does not understand, before it starts anything', async () => {
    await expect(startEmulator({ faults: [{}] })).rejects.toMatchObject({
      code: 'faultRuleInvalid',
    });
  });
});

test('nothing is left after stop, however often it is called', async () => {
  const { caFile, serviceEndpoint: origin, stop } = emulator;
  expect(await listChildren()).toHaveLength(1);
  await Promise.all([stop(), stop()]);
  await stop();
  expect(await listChildren()).toEqual([]);
  expect(existsSync(dirname(caFile))).toBe(false);
  await expect(fetch(origin)).rejects.toThrow();
});

/** Azurite processes of this process. */
async function listChildren(): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'ppid=,args=']);
  const parent = new RegExp(`^\\s*${process.pid} .*azurite`);
  return stdout.split('\n').filter((line) => parent.test(line));
}
