import pLimit from 'p-limit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/index.ts';
import { BATCHES, CrashScene, readSummary, startCrashEmulator } from './crash-stack.ts';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startCrashEmulator();
});

afterAll(() => emulator.stop());

test('a process that is killed at any moment loses nothing and does nothing twice', async () => {
  const recording = await CrashScene.open(emulator, 'k0');
  const uninterrupted = await recording.start({ CRASH_LOG: 'moments.log' });
  expect(uninterrupted.stderr).toBe('');
  const expected = readSummary(uninterrupted);
  expect(expected).toMatchObject({ status: 'complete', exitCode: 0 });
  const moments = await recording.readMoments('moments.log');
  await recording.close();

  const limit = pLimit(2);
  const results = await Promise.all(
    moments.map((moment, index) => limit(() => surviveKill(index + 1, { moment, expected }))),
  );
  const killed = results.filter(({ wasKilled }) => wasKilled).length;
  const failures = results.flatMap(({ failure }) => failure ?? []);
  process.stdout.write(
    `crash: ${moments.length} moments seen, ${killed} kill points survived, ${failures.length} failures\n`,
  );
  expect(failures).toEqual([]);
  expect(killed).toBeGreaterThanOrEqual(60);
}, 1_200_000);

interface Survival {
  /** Whether the process came as far as the moment. */
  wasKilled: boolean;
  failure?: string;
}

/** Kills a run at one moment, does what a user would, and compares what came of it. */
async function surviveKill(
  at: number,
  { moment, expected }: { moment: string; expected: object },
): Promise<Survival> {
  const scene = await CrashScene.open(emulator, `k${at}`);
  try {
    const killed = await scene.start({ CRASH_AT: String(at) });
    const wasKilled = killed.signal === 'SIGKILL';
    const ended = wasKilled ? await scene.recover() : killed;
    const executions = scene.countExecutions();
    const isSame = JSON.stringify(readSummary(ended)) === JSON.stringify(expected);
    const isOnce = executions.length === BATCHES && executions.every((count) => count === 1);
    if (isSame && isOnce) return { wasKilled };
    const shown = `${ended.stderr}${ended.stdout.slice(-600)}`;
    return { wasKilled, failure: `${at} (${moment}): executions ${executions}: ${shown}` };
  } finally {
    await scene.close();
  }
}
