import pLimit from 'p-limit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/index.ts';
import {
  type CrashProcess,
  CrashScene,
  ONCE_EACH,
  PATIENCE,
  readErrorCodes,
  readLastLine,
  type StateKind,
  startCrashEmulator,
} from './crash-stack.ts';

let emulator: Emulator;
let scenes = 0;

beforeAll(async () => {
  emulator = await startCrashEmulator();
});
afterAll(() => emulator?.stop());
/** Two processes keep the machine busy; a third one works while they wait. */
const limit = pLimit(3);

describe.each(['conflict', 'replace', 'existing'] as const)(
  'a runner that is frozen between the intent and the request, where a second PUT means %s',
  (rePut) => {
    beforeAll(() => emulator.setBehaviour({ rePut }));

    test.concurrent.each([
      ['folder', 'journal submitting: on the disk'],
      ['container', 'journal submitting: answered'],
    ] as const)(
      'and overtaken submits nothing and changes nothing when it goes on, with the state in a %s',
      (state, moment) => limit(() => overtake({ state, moment })),
      PATIENCE.timeout,
    );
  },
);

describe('a runner that is frozen elsewhere, and overtaken,', () => {
  beforeAll(() => emulator.setBehaviour({ rePut: 'conflict' }));

  test.concurrent.each([
    ['folder', 'journal plan-sealed: on the disk'],
    ['folder', 'journal submitting: before it is written'],
    ['folder', 'journal submitted: before it is written'],
    ['folder', 'journal verified: before it is written'],
    ['folder', 'PUT /jobs/{name}: answered'],
    ['folder', 'GET /jobs/{name}/documents: answered'],
    ['container', 'journal submitted: answered'],
    ['container', 'journal ended: sent'],
  ] as const)(
    'submits nothing and changes nothing when it goes on: state in a %s, %s',
    (state, moment) => limit(() => overtake({ state, moment })),
    PATIENCE.timeout,
  );
});

// No lock holds back what is on its way into the socket: here the name of the job makes it vain.
// Where a second PUT starts the job anew, this moment is the window that remains.
describe.each(['conflict', 'existing'] as const)(
  'a runner that is frozen in the last moment before the request, where a second PUT means %s',
  (rePut) => {
    beforeAll(() => emulator.setBehaviour({ rePut }));

    test(
      'sends it when it goes on, to no effect',
      () =>
        overtake({
          state: 'folder',
          moment: 'PUT /jobs/{name}: before it is sent',
          latePuts: 1,
        }),
      PATIENCE.timeout,
    );
  },
);

/** Freezes a run, completes it from another process, and lets the first one go on. */
async function overtake(given: {
  state: StateKind;
  moment: string;
  latePuts?: number;
}): Promise<void> {
  const { state, moment, latePuts = 0 } = given;
  scenes += 1;
  const scene = await CrashScene.open(emulator, `f${scenes}`, state);
  let frozen: CrashProcess | undefined;
  try {
    // One at a time, since the request of another batch may be on its way as well.
    frozen = await scene.startFrozen(moment, '--concurrency', '1');
    const runId = await scene.findRunId();
    // Without a word from the user, nobody takes over from a process that is there.
    const refused = await scene.resume(runId);
    expect(refused.exitCode).toBe(75);
    expect(readErrorCodes(refused)).toEqual(['LockHeld']);
    expect(await scene.run(['unlock', runId, '--force'])).toMatchObject({ exitCode: 0 });
    const resumed = await scene.resume(runId);
    expect(readLastLine(resumed)).toMatchObject({ type: 'summary', status: 'complete' });
    expect(resumed.exitCode).toBe(0);
    expect(scene.countExecutions()).toEqual(ONCE_EACH);
    const before = await look(scene, runId);

    frozen.child.kill('SIGCONT');
    const thawed = await frozen.ended;
    expect(thawed).toMatchObject({ exitCode: 75, signal: null });
    expect(readErrorCodes(thawed)).toEqual(['LockLost']);
    expect(scene.countExecutions()).toEqual(ONCE_EACH);
    const after = await look(scene, runId);
    expect(after).toEqual({ ...before, puts: before.puts + latePuts });
  } finally {
    frozen?.child.kill('SIGKILL');
    await frozen?.ended;
    await scene.close();
  }
}

/** All that a process which was overtaken must leave alone. */
async function look(scene: CrashScene, runId: string) {
  const { files } = await scene.state.readRun(runId);
  return {
    run: await scene.fold(runId),
    summary: await files.readText('summary.json'),
    puts: scene.countPuts(runId),
    driver: await scene.state.findDriver(runId),
  };
}
