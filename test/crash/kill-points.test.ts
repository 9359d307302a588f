import pLimit from 'p-limit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/index.ts';
import {
  CrashScene,
  ONCE_EACH,
  readSummary,
  type StateKind,
  startCrashEmulator,
} from './crash-stack.ts';

/** Two processes keep the machine busy; a third one works while they wait. */
const SCENES_AT_A_TIME = 3;

let emulator: Emulator;
let scenes = 0;

beforeAll(async () => {
  emulator = await startCrashEmulator();
});
afterAll(() => emulator?.stop());

describe('a process that is killed', () => {
  beforeEach(() => emulator.setBehaviour({ rePut: 'conflict', lateVisibilityMs: 0 }));

  test('at any moment loses nothing and does nothing twice', async () => {
    const { moments, expected } = await record('folder');
    const numbered = moments.map((moment, index) => ({ moment, at: index + 1 }));
    const points = numbered.filter(({ moment }) => leavesTrace(moment));
    const { survived, failures } = await surviveKills(points, { state: 'folder', expected });
    const torn = moments.filter((moment) => moment.endsWith(': torn')).length;
    process.stdout.write(
      `crash: ${moments.length} moments seen, ${torn} of them in the middle of a record; ` +
        `${survived} kill points survived, ${failures.length} failures\n`,
    );
    expect(failures).toEqual([]);
    expect(survived).toBeGreaterThanOrEqual(60);
    expect(torn).toBeGreaterThanOrEqual(10);
  }, 900_000);

  test.each([
    ['starts a job anew under a name that it has', { rePut: 'replace', lateVisibilityMs: 300 }],
    ['answers with the job of a name that it has', { rePut: 'existing', lateVisibilityMs: 300 }],
  ] as const)(
    'around a submission does nothing twice where the service %s, and shows it late',
    async (name, behaviour) => {
      emulator.setBehaviour(behaviour);
      const { moments, expected } = await record('folder');
      const points = pickFirstOfEach(moments, /^(PUT .*jobs|journal submit)/);
      const { survived, failures } = await surviveKills(points, { state: 'folder', expected });
      process.stdout.write(`crash: the service ${name}: ${survived} kill points survived\n`);
      expect(failures).toEqual([]);
      expect(survived).toBeGreaterThanOrEqual(10);
    },
    300_000,
  );

  test('loses nothing of a state in a blob container either', async () => {
    const { moments, expected } = await record('container');
    const points = pickFirstOfEach(moments, /^(PUT|journal)/);
    const { survived, failures } = await surviveKills(points, { state: 'container', expected });
    process.stdout.write(`crash: state in a container: ${survived} kill points survived\n`);
    expect(failures).toEqual([]);
    expect(survived).toBeGreaterThanOrEqual(15);
  }, 300_000);
});

interface Recording {
  /** Every moment of a run that nobody interrupts, in order. */
  moments: string[];
  /** Its summary. */
  expected: object;
}

async function record(state: StateKind): Promise<Recording> {
  const scene = await openScene(state);
  try {
    const uninterrupted = await scene.start({ CRASH_LOG: 'moments.log' });
    expect(uninterrupted.stderr).toBe('');
    const expected = readSummary(uninterrupted);
    expect(expected).toMatchObject({ status: 'complete', exitCode: 0 });
    return { moments: await scene.readMoments('moments.log'), expected };
  } finally {
    await scene.close();
  }
}

interface KillPoint {
  moment: string;
  /** The number of the moment, or its name for the first one of that name. */
  at: number | string;
}

/**
 * Whether it can be told from what a process leaves behind that it came as far as this. A read that
 * was sent changed nothing, and what was written survives a process, flushed or not.
 */
function leavesTrace(moment: string): boolean {
  return !/^GET .*: sent$|: written$/.test(moment);
}

function pickFirstOfEach(moments: readonly string[], pattern: RegExp): KillPoint[] {
  const names = new Set(moments.filter((moment) => pattern.test(moment)));
  return [...names].map((moment) => ({ moment, at: moment }));
}

async function surviveKills(
  points: readonly KillPoint[],
  context: { state: StateKind; expected: object },
): Promise<{ survived: number; failures: string[] }> {
  const limit = pLimit(SCENES_AT_A_TIME);
  const results = await Promise.all(
    points.map((point) => limit(() => surviveKill(point, context))),
  );
  const failures = results.flatMap(({ failure }) => failure ?? []);
  const killed = results.filter(({ wasKilled }) => wasKilled).length;
  return { survived: killed - failures.length, failures };
}

/** Kills a run at one moment, does what a user would, and compares what came of it. */
async function surviveKill(
  { moment, at }: KillPoint,
  { state, expected }: { state: StateKind; expected: object },
): Promise<{ wasKilled: boolean; failure?: string }> {
  const scene = await openScene(state);
  try {
    const killed = await scene.start({ CRASH_AT: String(at) });
    // Where requests overlap, a run may have fewer moments than the recorded one.
    const wasKilled = killed.signal === 'SIGKILL';
    const ended = wasKilled ? await scene.recover() : killed;
    const executions = scene.countExecutions();
    const isSame = JSON.stringify(readSummary(ended)) === JSON.stringify(expected);
    if (isSame && String(executions) === String(ONCE_EACH)) return { wasKilled };
    const shown = `${ended.stderr}${ended.stdout.slice(-900)}`;
    return { wasKilled, failure: `${at} (${moment}): executions ${executions}: ${shown}` };
  } finally {
    await scene.close();
  }
}

function openScene(state: StateKind): Promise<CrashScene> {
  scenes += 1;
  return CrashScene.open(emulator, `k${scenes}`, state);
}
