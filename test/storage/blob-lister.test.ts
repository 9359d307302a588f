import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Clock, systemClock } from '../../src/clock.ts';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import { isDeidBatchError } from '../../src/errors/deid-batch-error.ts';
import { explainCredential } from '../../src/identity/explained-credential.ts';
import type { ListedBlob } from '../../src/model/document.ts';
import { createBlobLister } from '../../src/storage/blob-lister.ts';
import type { ContainerOptions } from '../../src/storage/container.ts';
import { createRunnerCredential } from '../flow/flow-stack.ts';
import { createSimulatedClock } from '../simulated-clock.ts';

let emulator: Emulator;
let ca: string;

beforeAll(async () => {
  emulator = await startEmulator();
  ca = await readFile(emulator.caFile, 'utf8');
});
afterEach(() => emulator.setFaults([]));
afterAll(() => emulator?.stop());

async function list(
  { prefix = '', signal = new AbortController().signal } = {},
  changes: Partial<ContainerOptions & { clock: Clock }> = {},
): Promise<ListedBlob[]> {
  const credential = explainCredential(createRunnerCredential(emulator));
  const lister = createBlobLister({
    location: `${emulator.blobEndpoint}/source`,
    credential,
    describeIdentity: credential.describe,
    trust: createSecureContext({ ca }),
    clock: systemClock,
    ...changes,
  });
  const blobs: ListedBlob[] = [];
  for await (const page of lister.listPages({ prefix, signal })) blobs.push(...page);
  return blobs;
}

async function failureOf(call: Promise<unknown>) {
  const error = await call.catch((failure: unknown) => failure);
  if (!isDeidBatchError(error)) throw new Error(`no error of ours: ${String(error)}`);
  return { code: error.code, exitCode: error.exitCode, message: error.message, hint: error.hint };
}

test('names come as they are, sizes in bytes, etags without quotes', async () => {
  const names = ['n/a b', 'n/ü😀', 'n/100%', 'n/%20', 'n/x#y?z', 'n/a//b', "n/it's", 'n/<&>'];
  const source = emulator.containerClient('source');
  for (const name of names) await source.getBlockBlobClient(name).upload('note', 4);
  const blobs = await list({ prefix: 'n/' });
  expect(blobs.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
  for (const blob of blobs) {
    expect(blob.bytes).toBe(4);
    expect(blob.etag).not.toContain('"');
    expect(Math.abs(blob.modifiedAtMs - Date.now())).toBeLessThan(600_000);
  }
  expect(await list({ prefix: 'n/%' })).toHaveLength(1);
  expect(await list({ prefix: 'nothing/' })).toEqual([]);
});

test('many pages are read one after the other', async () => {
  const page = (names: string[], next: string) =>
    `<?xml version="1.0" encoding="utf-8"?><EnumerationResults><Blobs>${names
      .map(
        (name) =>
          `<Blob><Name>${name}</Name><Properties><Last-Modified>Sat, 31 Jan 2026 08:00:00 GMT</Last-Modified><Etag>0x8D</Etag><Content-Length>4</Content-Length></Properties></Blob>`,
      )
      .join('')}</Blobs><NextMarker>${next}</NextMarker></EnumerationResults>`;
  const answer = (nth: number, body: string) =>
    ({
      server: 'storage',
      nth,
      status: 200,
      headers: { 'content-type': 'application/xml' },
      body,
    }) as const;
  emulator.setFaults([
    answer(1, page(['p/1', 'p/2'], 'more')),
    answer(2, page([], 'still-more')),
    answer(3, page(['p/3'], '')),
  ]);
  const from = emulator.requests.length;
  expect((await list({ prefix: 'p/' })).map(({ name }) => name)).toEqual(['p/1', 'p/2', 'p/3']);
  const queries = emulator.requests.slice(from).filter(({ server }) => server === 'storage');
  expect(queries.map(({ query }) => /marker=([\w-]+)/.exec(query)?.[1])).toEqual([
    undefined,
    'more',
    'still-more',
  ]);
});

test('a failure that passes is not seen', async () => {
  emulator.setFaults([
    { server: 'storage', nth: 1, status: 503 },
    { server: 'storage', nth: 2, reset: 'beforeAccept' },
  ]);
  expect(await list({ prefix: 'nothing/' })).toEqual([]);
});

describe('what fails has a code, and names the container and nobody else', () => {
  test('a role that is missing: who, which role, on what', async () => {
    const [identity] = emulator.identities;
    const location = `${emulator.blobEndpoint}/state-of-others`;
    const failure = await failureOf(list({ prefix: 'ZZPATIENTZZ' }, { location }));
    expect(failure).toMatchObject({ code: 'StorageAccessDenied', exitCode: 4 });
    expect(failure.message).toContain(identity?.objectId);
    expect(failure.message).toContain(location);
    expect(failure.message).toContain('403');
    expect(failure.hint).toContain('Storage Blob Data Reader');
    expect(JSON.stringify(failure)).not.toContain('ZZPATIENTZZ');
  });

  test('a token that is no longer good', async () => {
    const credential = explainCredential({
      async getToken() {
        const good = await createRunnerCredential(emulator).getToken(
          'https://storage.azure.com/.default',
        );
        const [header, payload = ''] = good?.token.split('.') ?? [];
        return { token: `${header}.${payload}.bad`, expiresOnTimestamp: Date.now() + 3_600_000 };
      },
    });
    const failure = await failureOf(
      list({}, { credential, describeIdentity: credential.describe }),
    );
    expect(failure).toMatchObject({ code: 'StorageAccessDenied', exitCode: 4 });
    expect(failure.message).toContain('401');
  });

  test('a container that is not there', async () => {
    const failure = await failureOf(
      list(
        {},
        { location: `${emulator.blobEndpoint}/nowhere`, credential: emulator.adminCredential },
      ),
    );
    expect(failure).toMatchObject({ code: 'ContainerNotFound', exitCode: 4 });
    expect(failure.message).toContain('/nowhere');
  });

  test('a host that does not resolve', async () => {
    const failure = await failureOf(list({}, { location: 'https://nosuch.invalid/source' }));
    expect(failure).toMatchObject({ code: 'HostNotFound', exitCode: 4 });
    expect(failure.message).toContain('nosuch.invalid');
  });

  test('a certificate that is not trusted', async () => {
    const failure = await failureOf(list({}, { trust: undefined }));
    expect(failure).toMatchObject({ code: 'CertificateNotTrusted', exitCode: 4 });
    expect(failure.hint).toContain('--ca-file');
  });

  test('a port where nobody answers', async () => {
    const failure = await failureOf(list({}, { location: 'https://127.0.0.1:1/account/source' }));
    expect(failure).toMatchObject({ code: 'StorageUnavailable', exitCode: 75 });
  });

  test('a storage that stays broken, after a few tries', async () => {
    const from = emulator.requests.length;
    emulator.setFaults([{ server: 'storage', status: 503 }]);
    expect(await failureOf(list())).toMatchObject({ code: 'StorageUnavailable', exitCode: 75 });
    const tries = emulator.requests.slice(from).filter(({ server }) => server === 'storage');
    expect(tries).toHaveLength(4);
  });

  test('a storage that never answers', async () => {
    const clock = createSimulatedClock(emulator.advance);
    emulator.setFaults([{ server: 'storage', delayMs: 86_400_000 }]);
    expect(await failureOf(list({}, { clock }))).toMatchObject({ code: 'StorageUnavailable' });
    expect(clock.monotonicMs()).toBe(120_000);
  });

  test('an answer that is cut off or no listing', async () => {
    for (const effect of [{ truncateBody: 50 }, { status: 200, body: 'no XML' }]) {
      emulator.setFaults([{ server: 'storage', ...effect }]);
      expect(await failureOf(list())).toMatchObject({ code: 'StorageUnavailable' });
    }
  });

  test('an abort is the reason it was given', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(list({ signal })).rejects.toThrow('enough');
  });
});
