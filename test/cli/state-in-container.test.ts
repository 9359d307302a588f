import { readdir } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { EmulatedIdentity } from '../../src/emulator/identities.ts';
import { type CliStack, NOTE, startCliStack } from './cli-stack.ts';

let stack: CliStack;

/** Reads everything and may have work done, but may write nowhere. */
const READER: EmulatedIdentity = {
  kind: 'user',
  objectId: '0b000000-0000-4000-8000-000000000001',
  clientId: '0c000000-0000-4000-8000-000000000001',
  resourceId:
    '/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/1',
  roles: [{ role: 'Storage Blob Data Reader' }, { role: 'DeID Batch Data Owner' }],
};

/** Has no role on the container of the state at all. */
const STRANGER: EmulatedIdentity = {
  ...READER,
  objectId: '0b000000-0000-4000-8000-000000000002',
  clientId: '0c000000-0000-4000-8000-000000000002',
  roles: [
    { role: 'Storage Blob Data Reader', container: 'source' },
    { role: 'Storage Blob Data Reader', container: 'target' },
    { role: 'DeID Batch Data Owner' },
  ],
};

const RUNNER: EmulatedIdentity = {
  ...READER,
  objectId: '0b000000-0000-4000-8000-000000000003',
  clientId: '0c000000-0000-4000-8000-000000000003',
  roles: [
    ...READER.roles,
    { role: 'Storage Blob Data Contributor', container: 'state' },
    { role: 'Storage Blob Data Contributor', container: 'nowhere' },
  ],
};

beforeAll(async () => {
  // A document takes an hour, so that a run is killed before it ends.
  stack = await startCliStack({ speed: 1 / 3_600, identities: [READER, STRANGER, RUNNER] });
  await stack.upload({ 'notes/mrn-4711.txt': NOTE, 'notes/mrn-4712.txt': NOTE });
});
afterAll(async () => await stack?.stop());

const HOUR_MS = 3_600_000;
const as = ({ clientId }: EmulatedIdentity) => ['--identity', clientId];
const run = ['--pattern', 'notes/**'];
const keep = (place: string) => ['--state', `${stack.emulator.blobEndpoint}/${place}`];

/** The blobs below a folder of the state's container, with their content. */
async function readState(folder: string): Promise<Map<string, Buffer>> {
  const container = stack.emulator.containerClient('state');
  const blobs = new Map<string, Buffer>();
  for await (const { name } of container.listBlobsFlat({ prefix: `${folder}/` })) {
    const { readableStreamBody } = await container.getBlobClient(name).download();
    const content = readableStreamBody ? await buffer(readableStreamBody) : Buffer.alloc(0);
    blobs.set(name.slice(folder.length + 1), content);
  }
  return blobs;
}

describe('with the state in a container', () => {
  test('a run that was killed is listed, shown, gone on with and purged from other folders', async () => {
    const state = [...keep('state/one'), ...as(RUNNER)];
    const started = await stack.start([...run, ...state, '--json']);
    await started.says('"type":"submitted"');
    started.child.kill('SIGKILL');
    await started.ended;

    const runs = await stack.runJson(['runs', ...state]);
    expect(runs).toMatchObject({ exitCode: 0, stderr: '', lines: [{ type: 'run' }] });
    const runId = String(runs.lines[0]?.runId);

    const status = await stack.runJson(['status', runId, ...state]);
    expect(status.exitCode).toBe(0);
    expect(status.lines).toMatchObject([{ type: 'run', runId, documents: { planned: 2 } }]);
    // Its process has ended, which is known on the same machine, though its lease has not.
    expect(status.lines[0]).not.toHaveProperty('driver');

    const refused = await stack.runJson(['purge', runId, ...state]);
    expect(refused).toMatchObject({ exitCode: 2, lines: [{ code: 'RunUnfinished' }] });

    const resumed = await stack.start(['resume', runId, ...state, '--json']);
    let isDone = false;
    void resumed.ended.then(() => {
      isDone = true;
    });
    await vi.waitUntil(
      () => {
        stack.emulator.advance(HOUR_MS);
        return isDone;
      },
      { timeout: 60_000, interval: 50 },
    );
    const { exitCode, stdout } = await resumed.ended;
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
      type: 'summary',
      runId,
      status: 'complete',
      documents: { planned: 2, succeeded: 2 },
      jobs: { submitted: 1 },
    });
    expect(stack.emulator.executions).toHaveLength(1);

    const kept = await readState('one');
    const names = [...kept.keys()];
    expect(names).toEqual([
      expect.stringMatching(/^locks\/[0-9a-f]{32}$/),
      'name-key',
      `runs/${runId}/journal/000001-000001.jsonl`,
      `runs/${runId}/journal/000002-000001.jsonl`,
      `runs/${runId}/listing.jsonl.gz`,
      `runs/${runId}/options.json`,
      `runs/${runId}/plan.json`,
      `runs/${runId}/scope`,
      expect.stringMatching(/\/sealed\/[0-9a-f]{64}\.jsonl\.gz$/),
      `runs/${runId}/summary.json`,
      expect.stringMatching(/^scopes\/[0-9a-f]{32}$/),
    ]);

    const purged = await stack.run(['purge', runId, ...state]);
    expect(purged).toMatchObject({ exitCode: 0, stdout: '' });
    const left = await readState('one');
    expect([...left.keys()]).toEqual(names.filter((name) => !name.startsWith('runs/')));
    // What stays tells nothing about the documents.
    for (const content of left.values())
      expect(content.toString('latin1')).not.toMatch(/mrn|notes/);
    expect((await stack.runJson(['runs', ...state])).lines).toEqual([]);
    const gone = await stack.runJson(['status', runId, ...state]);
    expect(gone).toMatchObject({ exitCode: 2, lines: [{ code: 'RunNotFound' }] });
  });

  test('no folder of the machine is used', async () => {
    const state = [...keep('state/dry'), ...as(RUNNER)];
    const { exitCode, cwd } = await stack.run([
      ...run,
      ...state,
      '--overwrite',
      'always',
      '--dry-run',
    ]);
    expect(exitCode).toBe(0);
    expect(await readdir(cwd)).toEqual([]);
    // A plan that is only shown is not kept.
    expect([...(await readState('dry')).keys()]).toEqual(['name-key']);
  });

  test.each([
    ['that only reads', READER],
    ['without a role', STRANGER],
  ])('an identity %s on it is told which role it needs, and who it is', async (_, identity) => {
    const before = stack.emulator.executions.length;
    const result = await stack.runJson([...run, ...keep('state/denied'), ...as(identity)]);
    expect(result).toMatchObject({ exitCode: 4, stderr: '' });
    expect(result.lines).toMatchObject([
      {
        type: 'error',
        code: 'StorageAccessDenied',
        message: expect.stringMatching(`/state may not be written by .*${identity.objectId}`),
        hint: expect.stringContaining('"Storage Blob Data Contributor"'),
      },
    ]);
    expect(stack.emulator.executions).toHaveLength(before);
  });

  test.each([
    ['runs'],
    ['status', 'r20260101-000000-aaaaaaa'],
    ['resume', 'r20260101-000000-aaaaaaa'],
  ])('an identity without a role on it is refused by %s as well', async (...command) => {
    const given = command.filter((part) => part !== undefined);
    const result = await stack.runJson([...given, ...keep('state/x'), ...as(STRANGER)]);
    expect(result).toMatchObject({ exitCode: 4, lines: [{ code: 'StorageAccessDenied' }] });
  });

  test.each(['runs', 'run'])('a container that does not exist is named by %s', async (command) => {
    const place = [...keep('nowhere/x'), ...as(RUNNER)];
    const given = command === 'run' ? [...run, ...place] : [command, ...place];
    const result = await stack.runJson(given);
    expect(result).toMatchObject({ exitCode: 4, stderr: '' });
    expect(result.lines).toMatchObject([
      { code: 'ContainerNotFound', message: expect.stringMatching(/nowhere .*does not exist/) },
    ]);
  });
});
