import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { DeidBatchError } from '../errors/deid-batch-error.ts';
import { applyRecord, emptyRunState, isOpen } from '../model/run-state.ts';
import { openJournal } from './journal.ts';
import { lockHeld } from './locks.ts';
import { isHeld, type Lock, type Medium } from './medium.ts';
import { describeOwner } from './process-identity.ts';
import { createRunFiles } from './run-files.ts';
import { isRunId } from './run-id.ts';
import type { RunReader, RunStore, StateStore } from './run-store.ts';
import { readSegments } from './segments.ts';

/** Keeps runs in a medium: `runs/<id>/` for each, `scopes/` for which run a scope is busy with. */
export function createStateStore(medium: Medium, clock: Clock): StateStore {
  const read = (runId: string): RunReader => {
    const folder = runFolder(runId);
    return {
      runId,
      files: createRunFiles(medium, folder),
      readJournal: () => readSegments(medium, `${folder}/journal`),
      isCancelRequested: () => medium.has(`${folder}/cancel`),
    };
  };

  const takeLock = async (name: string, runId: string): Promise<Lock> => {
    const attempt = await medium.lock(name, describeOwner(runId));
    if (isHeld(attempt)) return attempt;
    throw lockHeld(attempt, clock.nowMs());
  };

  const drive = async (runId: string, { lock, name }: Holding): Promise<RunStore> => {
    const folder = runFolder(runId);
    const letGo = async () => {
      await lock.release();
      // A lock of the run's own has no other use.
      if (name === runId) await medium.remove(`locks/${name}`);
    };
    try {
      const journal = await openJournal({ medium, folder: `${folder}/journal`, lock, clock });
      let isClosed = false;
      const close = async () => {
        isClosed = true;
        await journal.close();
        await letGo();
      };
      return {
        ...read(runId),
        files: createRunFiles(medium, folder, () => lock.confirm(0)),
        journal,
        confirmHold: (ms) => lock.confirm(ms),
        dropCancelRequest: () => medium.remove(`${folder}/cancel`),
        close,
        async discard() {
          await journal.close();
          // What another process has taken over is no longer ours to remove.
          if (isClosed || (await isConfirmed(lock))) await medium.remove(folder);
          await letGo();
        },
      };
    } catch (error) {
      await letGo();
      throw error;
    }
  };

  /** Makes the run the one that its scope is busy with, unless that is another open one. */
  const occupyScope = async (
    scope: string,
    { runId, besides }: { runId: string; besides: boolean },
  ) => {
    const busy = await readSmall(medium, scopePath(scope));
    if (busy !== undefined && busy !== runId && !besides && (await isRunOpen(read(busy)))) {
      throw runOpen(busy);
    }
    await medium.write(scopePath(scope), [Buffer.from(runId)]);
  };

  const scopeOf = async (runId: string): Promise<string> => {
    const scope = isRunId(runId) ? await readSmall(medium, `${runFolder(runId)}/scope`) : undefined;
    if (scope === undefined) throw runNotFound();
    return scope;
  };

  return {
    async createRun({ runId, scope, purpose, besides }) {
      const name = purpose === 'plan' ? runId : scope;
      const lock = await takeLock(name, runId);
      try {
        if (purpose === 'run') await occupyScope(scope, { runId, besides });
        await medium.write(`${runFolder(runId)}/scope`, [Buffer.from(scope)]);
      } catch (error) {
        await lock.release();
        throw error;
      }
      return drive(runId, { lock, name });
    },
    async openRun(runId, { besides }) {
      const scope = await scopeOf(runId);
      const lock = await takeLock(scope, runId);
      try {
        await occupyScope(scope, { runId, besides });
      } catch (error) {
        await lock.release();
        throw error;
      }
      return drive(runId, { lock, name: scope });
    },
    async readRun(runId) {
      await scopeOf(runId);
      return read(runId);
    },
    async listRuns() {
      const runIds: string[] = [];
      for (const name of await medium.list('runs')) {
        // A process that was lost as it began left a folder that is no run yet.
        if (isRunId(name) && (await medium.has(`${runFolder(name)}/scope`))) runIds.push(name);
      }
      return runIds;
    },
    async requestCancel(runId) {
      await scopeOf(runId);
      await medium.write(`${runFolder(runId)}/cancel`, []);
    },
    async findDriver(runId) {
      const held = await medium.findHolder(await scopeOf(runId));
      if (held?.owner.runId !== runId) return undefined;
      return { host: held.owner.host, pid: held.owner.pid, seenAtMs: held.seenAtMs };
    },
    async unlockRun(runId) {
      await medium.breakLock(await scopeOf(runId));
    },
    async purgeRun(runId) {
      const held = await medium.findHolder(await scopeOf(runId));
      if (held?.owner.runId === runId) throw lockHeld(held, clock.nowMs());
      await medium.remove(runFolder(runId));
    },
    async nameKey() {
      await medium.write('name-key', [randomBytes(32)], { ifAbsent: true });
      const key = await readBytes(medium, 'name-key');
      if (key?.length === 32) return key;
      throw new DeidBatchError('StateUnusable', 'The key of the run state is damaged.');
    },
  };
}

async function isConfirmed(lock: Lock): Promise<boolean> {
  try {
    await lock.confirm(0);
    return true;
  } catch {
    return false;
  }
}

interface Holding {
  lock: Lock;
  name: string;
}

const runFolder = (runId: string) => `runs/${runId}`;
const scopePath = (scope: string) => `scopes/${scope}`;

async function isRunOpen(run: RunReader): Promise<boolean> {
  const state = emptyRunState();
  for await (const record of run.readJournal()) applyRecord(state, record);
  return isOpen(state);
}

async function readSmall(medium: Medium, path: string): Promise<string | undefined> {
  return (await readBytes(medium, path))?.toString('utf8');
}

async function readBytes(medium: Medium, path: string): Promise<Buffer | undefined> {
  const bytes = await medium.read(path);
  if (!bytes) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function runNotFound(): DeidBatchError {
  return new DeidBatchError('RunNotFound', 'The state holds no run of that name.', {
    hint: 'See deid-batch runs, and give the --state that the run was started with.',
  });
}

function runOpen(runId: string): DeidBatchError {
  return new DeidBatchError(
    'RunOpen',
    `Run ${runId} of the same source and target has not ended.`,
    {
      hint: `Go on with it: deid-batch resume ${runId}. Give --new to start another run besides.`,
    },
  );
}
