import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Emulator } from '../../src/emulator/index.ts';
import type { DocumentCounts } from '../../src/model/verification.ts';
import {
  type CrashProcess,
  CrashScene,
  ONCE_EACH,
  PATIENCE,
  readErrorCodes,
  readLastLine,
  START,
  type StateKind,
  startCrashEmulator,
} from './crash-stack.ts';

const RUNNERS = 10;
const DOCUMENTS = 4;

const HOUR_MS = 3_600_000;
const STATES = ['folder', 'container'] as const;

let emulator: Emulator;
let scenes = 0;

beforeAll(async () => {
  // A job ends only when the tests move the service's clock.
  emulator = await startCrashEmulator({ speed: 1 / 3_600 });
});
afterAll(() => emulator?.stop());

async function inScene(state: StateKind, work: (scene: CrashScene) => Promise<void>) {
  scenes += 1;
  const scene = await CrashScene.open(emulator, `c${scenes}`, state);
  try {
    await work(scene);
  } finally {
    await scene.close();
  }
}

/** Lets the service work until the processes have ended; their results. */
async function finish(...processes: CrashProcess[]) {
  let isDone = false;
  const ended = Promise.all(processes.map((one) => one.ended)).finally(() => {
    isDone = true;
  });
  await vi.waitUntil(() => {
    emulator.advance(HOUR_MS);
    return isDone;
  }, PATIENCE);
  return ended;
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

const hasSubmitted = (runner: CrashProcess) =>
  vi.waitUntil(() => runner.printed().includes('"type":"submitted"'), PATIENCE);

describe.each(STATES)('with the state in a %s', (state) => {
  test('one of ten runners on one source and target works, and nine leave with 75', async () => {
    await inScene(state, async (scene) => {
      const runners = Array.from({ length: RUNNERS }, () => scene.spawn(START));
      // No job ends yet, so the one that works is there until all others have left.
      const left = new Set<CrashProcess>();
      for (const one of runners) void one.ended.then(() => left.add(one));
      await vi.waitUntil(() => left.size === RUNNERS - 1, PATIENCE);
      const refused = await Promise.all([...left].map((one) => one.ended));
      const results = await finish(...runners);

      expect(refused.map(({ exitCode }) => exitCode)).toEqual(new Array(RUNNERS - 1).fill(75));
      expect(refused.flatMap(readErrorCodes)).toEqual(new Array(RUNNERS - 1).fill('LockHeld'));
      const [worked, ...others] = results.filter(({ exitCode }) => exitCode === 0);
      expect(others).toEqual([]);
      expect(worked && readLastLine(worked)).toMatchObject({ type: 'summary', status: 'complete' });
      expect(scene.countExecutions()).toEqual(ONCE_EACH);
      // Who was refused left no trace.
      expect(await scene.state.listRuns()).toHaveLength(1);
      process.stdout.write(
        `contention: state in a ${state}: ${RUNNERS} runners, 1 worked, ${refused.length} left with 75\n`,
      );
    });
  }, 180_000);

  test('the run of a holder that is killed goes on in the next process, without unlock', async () => {
    await inScene(state, async (scene) => {
      const holder = scene.spawn(START);
      await hasSubmitted(holder);
      const runId = await scene.findRunId();
      const early = await scene.resume(runId);
      expect(early.exitCode).toBe(75);
      expect(readErrorCodes(early)).toEqual(['LockHeld']);
      holder.child.kill('SIGKILL');
      await holder.ended;

      // A new run would do the work twice: the one that is open is to be resumed.
      const second = await scene.start();
      expect(second.exitCode).toBe(75);
      expect(readErrorCodes(second)).toEqual(['RunOpen']);
      expect(second.stdout).toContain(`deid-batch resume ${runId}`);

      const [resumed] = await finish(scene.spawn(['resume', runId, '--json']));
      expect(resumed?.exitCode).toBe(0);
      expect(scene.countExecutions()).toEqual(ONCE_EACH);
    });
  }, 180_000);

  test('one of ten that resume the run of a killed holder goes on with it', async () => {
    await inScene(state, async (scene) => {
      const holder = scene.spawn(START);
      await hasSubmitted(holder);
      const runId = await scene.findRunId();
      holder.child.kill('SIGKILL');
      await holder.ended;
      const runners = Array.from({ length: RUNNERS }, () =>
        scene.spawn(['resume', runId, '--json']),
      );
      const left = new Set<CrashProcess>();
      for (const one of runners) void one.ended.then(() => left.add(one));
      await vi.waitUntil(() => left.size === RUNNERS - 1, PATIENCE);
      const results = await finish(...runners);
      const codes = results.map(({ exitCode }) => exitCode).sort();
      expect(codes).toEqual([0, ...new Array(RUNNERS - 1).fill(75)]);
      expect(results.flatMap(readErrorCodes)).toEqual(new Array(RUNNERS - 1).fill('LockHeld'));
      expect(scene.countExecutions()).toEqual(ONCE_EACH);
    });
  }, 180_000);
});

// There is no lease on the target: a state folder knows only of the runs in it.
test('two runners with state folders of their own have each job done twice, and one of the two fails', async () => {
  await inScene('folder', async (one) => {
    const other = await CrashScene.open(emulator, one.target);
    try {
      const runners = [one.spawn(START), other.spawn(START)];
      await Promise.all(runners.map(hasSubmitted));
      const results = await finish(...runners);
      expect(one.countExecutions()).toEqual([2, 2, 2]);
      // The service overwrites nothing, so a document is written for one and fails for the other.
      const counts = results.map((result) => readLastLine(result).documents as DocumentCounts);
      expect(sum(counts.map(({ succeeded }) => succeeded))).toBe(DOCUMENTS);
      expect(sum(counts.map(({ failed }) => failed))).toBe(DOCUMENTS);
      expect(results.map(({ exitCode }) => exitCode)).toContain(5);
    } finally {
      await other.close();
    }
  });
}, 180_000);
