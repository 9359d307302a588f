import { readFileSync } from 'node:fs';
import {
  BlobServiceClient,
  ContainerSASPermissions,
  generateBlobSASQueryParameters,
  type StoragePipelineOptions,
} from '@azure/storage-blob';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type JobStack, startJobStack } from './job-stack.ts';

const NOTE = 'Hello, my name is John Smith.';

let stack: JobStack;

beforeAll(async () => {
  stack = await startJobStack({ speed: 100_000, containers: ['private'] });
});
afterEach(() => stack.emulator.setFaults([]));
afterAll(() => stack.emulator.stop());

describe('storage that fails', () => {
  test('once is asked again', async () => {
    await stack.upload({ 'once/a': NOTE, 'once/b': NOTE });
    stack.emulator.setFaults([
      { server: 'storage', method: 'PUT', path: '^.*/target/out/once/', status: 503, nth: 1 },
    ]);
    expect(await stack.run('once', 'once/')).toMatchObject({
      status: 'Succeeded',
      summary: { successful: 2, failed: 0 },
    });
  });

  test('for ever fails the documents, not the service', async () => {
    await stack.upload({ 'never/a': NOTE, 'never/b': NOTE });
    stack.emulator.setFaults([
      { server: 'storage', method: 'PUT', path: '^.*/target/out/never/a', status: 503 },
    ]);
    const job = await stack.run('never', 'never/');
    expect(job).toMatchObject({ status: 'Succeeded', summary: { successful: 1, failed: 1 } });
    const failed = (await stack.listDocuments('never')).find(({ status }) => status === 'Failed');
    expect(failed?.error?.code).toBe('StorageAccessDenied');
  });

  test('in the listing fails the job', async () => {
    stack.emulator.setFaults([
      { server: 'storage', method: 'GET', path: '^.*/source\\?', reset: 'beforeAccept' },
    ]);
    expect((await stack.run('unlisted', 'once/')).error?.code).toBe('StorageAccessDenied');
  });
});

test('names that need escaping keep their form', async () => {
  const names = ['a b', '100%', 'x#y?z', 'ü/é', '%41', '+', "it's", 'a&b=c', '😀'];
  await stack.upload(Object.fromEntries(names.map((name) => [`odd/${name}`, NOTE])));
  const job = await stack.run('odd', 'odd/');
  expect(job.summary).toMatchObject({ successful: names.length, failed: 0 });
  const outputs = await stack.listOutputs('out/odd/');
  expect(outputs.toSorted()).toEqual(names.map((name) => `out/odd/${name}`).toSorted());
  const paths = (await stack.listDocuments('odd')).map(({ input }) =>
    decodeURIComponent(input?.location.split('/source/odd/')[1] ?? ''),
  );
  expect(paths.toSorted()).toEqual(names.toSorted());
});

test('a location with a shared access signature needs no role, and does not leak it', async () => {
  const { emulator } = stack;
  const pipeline: StoragePipelineOptions & { tlsOptions: { ca: string } } = {
    tlsOptions: { ca: readFileSync(emulator.caFile, 'utf8') },
  };
  const account = new BlobServiceClient(emulator.blobEndpoint, emulator.adminCredential, pipeline);
  const [startsOn, expiresOn] = [new Date(Date.now() - 60_000), new Date(Date.now() + 60_000)];
  const signature = generateBlobSASQueryParameters(
    {
      containerName: 'private',
      permissions: ContainerSASPermissions.parse('rl'),
      expiresOn,
      version: '2020-12-06',
    },
    await account.getUserDelegationKey(startsOn, expiresOn),
    'devstoreaccount1',
  );
  await emulator.containerClient('private').getBlockBlobClient('sas/a').upload(NOTE, NOTE.length);
  const { roles } = emulator.serviceIdentity;
  const all = roles.splice(0, roles.length, {
    role: 'Storage Blob Data Contributor',
    container: 'target',
  });
  const location = `${emulator.blobEndpoint}/private`;
  const withoutSignature = await stack.run('no-sas', 'sas/', { source: { location } });
  const signed = await stack.run('sas', 'sas/', {
    source: { location: `${location}?${signature}` },
  });
  roles.splice(0, roles.length, ...all);
  expect(withoutSignature.error?.code).toBe('StorageAccessDenied');
  expect(signed.status).toBe('Succeeded');
  const [document] = await stack.listDocuments('sas');
  expect(document?.input?.location).toBe(`${location}/sas/a`);
});

test('the service stops in the middle of a job', async () => {
  const other = await startJobStack({ speed: 0.001 });
  await other.upload({ 'a/1': NOTE, 'a/2': NOTE });
  await other.submit('unfinished', 'a/');
  await other.poll('unfinished', ({ status }) => status === 'Running');
  await other.emulator.stop();
  await expect(other.call('GET', '/jobs/unfinished')).rejects.toThrow();
});
