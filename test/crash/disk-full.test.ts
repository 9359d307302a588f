import { execFile } from 'node:child_process';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/index.ts';
import {
  type CommandResult,
  CrashScene,
  ONCE_EACH,
  readErrorCodes,
  readLastLine,
  type StateKind,
  startCrashEmulator,
} from './crash-stack.ts';

const execute = promisify(execFile);

let emulator: Emulator;
let scenes = 0;

beforeAll(async () => {
  emulator = await startCrashEmulator();
});
afterAll(() => emulator?.stop());

/** Freezes a run at a moment, spoils its state, and lets it go on. */
async function spoil(
  { state = 'folder', moment }: { state?: StateKind; moment: string },
  {
    damage,
    check,
  }: {
    damage(scene: CrashScene, run: { runId: string; pid: number }): Promise<void>;
    check(scene: CrashScene, run: { runId: string; ended: CommandResult }): Promise<void>;
  },
): Promise<void> {
  scenes += 1;
  const scene = await CrashScene.open(emulator, `d${scenes}`, state);
  const frozen = await scene.startFrozen(moment);
  try {
    const runId = await scene.findRunId();
    await damage(scene, { runId, pid: frozen.child.pid ?? 0 });
    frozen.child.kill('SIGCONT');
    await check(scene, { runId, ended: await frozen.ended });
  } finally {
    frozen.child.kill('SIGKILL');
    await frozen.ended;
    await scene.close();
  }
}

/** Everything that was sent had been on record before. */
async function expectIntents(scene: CrashScene, runId: string): Promise<void> {
  const run = await scene.fold(runId);
  const intended = [...run.batches.values()].flatMap(({ job }) => job ?? []);
  const sent = emulator.executions.map(({ name }) => name).filter((name) => name.startsWith(runId));
  expect(intended).toEqual(expect.arrayContaining(sent));
}

async function expectToGoOn(scene: CrashScene, runId: string): Promise<void> {
  const resumed = await scene.resume(runId);
  expect(readLastLine(resumed)).toMatchObject({
    type: 'summary',
    status: 'complete',
    jobs: { submitted: 3 },
  });
  expect(resumed.exitCode).toBe(0);
  expect(scene.countExecutions()).toEqual(ONCE_EACH);
}

const journalFolder = (scene: CrashScene, runId: string) =>
  join(scene.folder, '.deid-batch', 'runs', runId, 'journal');

/** Lets no file of a process grow beyond what the journal has, but for some bytes. */
async function limitFileSize(scene: CrashScene, run: { runId: string; pid: number }) {
  const { size } = await stat(join(journalFolder(scene, run.runId), '000001-000001.jsonl'));
  await execute('prlimit', ['--pid', String(run.pid), `--fsize=${size + 10}`]);
}

describe('when the disk of the state is full', () => {
  test.each(['submitting', 'submitted', 'state', 'ended', 'verified', 'run-ended'])(
    'as "%s" is recorded, the run stops loudly, and goes on once there is space',
    async (type) => {
      await spoil(
        { moment: `journal ${type}: before it is written` },
        {
          damage: limitFileSize,
          async check(scene, { runId, ended }) {
            expect(ended).toMatchObject({ exitCode: 2, signal: null });
            expect(readErrorCodes(ended)).toEqual(['StateUnusable']);
            expect(ended.stdout).toContain('EFBIG');
            await expectIntents(scene, runId);
            // The first intent is not on the disk, so nothing may have been sent.
            if (type === 'submitting') expect(scene.countPuts(runId)).toBe(0);
            await expectToGoOn(scene, runId);
          },
        },
      );
    },
    120_000,
  );
});

describe('when the state is removed while the run goes on', () => {
  test.each([
    ['the journal', (scene: CrashScene, runId: string) => journalFolder(scene, runId)],
    ['the whole folder', (scene: CrashScene) => join(scene.folder, '.deid-batch')],
  ])(
    '%s in a folder: it stops loudly before it submits anything',
    async (_, choose) => {
      await spoil(
        { moment: 'journal submitting: before it is written' },
        {
          damage: (scene, { runId }) => rm(choose(scene, runId), { recursive: true }),
          async check(scene, { runId, ended }) {
            expect(ended).toMatchObject({ exitCode: 2, signal: null });
            expect(readErrorCodes(ended)).toEqual(['StateUnusable']);
            expect(ended.stdout).toContain('was removed while it was in use');
            expect(scene.countPuts(runId)).toBe(0);
          },
        },
      );
    },
    120_000,
  );

  test('the whole folder, right before the request: it is not sent', async () => {
    await spoil(
      { moment: 'journal submitting: on the disk' },
      {
        damage: (scene) => rm(join(scene.folder, '.deid-batch'), { recursive: true }),
        async check(scene, { runId, ended }) {
          expect(ended).toMatchObject({ exitCode: 2, signal: null });
          expect(readErrorCodes(ended)).toEqual(['StateUnusable']);
          expect(scene.countPuts(runId)).toBe(0);
          // What is gone stays gone: half a state would look like a whole one.
          expect(await readdir(scene.folder)).toEqual([]);
        },
      },
    );
  }, 120_000);

  test.each([
    ['the journal', (runId: string) => `runs/${runId}/journal/000001-000001.jsonl`],
    ['the lock', () => 'locks/'],
  ])(
    '%s in a container: it stops loudly before it submits anything',
    async (_, choose) => {
      await spoil(
        { state: 'container', moment: 'journal plan-sealed: answered' },
        {
          async damage(scene, { runId }) {
            const container = emulator.containerClient('state');
            const prefix = `${scene.target}/${choose(runId)}`;
            for await (const { name } of container.listBlobsFlat({ prefix })) {
              const blob = container.getBlobClient(name);
              await blob
                .getBlobLeaseClient()
                .breakLease(0)
                .catch(() => {});
              await blob.delete();
            }
          },
          async check(scene, { runId, ended }) {
            expect(ended).toMatchObject({ exitCode: 2, signal: null });
            expect(readErrorCodes(ended)).toEqual(['StateUnusable']);
            expect(ended.stdout).toContain('was removed while it was in use');
            expect(scene.countPuts(runId)).toBe(0);
          },
        },
      );
    },
    120_000,
  );
});

/** Whether these tests may mount a small disk of their own. */
const mayMount =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  (await execute('unshare', ['--mount', 'true']).then(
    () => true,
    () => false,
  ));

describe.skipIf(!mayMount)('when a small disk fills up', () => {
  test.each(['submitting', 'submitted', 'ended', 'verified'])(
    'as "%s" is recorded, the run stops, and goes on once there is space',
    async (type) => {
      scenes += 1;
      const scene = await CrashScene.open(emulator, `d${scenes}`);
      await execute('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', scene.folder]);
      try {
        const frozen = await scene.startFrozen(`journal ${type}: before it is written`);
        const runId = await scene.findRunId();
        const ballast = join(scene.folder, 'ballast');
        await expect(writeFile(ballast, Buffer.alloc(300_000))).rejects.toMatchObject({
          code: 'ENOSPC',
        });
        frozen.child.kill('SIGCONT');
        const ended = await frozen.ended;
        // At the latest, there is no room for the summary.
        expect(ended).toMatchObject({ exitCode: 2, signal: null });
        expect(readErrorCodes(ended)).toEqual(['StateUnusable']);
        expect(ended.stdout).toContain('ENOSPC');
        await expectIntents(scene, runId);
        await rm(ballast);
        await expectToGoOn(scene, runId);
        expect(await readFile(join(scene.folder, '.deid-batch', '.gitignore'), 'utf8')).toBe('*\n');
      } finally {
        await execute('umount', ['--lazy', scene.folder]);
        await scene.close();
      }
    },
    120_000,
  );
});
