import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CliStack, type JsonResult, NOTE, startCliStack } from './cli-stack.ts';
import type { JsonLine } from './run-cli.ts';

/** Stands for what makes blob names PHI: it is in every name, prefix, pattern and group key. */
const MARK = 'mrn4711';

let stack: CliStack;

beforeAll(async () => {
  stack = await startCliStack();
  await stack.upload({
    [`one/${MARK}-a.txt`]: NOTE,
    [`one/${MARK}-b.txt`]: NOTE,
    [`many/${MARK}-p1/x.txt`]: NOTE,
    [`many/${MARK}-p1/y.txt`]: NOTE,
    [`many/${MARK}-p2/x.txt`]: NOTE,
    [`many/${MARK}-p2/x.pdf`]: 'no text',
    [`drift/${MARK}.txt`]: NOTE,
    [`fails/${MARK}-a.txt`]: NOTE,
    [`fails/${MARK}-b.txt`]: 'y'.repeat(50),
    [`broken/${MARK}.txt`]: NOTE,
  });
});
afterAll(async () => await stack?.stop());

/** A place in the target that no other test uses. */
const to = (place: string) => ['--target', `${stack.emulator.blobEndpoint}/target/${place}`];
const summaryOf = ({ lines }: JsonResult): JsonLine => lines.at(-1) ?? { type: 'none' };
const callersOf = (runId: unknown) => {
  const puts = stack.emulator.requests.filter(
    ({ method, path }) => method === 'PUT' && path.startsWith(`/jobs/${runId}`),
  );
  return new Set(puts.map(({ caller }) => caller));
};

async function readTarget(prefix: string): Promise<string[]> {
  const names: string[] = [];
  const container = stack.emulator.containerClient('target');
  for await (const { name } of container.listBlobsFlat({ prefix })) names.push(name);
  return names;
}

describe.concurrent('a run with no more than the environment and a pattern', () => {
  test('does it all, and its last line is a summary with the exit code', async () => {
    const result = await stack.runJson(['--pattern', `one/${MARK}*`]);
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    const types = result.lines.map(({ type }) => type);
    expect(types.slice(0, 3)).toEqual(['listing', 'plan', 'submitted']);
    expect(types.slice(-3)).toEqual(['ended', 'verified', 'summary']);
    expect(summaryOf(result)).toEqual({
      schemaVersion: 1,
      type: 'summary',
      runId: expect.stringMatching(/^r\d{8}-\d{6}-\w+$/),
      status: 'complete',
      exitCode: 0,
      documents: {
        planned: 2,
        succeeded: 2,
        failed: 0,
        canceled: 0,
        missing: 0,
        unexpected: 0,
        changed: 0,
      },
      batches: { planned: 1, succeeded: 1, failed: 0, canceled: 0, drifted: 0, open: 0 },
      jobs: { submitted: 1 },
      bytes: 2 * NOTE.length,
      consistency: { scope: 'batch', splitGroups: 0 },
      startedAt: expect.stringMatching(/Z$/),
      endedAt: expect.stringMatching(/Z$/),
    });
    expect(await readTarget('one/')).toEqual([`one/${MARK}-a.txt`, `one/${MARK}-b.txt`]);
    expect(callersOf(summaryOf(result).runId)).toEqual(new Set([objectIdOf('system')]));
    expect(result.all).not.toContain(MARK);
  });

  test('ends in text that says what was done and names a summary file for its owner only', async () => {
    const result = await stack.run(['--pattern', 'one/**', ...to('text')]);
    expect(result.exitCode).toBe(0);
    expect(result.stdout).toMatch(/^COMPLETE: every planned document/);
    expect(result.stdout).toMatch(/planned +2\n +succeeded +2\n/);
    expect(result.stderr).toMatch(/Selected 2 documents .* of 2 listed blobs/);
    expect(result.stderr).toMatch(/verified 2 of 2 documents/);
    expect(result.all).not.toContain(MARK);
    const file = /Summary: (.+)\n/.exec(result.stdout)?.[1] ?? '';
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      type: 'summary',
      exitCode: 0,
    });
  });

  test('says nothing on standard error with --quiet, and the result all the same', async () => {
    const result = await stack.run(['--pattern', 'one/**', '--quiet', ...to('quiet')]);
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(result.stdout).toMatch(/^COMPLETE/);
  });

  test.each([
    ['by client id', () => ['--identity', userIdentity().clientId], {}],
    ['by AZURE_CLIENT_ID', () => [], { AZURE_CLIENT_ID: '0a000000-0000-4000-8000-000000000002' }],
    ['by resource id', () => ['--identity-resource-id', userIdentity().resourceId], {}],
    ['by object id', () => ['--identity-object-id', userIdentity().objectId], {}],
  ])('is the user-assigned identity that was chosen %s', async (how, args, env) => {
    const place = `identity/${how.replaceAll(' ', '-')}`;
    const result = await stack.runJson(['--pattern', 'one/**', ...to(place), ...args()], { env });
    expect(result.exitCode).toBe(0);
    expect(callersOf(summaryOf(result).runId)).toEqual(new Set([userIdentity().objectId]));
  });
});

describe.concurrent('names', () => {
  const selection = [
    '--pattern',
    `many/${MARK}*/**`,
    '--exclude',
    '**/*.pdf',
    '--max-docs-per-batch',
    '2',
  ];
  const grouped = ['--group-by', `${MARK}-(?<group>p[0-9])`];

  test.each([
    ['text', []],
    ['JSON', ['--json']],
    ['text with --log-level debug', ['--log-level', 'debug']],
  ])('are hidden in %s, in names, prefixes, patterns and group keys', async (how, args) => {
    const place = `hidden/${how.replaceAll(' ', '-')}`;
    const result = await stack.run([...selection, ...grouped, ...to(place), ...args]);
    expect(result.exitCode).toBe(0);
    expect(result.all).toMatch(/~[0-9a-f]{12}/);
    expect(result.all).not.toContain(MARK);
    expect(result.all).not.toMatch(/p[12]\//);
  });

  test('are shown with --show-names', async () => {
    const [text, json] = await Promise.all([
      stack.run(['plan', ...selection, ...grouped, '--show-names']),
      stack.runJson(['plan', ...selection, ...grouped, '--show-names']),
    ]);
    expect(text.stdout).toContain(`many/${MARK}-p1/`);
    expect(json.lines).toMatchObject([
      {
        batches: [
          { source: { prefix: `many/${MARK}-p1/` } },
          { source: { prefix: `many/${MARK}-p2/x.txt` } },
        ],
      },
    ]);
  });
});

describe.concurrent('a plan', () => {
  const selection = [
    '--pattern',
    'many/**/*.txt',
    '--max-docs-per-batch',
    '2',
    '--group-by',
    'folder:2',
  ];

  test('is one line of JSON, the same as with run --dry-run, and leaves nothing anywhere', async () => {
    const before = stack.emulator.executions.length;
    const [plan, dryRun] = await Promise.all([
      stack.runJson(['plan', ...selection, '--show-names']),
      stack.runJson([...selection, '--show-names', '--dry-run']),
    ]);
    expect(plan).toMatchObject({ exitCode: 0, stderr: '' });
    expect(plan.lines).toEqual([
      {
        schemaVersion: 1,
        type: 'plan',
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
        selection: {
          listed: 4,
          documents: 3,
          bytes: 3 * NOTE.length,
          skipped: [{ reason: 'notMatched', documents: 1 }],
        },
        consistency: { scope: 'group', groups: 2, largestGroup: 2, splitGroups: 0 },
        batches: [
          batchOf('b00001', `many/${MARK}-p1/`, 2),
          batchOf('b00002', `many/${MARK}-p2/x.txt`, 1),
        ],
        estimate: { megabytes: 0.01, copies: 0, requests: 6 },
      },
    ]);
    // The digest covers the batches and not the run, so it is the same.
    expect(dryRun.lines).toEqual(plan.lines);
    for (const { cwd } of [plan, dryRun]) {
      expect(await readdir(join(cwd, '.deid-batch', 'runs'))).toEqual([]);
    }
    expect(
      stack.emulator.executions.slice(before).map(({ request }) => request.targetLocation.prefix),
    ).not.toContain(`many/${MARK}-p2/x.txt`);
    expect(await readTarget('many/')).toEqual([]);
  });

  test('warns when documents of one patient may get different surrogates', async () => {
    const { stdout } = await stack.run([
      'plan',
      '--pattern',
      'many/**/*.txt',
      '--max-docs-per-batch',
      '1',
    ]);
    expect(stdout).toMatch(/WARNING: without --group-by.*3 batches.*different surrogates/);
    expect(stdout).toMatch(/skipped 1: no pattern matches/);
  });
});

describe.concurrent('settings', () => {
  test('come from the flag before the environment before the file, in a run too', async () => {
    const cwd = await stack.folder();
    const place = (name: string) => `${stack.emulator.blobEndpoint}/target/${name}`;
    const file = { pattern: ['one/**'], target: place('by-file'), operation: 'tag', quiet: true };
    await writeFile(join(cwd, 'deid-batch.config.json'), JSON.stringify(file));
    const env = { DEID_BATCH_TARGET: place('by-env'), DEID_BATCH_OPERATION: 'surrogate' };
    const result = await stack.run(['--operation', 'redact'], { cwd, env });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await readTarget('by-file')).toEqual([]);
    const [name = ''] = await readTarget('by-env/');
    const output = await stack.emulator
      .containerClient('target')
      .getBlobClient(name)
      .downloadToBuffer();
    expect(output.toString()).toContain('[patient]');
  });
});

// Faults and switches are the whole emulator's: from here on, one after the other.
describe('trouble', () => {
  test('documents that fail are findings: exit code 5, and where they are named', async () => {
    stack.emulator.setBehaviour({ maxDocumentBytes: 60 });
    const args = ['--pattern', 'fails/**'];
    const text = await stack.run([...args, ...to('fails')]);
    stack.emulator.setBehaviour({ maxDocumentBytes: 2_000_000 });
    expect(text.exitCode).toBe(5);
    expect(text.stdout).toMatch(/^FINDINGS/);
    expect(text.stdout).toMatch(/succeeded +1\n +failed +1\n/);
    expect(text.stderr).toMatch(/verified 1 of 2 documents, 1 finding/);
    const findings = /zcat (.+)\/findings-\*\.jsonl\.gz/.exec(text.stdout)?.[1] ?? '';
    expect(await readdir(findings)).toContain('findings-b00001.jsonl.gz');
    expect(text.all).not.toContain(MARK);
  });

  test('a job that is only partly done is found out, whatever the service calls it', async () => {
    stack.emulator.setBehaviour({ maxDocumentBytes: 60, jobStatusWithFailures: 'PartialFailed' });
    const result = await stack.runJson(['--pattern', 'fails/**', ...to('partial')]);
    stack.emulator.setBehaviour({
      maxDocumentBytes: 2_000_000,
      jobStatusWithFailures: 'Succeeded',
    });
    expect(result.exitCode).toBe(5);
    expect(summaryOf(result)).toMatchObject({
      status: 'findings',
      exitCode: 5,
      documents: { planned: 2, succeeded: 1, failed: 1 },
    });
  });

  test('a job that fails whole is told with its code', async () => {
    stack.emulator.setBehaviour({ maxDocumentBytes: 10 });
    const text = await stack.run(['--pattern', 'broken/**', ...to('broken')]);
    stack.emulator.setBehaviour({ maxDocumentBytes: 2_000_000 });
    expect(text.exitCode).toBe(5);
    expect(text.stderr).toMatch(/b00001 failed: DocumentsFailed/);
    expect(text.stdout).not.toMatch(/share surrogates/);
  });

  test('blobs that change between plan and submission are drift: exit code 6, nothing submitted', async () => {
    const before = stack.emulator.executions.length;
    const isRecheck = String.raw`^/devstoreaccount1/source\?.*prefix=drift`;
    // Listed once for the plan, and late a second time before the job.
    stack.emulator.setFaults([{ server: 'storage', path: isRecheck, nth: 2, delayMs: 60_000 }]);
    const started = await stack.start(['--pattern', 'drift/**', '--json', ...to('drift')]);
    await started.says('"type":"plan"');
    await stack.upload({ [`drift/${MARK}-new.txt`]: NOTE });
    stack.emulator.advance(60_000);
    const advancing = setInterval(() => stack.emulator.advance(60_000), 200);
    const result = await started.ended.finally(() => clearInterval(advancing));
    stack.emulator.setFaults([]);
    expect(result.exitCode).toBe(6);
    expect(JSON.parse(result.stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
      type: 'summary',
      exitCode: 6,
      batches: { drifted: 1 },
      jobs: { submitted: 0 },
      documents: { unexpected: 1 },
    });
    expect(stack.emulator.executions).toHaveLength(before);
    expect(result.stdout).not.toContain(MARK);
  });

  test('outputs that exist stay as they are unless --overwrite always', async () => {
    const args = ['--pattern', 'one/**', ...to('text')];
    expect(existsSync(await stack.folder())).toBe(true);
    const refused = await stack.runJson(args);
    expect(refused.exitCode).toBe(2);
    expect(refused.lines.at(-1)).toMatchObject({
      code: 'OutputExists',
      hint: expect.stringContaining('--overwrite always'),
    });
    expect(await stack.runJson([...args, '--overwrite', 'always'])).toMatchObject({ exitCode: 0 });
  });
});

function batchOf(id: string, prefix: string, documents: number) {
  const { blobEndpoint } = stack.emulator;
  return {
    id,
    layout: 'inPlace',
    source: { location: `${blobEndpoint}/source`, prefix, extensions: ['*'] },
    target: { location: `${blobEndpoint}/target`, prefix, overwrite: false },
    documents,
    bytes: documents * NOTE.length,
    groups: 1,
  };
}

function objectIdOf(kind: 'system' | 'user'): string {
  return stack.emulator.identities.find((identity) => identity.kind === kind)?.objectId ?? '';
}

function userIdentity() {
  const identity = stack.emulator.identities.find(({ kind }) => kind === 'user');
  if (!identity) throw new Error('The emulator has no user-assigned identity.');
  return identity;
}
