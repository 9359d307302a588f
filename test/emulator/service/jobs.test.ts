import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasEnded } from './call-service.ts';
import { type JobStack, startJobStack } from './job-stack.ts';

const NOTE = 'Hello, my name is John Smith.';

let stack: JobStack;

beforeAll(async () => {
  // Two documents a second: slow enough to look at a job while it works.
  stack = await startJobStack({ speed: 2 });
});
afterAll(() => stack.emulator.stop());

describe('the life of a job', () => {
  test('goes through the recorded states', async () => {
    await stack.upload({ 'life/a.txt': NOTE, 'life/b.txt': NOTE, 'life/c.txt': NOTE });
    const accepted = await stack.submit('life', 'life/');
    expect(accepted.body.status).toBe('NotStarted');
    expect(accepted.body).not.toHaveProperty('summary');
    expect((await stack.call('GET', '/jobs/life')).body).toEqual(accepted.body);

    const zero = { successful: 0, failed: 0, canceled: 0, bytesProcessed: 0 };
    stack.emulator.advance(1000);
    const enumerated = await stack.poll('life', ({ summary }) => summary !== undefined, 0);
    expect(enumerated).toMatchObject({ status: 'NotStarted', summary: { ...zero, total: 3 } });
    expect(enumerated).not.toHaveProperty('startedAt');
    expect(enumerated.lastUpdatedAt).not.toBe(enumerated.createdAt);

    stack.emulator.advance(1500);
    const running = await stack.poll('life', ({ status }) => status === 'Running', 0);
    expect(running).toMatchObject({ summary: { ...zero, total: 3 } });
    expect(running.startedAt).toBe(running.lastUpdatedAt);

    const ended = await stack.poll('life', hasEnded);
    expect(ended).toMatchObject({
      status: 'Succeeded',
      startedAt: running.startedAt,
      summary: { successful: 3, failed: 0, canceled: 0, total: 3, bytesProcessed: 3 * NOTE.length },
    });
    expect(Object.keys(ended)).toEqual([
      'name',
      'sourceLocation',
      'targetLocation',
      'operation',
      'customizations',
      'status',
      'summary',
      'createdAt',
      'startedAt',
      'lastUpdatedAt',
    ]);
  });

  test('is canceled while it works: written outputs stay, nothing is written any more', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `cancel/${index}.txt`);
    await stack.upload(Object.fromEntries(names.map((name) => [name, NOTE])));
    await stack.submit('cancel', 'cancel/');
    await stack.poll('cancel', ({ status }) => status === 'Running');
    stack.emulator.advance(1000);
    await expect.poll(() => stack.listOutputs('out/cancel/'), { timeout: 10_000 }).not.toEqual([]);

    const { status, body } = await stack.call('POST', '/jobs/cancel:cancel');
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'Canceled', summary: { canceled: 0, total: 8 } });
    const written = await stack.listOutputs('out/cancel/');
    expect(written.length).toBeLessThan(8);

    stack.emulator.advance(60_000);
    expect((await stack.call('GET', '/jobs/cancel')).body).toEqual(body);
    expect(await stack.listOutputs('out/cancel/')).toEqual(written);
    const documents = await stack.listDocuments('cancel');
    const states = documents.map((document) => document.status);
    expect(states.filter((state) => state === 'Succeeded')).toHaveLength(written.length);
    expect(states.filter((state) => state === 'Canceled')).toHaveLength(8 - written.length);

    stack.emulator.setBehaviour({ cancelDocuments: 'hidden' });
    expect(await stack.listDocuments('cancel')).toHaveLength(written.length);
    stack.emulator.setBehaviour({ cancelDocuments: 'unchanged' });
    const unchanged = (await stack.listDocuments('cancel')).map((document) => document.status);
    expect(unchanged).not.toContain('Canceled');
    expect(unchanged).toContain('NotStarted');
  });

  test('leaves an ended job as it is when it is canceled', async () => {
    await stack.upload({ 'done/a.txt': NOTE });
    const ended = await stack.run('done', 'done/');
    expect((await stack.call('POST', '/jobs/done:cancel')).body).toEqual(ended);
  });

  test.each([
    ['stop', false],
    ['goOn', true],
  ] as const)('after a delete with deleteRunning %s', async (deleteRunning, written) => {
    const prefix = `delete-${deleteRunning}/`;
    await stack.upload({ [`${prefix}a.txt`]: NOTE });
    stack.emulator.setBehaviour({ deleteRunning });
    await stack.submit(`delete-${deleteRunning}`, prefix);
    await stack.poll(`delete-${deleteRunning}`, ({ status }) => status === 'Running');
    await stack.call('DELETE', `/jobs/delete-${deleteRunning}`);
    stack.emulator.advance(10_000);
    if (written) {
      await expect
        .poll(() => stack.listOutputs(`out/${prefix}`), { timeout: 10_000 })
        .toHaveLength(1);
    } else {
      // The answer came when nothing worked any more.
      expect(await stack.listOutputs(`out/${prefix}`)).toEqual([]);
    }
  });

  test('waits for room when maxConcurrentJobs are working', async () => {
    await stack.upload({ 'queue/a.txt': NOTE });
    stack.emulator.setBehaviour({ maxConcurrentJobs: 1 });
    await stack.submit('queue-1', 'queue/', { target: { prefix: 'out/queue-1/' } });
    await stack.submit('queue-2', 'queue/', { target: { prefix: 'out/queue-2/' } });
    await stack.submit('queue-3', 'queue/', { target: { prefix: 'out/queue-3/' } });
    await stack.poll('queue-1', ({ status }) => status === 'Running');
    const waiting = (await stack.call('GET', '/jobs/queue-2')).body;
    expect(waiting.status).toBe('NotStarted');
    expect(waiting).not.toHaveProperty('summary');
    await stack.call('POST', '/jobs/queue-2:cancel');
    stack.emulator.setBehaviour({ maxConcurrentJobs: Number.POSITIVE_INFINITY });
    expect((await stack.poll('queue-3', hasEnded)).status).toBe('Succeeded');
    expect(await stack.listOutputs('out/queue-2/')).toEqual([]);
  });

  test('shows progress every ten documents', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `progress/${index}.txt`);
    await stack.upload(Object.fromEntries(names.map((name) => [name, NOTE])));
    await stack.submit('progress', 'progress/');
    const working = await stack.poll('progress', ({ summary }) => (summary?.successful ?? 0) > 0);
    expect(working).toMatchObject({ status: 'Running', summary: { successful: 10, total: 12 } });
    await stack.poll('progress', hasEnded);
  });
});

describe('documents', () => {
  test('are those under the prefix at the start, with their etags and outputs', async () => {
    await stack.upload({ 'doc/a.txt': NOTE, 'doc/b c/ü.txt': NOTE, 'docs.txt': NOTE });
    expect((await stack.run('documents', 'doc/')).summary?.total).toBe(2);
    const documents = await stack.listDocuments('documents');
    const { etag } = await stack.emulator
      .containerClient('source')
      .getBlobClient('doc/a.txt')
      .getProperties();
    const { blobEndpoint } = stack.emulator;
    const found = documents.find(({ input }) => input?.location.endsWith('a.txt'));
    expect(Object.keys(found ?? {})).toEqual(['id', 'input', 'output', 'status']);
    expect(found).toMatchObject({
      input: { location: `${blobEndpoint}/source/doc/a.txt`, eTag: etag?.replaceAll('"', '') },
      output: { location: `${blobEndpoint}/target/out/doc/a.txt` },
      status: 'Succeeded',
    });
    expect(found?.id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(found?.output?.eTag).toMatch(/^0x[0-9A-F]+$/);
  });

  test('have percent-encoded or raw locations, as locationEncoding says', async () => {
    const readPath = async () =>
      (await stack.listDocuments('documents'))
        .map(({ input }) => input?.location ?? '')
        .find((location) => location.endsWith('.txt') && !location.endsWith('a.txt'))
        ?.split('/source/')[1];
    expect(await readPath()).toBe('doc/b%20c/%C3%BC.txt');
    stack.emulator.setBehaviour({ locationEncoding: 'raw' });
    expect(await readPath()).toBe('doc/b c/ü.txt');
    stack.emulator.setBehaviour({ locationEncoding: 'encoded' });
  });

  test('come page by page, each once, not in the order of names', async () => {
    const names = Array.from({ length: 9 }, (_, index) => `pages/${index}.txt`);
    await stack.upload(Object.fromEntries(names.map((name) => [name, NOTE])));
    await stack.run('pages', 'pages/');
    const read: string[] = [];
    let next: string | undefined = '/jobs/pages/documents?maxpagesize=4';
    let pages = 0;
    while (next) {
      const { body }: Awaited<ReturnType<JobStack['call']>> = await stack.call('GET', next);
      read.push(
        ...(body.value ?? []).map(({ input }) => input?.location.split('/source/')[1] ?? ''),
      );
      next = body.nextLink;
      pages += 1;
    }
    expect(pages).toBe(3);
    expect(read.toSorted()).toEqual(names);
    expect(read).not.toEqual(names);
  });

  test('that changed or went after the start fail as not found, the others succeed', async () => {
    await stack.upload({ 'moved/changed.txt': NOTE, 'moved/gone.txt': NOTE, 'moved/ok.txt': NOTE });
    await stack.submit('moved', 'moved/');
    await stack.poll('moved', ({ summary }) => summary !== undefined);
    await stack.upload({ 'moved/changed.txt': 'Something else.', 'moved/late.txt': NOTE });
    await stack.emulator.containerClient('source').deleteBlob('moved/gone.txt');

    expect(await stack.poll('moved', hasEnded)).toMatchObject({
      status: 'Succeeded',
      summary: { successful: 1, failed: 2, total: 3, bytesProcessed: NOTE.length },
    });
    expect(await stack.listOutputs('out/moved/')).toEqual(['out/moved/ok.txt']);
    const failed = (await stack.listDocuments('moved')).filter(({ status }) => status === 'Failed');
    expect(failed).toHaveLength(2);
    for (const document of failed) {
      expect(document).not.toHaveProperty('output');
      expect(document.error).toEqual({
        code: 'FileNotFound',
        message: 'File was moved after job started.',
        target: 'SourceFile',
      });
    }
  });

  test('fail alone when they are no UTF-8 text; empty ones stay empty', async () => {
    await stack.upload({
      'kinds/binary.txt': Uint8Array.of(0xff, 0xfe, 0x41),
      'kinds/empty.txt': '',
      'kinds/bom.txt': '\uFEFFNothing to hide.',
    });
    expect((await stack.run('kinds', 'kinds/')).summary).toMatchObject({
      successful: 2,
      failed: 1,
    });
    expect(await stack.readOutput('out/kinds/binary.txt')).toBeUndefined();
    expect(await stack.readOutput('out/kinds/empty.txt')).toBe('');
    expect(await stack.readOutput('out/kinds/bom.txt')).toBe('\uFEFFNothing to hide.');
  });
});

describe('the operation', () => {
  test('Redact writes the format that was asked for', async () => {
    await stack.upload({ 'redact/a.txt': NOTE });
    await stack.run('redact', 'redact/', {
      operation: 'Redact',
      customizations: { redactionFormat: '*{len}' },
    });
    expect(await stack.readOutput('out/redact/a.txt')).toBe('Hello, my name is **********.');
  });

  test('Surrogate agrees within a job and differs between jobs', async () => {
    await stack.upload({ 'same/a.txt': NOTE, 'same/b.txt': NOTE });
    const outputs = new Set<string | undefined>();
    for (const name of ['same-1', 'same-2', 'same-3']) {
      await stack.run(name, 'same/', { target: { prefix: `out/${name}/` } });
      const first = await stack.readOutput(`out/${name}/a.txt`);
      expect(first).toBe(await stack.readOutput(`out/${name}/b.txt`));
      expect(first).not.toContain('John Smith');
      outputs.add(first);
    }
    // A surrogate may repeat by chance, three of them hardly.
    expect(outputs.size).toBeGreaterThan(1);
  });
});

describe('names of outputs', () => {
  const cases = [
    { prefix: 'map/p', target: 'out-map', source: 'map/p/a.txt', output: 'out-map/a.txt' },
    { prefix: 'map2/p', target: 'out-map2/', source: 'map2/p/a.txt', output: 'out-map2//a.txt' },
    { prefix: 'map3', target: 'out-map3', source: 'map3.txt', output: 'out-map3.txt' },
    { prefix: 'map4/folder1', target: 'out4', source: 'map4/folder10/a', output: 'out40/a' },
  ];
  test.each(cases)('$source from $prefix to $target is $output', async (row) => {
    await stack.upload({ [row.source]: NOTE });
    const name = row.target.replace(/\W/g, '-').concat('x');
    await stack.run(name, row.prefix, { target: { prefix: row.target } });
    expect(await stack.readOutput(row.output)).toBeDefined();
  });
});

describe('a doomed job', () => {
  const failures = [
    { what: 'a source that does not exist', changes: { source: { location: '/none' } } },
    { what: 'a target that does not exist', changes: { target: { location: '/none' } } },
  ];
  test.each(failures)('is accepted and fails for $what', async ({ what, changes }) => {
    const locate = (part?: { location: string }) =>
      part && { location: `${stack.emulator.blobEndpoint}${part.location}` };
    await stack.upload({ 'doomed/a.txt': NOTE });
    const name = what.replaceAll(' ', '-').slice(0, 36);
    const source = locate('source' in changes ? changes.source : undefined);
    const target = locate('target' in changes ? changes.target : undefined);
    const accepted = await stack.submit(name, 'doomed/', {
      ...(source && { source }),
      ...(target && { target }),
    });
    expect(accepted.status).toBe(200);
    const failed = await stack.poll(name, hasEnded);
    expect(failed.status).toBe('Failed');
    expect(failed.error).toEqual({
      code: 'StorageAccessDenied',
      message: 'Unable to access the Source or Target Storage.',
    });
    expect(failed).not.toHaveProperty('summary');
    expect(failed).not.toHaveProperty('startedAt');
  });

  test('fails when its prefix selects nothing', async () => {
    const failed = await stack.run('empty', 'no-such-prefix/');
    expect(failed.status).toBe('Failed');
    expect(failed.error).toEqual({
      code: 'EmptyJob',
      message: 'No files found in the source location with specified prefix.',
    });
    expect(failed).not.toHaveProperty('summary');
    expect(await stack.listDocuments('empty')).toEqual([]);
  });

  test('fails when the service may not write, and leaves nothing in the target', async () => {
    const { roles } = stack.emulator.serviceIdentity;
    const all = roles.splice(0, roles.length, {
      role: 'Storage Blob Data Contributor',
      container: 'source',
    });
    const failed = await stack.run('denied', 'doomed/', { target: { prefix: 'out-denied/' } });
    roles.splice(0, roles.length, ...all);
    expect(failed.error?.code).toBe('StorageAccessDenied');
    expect(await stack.listOutputs('out-denied/')).toEqual([]);
  });

  test('fails when the service may not read', async () => {
    const { roles } = stack.emulator.serviceIdentity;
    const all = roles.splice(0, roles.length, {
      role: 'Storage Blob Data Contributor',
      container: 'target',
    });
    const failed = await stack.run('unreadable', 'doomed/');
    roles.splice(0, roles.length, ...all);
    expect(failed.error?.code).toBe('StorageAccessDenied');
  });

  test('fails for a location where no storage is', async () => {
    const failed = await stack.run('nowhere', 'doomed/', {
      source: { location: 'https://127.0.0.1:1/account/source' },
    });
    expect(failed.error?.code).toBe('StorageAccessDenied');
  });
});
