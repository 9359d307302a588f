import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Document, ListedBlob } from '../src/model/document.ts';
import type { JobState, JobStatus, ProcessedDocument } from '../src/model/job.ts';
import type { Batch } from '../src/model/plan.ts';
import { type Verification, verifyBatch } from '../src/verify.ts';

const SOURCE = 'https://a.example:443/source';
const TARGET = 'https://a.example/target';
const CREATED_MS = Date.parse('2026-01-31T08:00:00.700Z');

interface World {
  /** Names after `in/`. */
  names?: string[];
  /** What the service lists, page by page; by default all documents, succeeded. */
  pages?: ProcessedDocument[][];
  /** Blobs of the target; by default all outputs. */
  outputs?: ListedBlob[];
  job?: Partial<JobStatus>;
  outputNamesKnown?: boolean;
  attempt?: number;
}

const planned = (name: string): Document => ({ name: `in/${name}`, bytes: 1, etag: `e-${name}` });

const output = (name: string, changes: Partial<ListedBlob> = {}): ListedBlob => ({
  name: `out/${name}`,
  bytes: 1,
  etag: `o-${name}`,
  modifiedAtMs: CREATED_MS + 5_000,
  ...changes,
});

/** What the service says of a document that went well; `encode` writes names into URLs. */
const processed = (
  name: string,
  changes: Partial<ProcessedDocument> = {},
  encode: (name: string) => string = encodeName,
): ProcessedDocument => ({
  input: { location: `https://a.example/source/${encode(`in/${name}`)}`, etag: `e-${name}` },
  output: { location: `${TARGET}/${encode(`out/${name}`)}`, etag: `o-${name}` },
  state: 'succeeded',
  ...changes,
});

const encodeName = (name: string) => name.split('/').map(encodeURIComponent).join('/');
const asIs = (name: string) => name;

async function verify({ names = ['a', 'b'], ...world }: World): Promise<Verification> {
  const batch: Batch = {
    id: 'b00001',
    layout: 'inPlace',
    source: { location: 'https://a.example/source', prefix: 'in/', extensions: ['*'] },
    target: { location: TARGET, prefix: 'out/', overwrite: false },
    documents: names.length,
    bytes: names.length,
    manifest: '',
    body: '{}',
  };
  const job: JobStatus = {
    name: 'job',
    state: 'succeeded',
    createdAt: new Date(CREATED_MS).toISOString(),
    ...world.job,
  };
  const pages = world.pages ?? [names.map((name) => processed(name))];
  const outputs = world.outputs ?? names.map((name) => output(name));
  return verifyBatch(
    {
      jobs: {
        async *listDocuments() {
          yield* pages;
        },
      },
      target: {
        async *listPages({ prefix }) {
          yield outputs.filter(({ name }) => name.startsWith(prefix));
        },
      },
    },
    {
      batch,
      job,
      attempt: world.attempt ?? 1,
      documents: new Map(names.map((name) => [`in/${name}`, planned(name)])),
      outputNamesKnown: world.outputNamesKnown ?? true,
      signal: new AbortController().signal,
    },
  );
}

const counts = (changes: Partial<Verification['counts']>) => ({
  planned: 2,
  succeeded: 0,
  failed: 0,
  canceled: 0,
  missing: 0,
  changed: 0,
  unexpected: 0,
  ...changes,
});

test('documents, results and outputs that agree leave nothing to find', async () => {
  expect(await verify({})).toEqual({ counts: counts({ succeeded: 2 }), findings: [] });
});

describe('one document is not as it must be', () => {
  const cases: [string, World, Partial<Verification['counts']>, object[]][] = [
    [
      'failed',
      { pages: [[processed('a'), fail('b', 'FileNotFound')]], outputs: [output('a')] },
      { succeeded: 1, failed: 1 },
      [{ kind: 'failed', name: 'in/b', code: 'FileNotFound' }],
    ],
    [
      'canceled',
      { pages: [[processed('a'), { ...fail('b'), state: 'canceled' }]], outputs: [output('a')] },
      { succeeded: 1, canceled: 1 },
      [{ kind: 'canceled', name: 'in/b' }],
    ],
    [
      'not in the list of the service',
      { pages: [[processed('a')]], outputs: [output('a')] },
      { succeeded: 1, missing: 1 },
      [{ kind: 'missing', name: 'in/b' }],
    ],
    [
      'succeeded, but its output is not there',
      { outputs: [output('a')] },
      { succeeded: 1, missing: 1 },
      [{ kind: 'missingOutput', name: 'in/b' }],
    ],
    [
      'succeeded, but without an output',
      { pages: [[processed('a'), without(processed('b'), 'output')]], outputs: [output('a')] },
      { succeeded: 1, missing: 1 },
      [{ kind: 'missingOutput', name: 'in/b' }],
    ],
    [
      'processed in another version than planned',
      { pages: [[processed('a'), processed('b', { input: input('b', 'newer') })]] },
      { succeeded: 1, changed: 1 },
      [{ kind: 'changed', name: 'in/b' }],
    ],
    [
      'overwritten by somebody else since',
      { outputs: [output('a'), output('b', { etag: 'other' })] },
      { succeeded: 1, changed: 1 },
      [{ kind: 'changedOutput', name: 'in/b' }],
    ],
    [
      'in a state that nobody knows',
      { pages: [[processed('a'), { ...fail('b'), state: 'unknown' }]], outputs: [output('a')] },
      { succeeded: 1, missing: 1 },
      [{ kind: 'missing', name: 'in/b' }],
    ],
  ];
  test.each(cases)('%s', async (_, world, expected, findings) => {
    expect(await verify(world)).toEqual({ counts: counts(expected), findings });
  });
});

describe('more than was planned', () => {
  test('a document that nobody planned', async () => {
    const pages = [[processed('a'), processed('b')], [processed('stranger')]];
    expect(await verify({ pages })).toEqual({
      counts: counts({ succeeded: 2, unexpected: 1 }),
      findings: [{ kind: 'unexpected', name: 'in/stranger' }],
    });
  });

  test('a document of another container', async () => {
    const elsewhere = processed('c', { input: { location: 'https://b.example/source/in/c' } });
    const { counts: found } = await verify({
      pages: [[processed('a'), processed('b'), elsewhere]],
    });
    expect(found).toEqual(counts({ succeeded: 2, unexpected: 1 }));
  });

  test('a document that is listed twice counts once, and the second time as unexpected', async () => {
    const pages = [[processed('a'), processed('b')], [processed('a')]];
    expect((await verify({ pages })).counts).toEqual(counts({ succeeded: 2, unexpected: 1 }));
  });

  test('an output of this job that belongs to no document', async () => {
    const outputs = [output('a'), output('b'), output('leak')];
    expect(await verify({ outputs })).toEqual({
      counts: counts({ succeeded: 2, unexpected: 1 }),
      findings: [{ kind: 'unexpectedOutput', name: 'out/leak' }],
    });
  });

  test('an output of a document that failed', async () => {
    const pages = [[processed('a'), fail('b', 'Timeout')]];
    expect((await verify({ pages })).counts).toEqual(
      counts({ succeeded: 1, failed: 1, unexpected: 1 }),
    );
  });

  test('a blob that lay in the target before the job is not its output', async () => {
    const old = output('old', { modifiedAtMs: CREATED_MS - 60_000 });
    expect((await verify({ outputs: [output('a'), output('b'), old] })).findings).toEqual([]);
  });

  test('a blob of the second in which the job was created may be', async () => {
    const fresh = output('fresh', { modifiedAtMs: Math.floor(CREATED_MS / 1_000) * 1_000 });
    expect((await verify({ outputs: [output('a'), output('b'), fresh] })).counts.unexpected).toBe(
      1,
    );
  });
});

describe('a job that ended early leaves documents behind', () => {
  test.each([
    ['failed', { failed: 2 }],
    ['canceled', { canceled: 2 }],
    ['unknown', { missing: 2 }],
    ['succeeded', { missing: 2 }],
  ] satisfies [JobState, object][])('%s without a list', async (state, expected) => {
    const { counts: found } = await verify({ pages: [], outputs: [], job: { state } });
    expect(found).toEqual(counts(expected));
  });

  test.each([
    ['failed', 'notStarted', { failed: 2 }],
    ['canceled', 'notStarted', { canceled: 2 }],
    ['canceled', 'running', { canceled: 2 }],
    ['succeeded', 'running', { missing: 2 }],
  ] satisfies [JobState, JobState, object][])(
    '%s with documents %s',
    async (state, left, expected) => {
      const pages = [
        [
          { ...fail('a'), state: left },
          { ...fail('b'), state: left },
        ],
      ];
      const { counts: found } = await verify({ pages, outputs: [], job: { state } });
      expect(found).toEqual(counts(expected));
    },
  );

  test('with the reason of the job', async () => {
    const job: Partial<JobStatus> = { state: 'failed', fault: { code: 'EmptyJob' } };
    const { findings } = await verify({ pages: [], outputs: [], job });
    expect(findings[0]).toEqual({ kind: 'failed', name: 'in/a', code: 'EmptyJob' });
  });
});

describe('names that need escaping', () => {
  const names = [
    'a b',
    'ü/é 😀',
    'a%20b',
    '100%',
    'x#y',
    'what?',
    '1+1',
    'c//d',
    'e\\f',
    '%zz',
    "it's(1)",
    'a&b=c',
    '../up',
    '.',
  ];
  const escapes: [string, (name: string) => string][] = [
    ['percent-encoded', encodeName],
    ['with the slashes encoded too', encodeURIComponent],
    ['as they are', asIs],
  ];
  test.each(escapes)('%s', async (_, encode) => {
    const pages = [names.map((name) => processed(name, {}, encode))];
    const verification = await verify({ names, pages });
    expect(verification.findings).toEqual([]);
    expect(verification.counts.succeeded).toBe(names.length);
  });

  test.each(escapes)('%s, of outputs that the service names', async (_, encode) => {
    const tags = names.map((name) => `${name}.json`);
    const pages = [
      names.map((name) => ({
        ...processed(name, {}, encode),
        output: { location: `${TARGET}/${encode(`out/${name}.json`)}`, etag: `o-${name}.json` },
      })),
    ];
    const verification = await verify({
      names,
      pages,
      outputs: tags.map((name) => output(name)),
      outputNamesKnown: false,
    });
    expect(verification.findings).toEqual([]);
  });

  test('where an encoded name is another name as it is', async () => {
    const two = ['a b', 'a%20b'];
    for (const encode of [encodeName, asIs]) {
      const pages = [two.map((name) => processed(name, {}, encode))];
      expect((await verify({ names: two, pages })).findings).toEqual([]);
    }
  });
});

test('outputs that the service names must exist as well', async () => {
  const verification = await verify({ outputNamesKnown: false, outputs: [output('a')] });
  expect(verification.findings).toEqual([{ kind: 'missingOutput', name: 'in/b' }]);
});

test('every planned document counts exactly once, whatever the service and the target show', async () => {
  const states = ['notStarted', 'running', 'succeeded', 'failed', 'canceled', 'unknown'] as const;
  const name = fc.constantFrom('a', 'b', 'c', 'd e', 'd%20e', 'ü');
  const etag = fc.constantFrom('e-a', 'o-a', 'x', undefined);
  const result = fc.record({
    name,
    state: fc.constantFrom(...states),
    inputEtag: etag,
    outputEtag: etag,
    hasOutput: fc.boolean(),
    encode: fc.constantFrom(encodeName, asIs),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(name),
      fc.array(fc.array(result)),
      fc.uniqueArray(name),
      fc.constantFrom(...states),
      fc.boolean(),
      async (names, pages, existing, state, outputNamesKnown) => {
        const { counts: found, findings } = await verify({
          names,
          job: { state },
          outputNamesKnown,
          outputs: existing.map((one) => output(one)),
          pages: pages.map((page) =>
            page.map((one) => {
              const base = processed(one.name, { state: one.state }, one.encode);
              const listed = {
                ...base,
                input: { location: base.input.location, ...optionalEtag(one.inputEtag) },
              };
              return one.hasOutput ? listed : without(listed, 'output');
            }),
          ),
        });
        const { planned, succeeded, failed, canceled, missing, changed, unexpected } = found;
        expect(planned).toBe(names.length);
        expect(succeeded + failed + canceled + missing + changed).toBe(planned);
        expect(findings).toHaveLength(planned - succeeded + unexpected);
        expect(succeeded).toBeLessThanOrEqual(existing.length);
      },
    ),
  );
});

function fail(name: string, code?: string): ProcessedDocument {
  const { input: where } = processed(name);
  return { input: where, state: 'failed', ...(code === undefined ? {} : { fault: { code } }) };
}

function input(name: string, etag: string): ProcessedDocument['input'] {
  return { location: `${SOURCE}/in/${name}`, etag };
}

function optionalEtag(etag: string | undefined): { etag?: string } {
  return etag === undefined ? {} : { etag };
}

function without<T extends object, K extends keyof T>(whole: T, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = whole;
  return rest;
}
