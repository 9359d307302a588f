import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Behaviour, DEFAULT_BEHAVIOUR } from '../../../src/emulator/service/behaviour.ts';
import { type JobStack, startJobStack } from './job-stack.ts';

const NOTE = 'Hello, my name is John Smith.';

let stack: JobStack;

beforeAll(async () => {
  stack = await startJobStack({ speed: 100_000 });
});
afterEach(() => stack.emulator.setBehaviour(DEFAULT_BEHAVIOUR));
afterAll(() => stack.emulator.stop());

/** Names of the outputs under `prefix`, without it. */
async function listOutputs(prefix: string): Promise<string[]> {
  return (await stack.listOutputs(prefix)).map((name) => name.slice(prefix.length));
}

test.each(['Succeeded', 'Failed', 'PartialFailed'] as const)(
  'jobStatusWithFailures %s is the status of a job of which some documents failed',
  async (jobStatusWithFailures) => {
    await stack.upload({
      'some/bad': Uint8Array.of(0xff),
      'some/good': NOTE,
      'all/bad': Uint8Array.of(0xff),
    });
    stack.emulator.setBehaviour({ jobStatusWithFailures });
    const prefix = `out/${jobStatusWithFailures}/`;
    const some = await stack.run(`some-${jobStatusWithFailures}`, 'some/', { target: { prefix } });
    expect(some).toMatchObject({
      status: jobStatusWithFailures,
      summary: { successful: 1, failed: 1, total: 2 },
    });
    expect('error' in some).toBe(jobStatusWithFailures === 'Failed');
    const all = await stack.run(`all-${jobStatusWithFailures}`, 'all/', { target: { prefix } });
    expect(all).toMatchObject({ status: 'Failed', summary: { successful: 0, failed: 1 } });
  },
);

const collisions: {
  value: Behaviour['overwriteCollision'];
  status: string;
  document: string;
  error?: string;
}[] = [
  { value: 'failDocument', status: 'Succeeded', document: 'Failed', error: 'FileAlreadyExists' },
  { value: 'failJob', status: 'Failed', document: 'Canceled' },
  { value: 'skip', status: 'Succeeded', document: 'Succeeded' },
];
test.each(collisions)('overwriteCollision $value', async ({ value, status, document, error }) => {
  const target = { prefix: `out/collision-${value}/` };
  await stack.upload({ 'collision/a': NOTE });
  await stack.run(`first-${value}`, 'collision/', { target });
  const written = await stack.readOutput(`${target.prefix}a`);
  await stack.upload({ 'collision/b': NOTE });
  stack.emulator.setBehaviour({ overwriteCollision: value });
  const job = await stack.run(`second-${value}`, 'collision/', { target });
  await stack.emulator.containerClient('source').deleteBlob('collision/b');

  expect(job.status).toBe(status);
  if (value === 'failJob') expect(job.error?.code).toBe('FileAlreadyExists');
  const collided = (await stack.listDocuments(`second-${value}`)).find(({ input }) =>
    input?.location.endsWith('/a'),
  );
  expect(collided).toMatchObject({ status: document, ...(error && { error: { code: error } }) });
  expect(collided).not.toHaveProperty('output');
  expect(await stack.readOutput(`${target.prefix}a`)).toBe(written);

  const overwriting = await stack.run(`third-${value}`, 'collision/', {
    target: { ...target, overwrite: true },
    operation: 'Redact',
  });
  expect(overwriting.status).toBe('Succeeded');
  expect(await stack.readOutput(`${target.prefix}a`)).not.toBe(written);
});

test.each([
  ['sameName', 'a.txt'],
  ['jsonSuffix', 'a.txt.json'],
] as const)('tagOutputName %s', async (tagOutputName, expected) => {
  await stack.upload({ 'tag-name/a.txt': NOTE });
  stack.emulator.setBehaviour({ tagOutputName });
  const prefix = `out/${tagOutputName}/`;
  await stack.run(tagOutputName, 'tag-name/', { operation: 'Tag', target: { prefix } });
  expect(await listOutputs(prefix)).toEqual([expected]);
  const [document] = await stack.listDocuments(tagOutputName);
  expect(document?.output?.location.endsWith(expected)).toBe(true);
});

test.each(['taggerResult', 'entities'] as const)('tagOutputShape %s', async (tagOutputShape) => {
  await stack.upload({ 'tag-shape/a.txt': NOTE, 'tag-shape/empty.txt': '' });
  stack.emulator.setBehaviour({ tagOutputShape });
  const prefix = `out/${tagOutputShape}/`;
  await stack.run(tagOutputShape, 'tag-shape/', { operation: 'Tag', target: { prefix } });
  const output = JSON.parse((await stack.readOutput(`${prefix}a.txt`)) ?? '');
  const entities = tagOutputShape === 'entities' ? output : output.entities;
  expect(entities).toMatchObject([
    { text: 'John Smith', offset: { utf8: 18 }, length: { utf8: 10 } },
  ]);
  expect(await stack.readOutput(`${prefix}empty.txt`)).toBe('');
});

test.each([
  ['failDocument', { status: 'Succeeded', summary: { successful: 1, failed: 1, total: 2 } }],
  ['failJob', { status: 'Failed', error: { code: 'FileTooLarge' } }],
] as const)('oversizedDocument %s', async (oversizedDocument, expected) => {
  await stack.upload({ 'size/large': 'x'.repeat(101), 'size/fits': 'x'.repeat(100) });
  stack.emulator.setBehaviour({ oversizedDocument, maxDocumentBytes: 100 });
  const prefix = `out/${oversizedDocument}/`;
  const name = `size-${oversizedDocument}`;
  expect(await stack.run(name, 'size/', { target: { prefix } })).toMatchObject(expected);
  expect(await listOutputs(prefix)).not.toContain('large');
  if (oversizedDocument === 'failDocument') {
    const documents = await stack.listDocuments(name);
    const [large] = documents.filter(({ status }) => status === 'Failed');
    expect(large).toMatchObject({ error: { code: 'FileTooLarge', target: 'SourceFile' } });
  }
});

test('a document above 2 MB is too large by default', async () => {
  await stack.upload({ 'big/above': 'x'.repeat(2_000_001), 'big/at': 'x '.repeat(1_000_000) });
  const job = await stack.run('big', 'big/');
  expect(job.summary).toMatchObject({ successful: 1, failed: 1, bytesProcessed: 2_000_000 });
});

test.each([
  ['failJob', { status: 'Failed', error: { code: 'JobTooLarge' } }, 0],
  ['truncate', { status: 'Succeeded', summary: { total: 2 } }, 2],
  ['accept', { status: 'Succeeded', summary: { total: 3 } }, 3],
] as const)('tooManyDocuments %s', async (tooManyDocuments, expected, outputs) => {
  await stack.upload({ 'many/a': NOTE, 'many/b': NOTE, 'many/c': NOTE });
  stack.emulator.setBehaviour({ tooManyDocuments, maxDocumentsPerJob: 2 });
  const prefix = `out/many-${tooManyDocuments}/`;
  const job = await stack.run(`many-${tooManyDocuments}`, 'many/', { target: { prefix } });
  expect(job).toMatchObject(expected);
  expect(await listOutputs(prefix)).toHaveLength(outputs);
});

test('maxDocumentsPerJob documents are not too many', async () => {
  await stack.upload({ 'enough/a': NOTE, 'enough/b': NOTE });
  stack.emulator.setBehaviour({ maxDocumentsPerJob: 2 });
  expect(await stack.run('enough', 'enough/')).toMatchObject({ status: 'Succeeded' });
});

const selections: {
  name: string;
  changes: Partial<Behaviour>;
  extensions?: string[];
  outputs: string[];
}[] = [
  { name: 'ordinal', changes: {}, outputs: ['b.txt', 'c'] },
  {
    name: 'ignoreCase',
    changes: { prefixComparison: 'ignoreCase' },
    outputs: ['a.txt', 'b.txt', 'c'],
  },
  { name: 'exclude', changes: { extensionlessNames: 'exclude' }, outputs: ['b.txt'] },
  { name: 'dot', changes: { extensionSyntax: 'dot' }, extensions: ['.txt'], outputs: ['b.txt'] },
  {
    name: 'bare',
    changes: { extensionSyntax: 'bare' },
    extensions: ['.txt', 'txt'],
    outputs: ['b.txt'],
  },
];
test.each(selections)(
  'selection: $name',
  async ({ name, changes, extensions = ['*'], outputs }) => {
    await stack.upload({ 'CASE/a.txt': NOTE, 'case/b.txt': NOTE, 'case/c': NOTE });
    stack.emulator.setBehaviour(changes);
    const prefix = `out/select-${name}/`;
    await stack.run(`select-${name}`, 'case/', { source: { extensions }, target: { prefix } });
    expect(await listOutputs(prefix)).toEqual(outputs);
  },
);

test.each([
  ['names', 'Succeeded'],
  ['folders', 'Failed'],
] as const)('partialPrefix %s', async (partialPrefix, status) => {
  await stack.upload({ 'partial/p00.txt': NOTE });
  stack.emulator.setBehaviour({ partialPrefix });
  const job = await stack.run(`partial-${partialPrefix}`, 'partial/p0', {
    target: { overwrite: true },
  });
  expect(job.status).toBe(status);
  if (status === 'Failed') expect(job.error?.code).toBe('EmptyJob');
});

test.each([
  ['dropped', {}],
  ['carried', { ward: '7' }],
] as const)('documentMetadata %s', async (documentMetadata, expected) => {
  await stack.upload({ 'metadata/a': NOTE });
  const source = stack.emulator.containerClient('source').getBlobClient('metadata/a');
  await source.setMetadata({ ward: '7' });
  stack.emulator.setBehaviour({ documentMetadata });
  const prefix = `out/${documentMetadata}/`;
  await stack.run(`metadata-${documentMetadata}`, 'metadata/', { target: { prefix } });
  const target = stack.emulator.containerClient('target').getBlobClient(`${prefix}a`);
  expect((await target.getProperties()).metadata).toEqual(expected);
});
