import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, vi } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../src/emulator/index.ts';
import { openContainerState } from '../../src/journal/open-container-state.ts';
import { openFolderState } from '../../src/journal/open-folder-state.ts';
import type { StateStore } from '../../src/journal/run-store.ts';
import { applyRecord, emptyRunState, type RunState } from '../../src/model/run-state.ts';

const BIN = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url));
const HOOK = new URL('crash-hook.mjs', import.meta.url).href;

/** How much faster than in reality the command line waits here. */
const TIME_SCALE = '40';

/** Three groups, each a batch of its own because of the decoys between them. */
const SOURCE = {
  'p1/a.txt': 'Patient: Mr. Walter Okafor',
  'p1/b.txt': 'Mr. Okafor was seen on 01/02/2026',
  'p1x.pdf': 'decoy',
  'p2/a.txt': 'Patient: Ms. Denise Brennan',
  'p2x.pdf': 'decoy',
  'p3/a.txt': 'Patient: Mr. Curtis Dunmore',
} as const;

/** What the service accepts for each batch when nothing is done twice. */
export const ONCE_EACH = [1, 1, 1];

/** Longer than anything takes on a busy machine. */
export const PATIENCE = { timeout: 120_000, interval: 20 };

export interface CommandResult {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** Where the state of a scene lies. */
export type StateKind = 'folder' | 'container';

export interface CrashProcess {
  child: ChildProcess;
  ended: Promise<CommandResult>;
  /** What it has printed so far. */
  printed(): string;
  /** Resolves when a signal has frozen it. */
  frozen(): Promise<void>;
}

const running = new Set<ChildProcess>();

// A frozen process outlives everything but this.
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** An emulator with notes, quick enough that waiting for it is no part of the tests. */
export async function startCrashEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator({
    speed: 100_000,
    ...options,
    // A scaled clock polls forty times as often.
    behaviour: { throttleRequestsPer5s: Number.MAX_SAFE_INTEGER, ...options.behaviour },
  });
  const source = emulator.containerClient('source');
  for (const [name, text] of Object.entries(SOURCE)) {
    await source.getBlockBlobClient(name).upload(text, Buffer.byteLength(text));
  }
  return emulator;
}

interface SceneOptions {
  folder: string;
  /** Of the scene's folder in the target, and of its state in a container. */
  name: string;
  state: StateKind;
}

/** One source and target with a run state of its own. */
export class CrashScene {
  readonly folder: string;
  readonly target: string;
  readonly state: StateStore;
  readonly #emulator: Emulator;
  readonly #environment: Record<string, string>;

  constructor(emulator: Emulator, { folder, name, state }: SceneOptions) {
    this.#emulator = emulator;
    this.folder = folder;
    this.target = name;
    this.#environment = {
      ...emulator.env,
      DEID_BATCH_TARGET: `${emulator.env.DEID_BATCH_TARGET}/${name}`,
      TIME_SCALE,
      ...(state === 'container'
        ? { DEID_BATCH_STATE: `${emulator.blobEndpoint}/state/${name}` }
        : {}),
    };
    this.state =
      state === 'folder'
        ? openFolderState(join(folder, '.deid-batch'), systemClock)
        : openContainerState({
            container: emulator.containerClient('state'),
            location: `${emulator.blobEndpoint}/state`,
            prefix: `${name}/`,
            describeIdentity: () => 'the tests',
            clock: systemClock,
          });
  }

  static async open(
    emulator: Emulator,
    name: string,
    state: StateKind = 'folder',
  ): Promise<CrashScene> {
    const folder = await mkdtemp(join(tmpdir(), 'deid-batch-crash-'));
    return new CrashScene(emulator, { folder, name, state });
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Starts the real command line in this scene. */
  spawn(args: readonly string[], hook: Record<string, string> = {}): CrashProcess {
    const child = spawn(process.execPath, ['--import', HOOK, BIN, ...args], {
      cwd: this.folder,
      env: { ...this.#environment, ...hook },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk) => {
      stderr += chunk;
    });
    const ended = new Promise<CommandResult>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (exitCode, signal) => {
        running.delete(child);
        resolve({ exitCode, signal, stdout, stderr });
      });
    });
    const printed = () => stdout + stderr;
    const frozen = async () => {
      await vi.waitUntil(async () => {
        if (!running.has(child)) throw new Error(`It ended without being frozen:\n${printed()}`);
        return isStopped(child.pid ?? 0);
      }, PATIENCE);
    };
    return { child, ended, printed, frozen };
  }

  run(args: readonly string[], hook: Record<string, string> = {}): Promise<CommandResult> {
    return this.spawn(args, hook).ended;
  }

  start(hook: Record<string, string> = {}): Promise<CommandResult> {
    return this.run(START, hook);
  }

  resume(runId: string): Promise<CommandResult> {
    return this.run(['resume', runId, '--json']);
  }

  /** Starts the run and resolves when it is frozen at a moment. */
  async startFrozen(moment: string, ...flags: string[]): Promise<CrashProcess> {
    const started = this.spawn([...START, ...flags], { CRASH_AT: moment, CRASH_SIGNAL: 'SIGSTOP' });
    await started.frozen();
    return started;
  }

  /** The run in the state of which there is one. */
  async findRunId(): Promise<string> {
    const [runId, ...others] = await this.state.listRuns();
    if (runId === undefined || others.length > 0) throw new Error('There is not exactly one run.');
    return runId;
  }

  /** What the journal of a run amounts to. */
  async fold(runId: string): Promise<RunState> {
    const run = emptyRunState();
    const reader = await this.state.readRun(runId);
    for await (const record of reader.readJournal()) applyRecord(run, record);
    return run;
  }

  /** What a user does after a crash: resumes what was begun, else starts again. */
  async recover(): Promise<CommandResult> {
    for (const runId of (await this.state.listRuns()).reverse()) {
      if ((await this.fold(runId)).batches.size > 0) return this.resume(runId);
    }
    return this.start();
  }

  /** How often the service accepted each batch of this scene. */
  countExecutions(): number[] {
    const counts = new Map<string, number>();
    for (const { request } of this.#emulator.executions) {
      const { prefix } = request.targetLocation;
      if (!prefix.startsWith(`${this.target}/`)) continue;
      counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
    }
    return [...counts.values()];
  }

  /** How often a job of a run was sent, accepted or not. */
  countPuts(runId: string): number {
    const isPut = ({ method, path }: Emulator['requests'][number]) =>
      method === 'PUT' && path.startsWith(`/jobs/${runId}`);
    return this.#emulator.requests.filter(isPut).length;
  }

  async readMoments(log: string): Promise<string[]> {
    return (await readFile(join(this.folder, log), 'utf8')).trim().split('\n');
  }
}

/** The run of every scene. */
export const START = [
  '--pattern',
  'p*/*.txt',
  '--group-by',
  'folder:1',
  '--concurrency',
  '2',
  '--json',
] as const;

/** The last JSON line that a command printed. */
export function readLastLine({ stdout }: Pick<CommandResult, 'stdout'>): Record<string, unknown> {
  return JSON.parse(stdout.trim().split('\n').at(-1) || '{}');
}

/** What must be the same however often a run was interrupted. */
export function readSummary(result: CommandResult): object {
  const { type, status, exitCode, documents, batches, jobs, bytes, consistency } =
    readLastLine(result);
  return { type, status, exitCode, documents, batches, jobs, bytes, consistency };
}

/** The codes of the errors that a command printed as JSON. */
export function readErrorCodes({ stdout }: CommandResult): string[] {
  return [...stdout.matchAll(/"type":"error","code":"(\w+)"/g)].map(([, code]) => code ?? '');
}

/** Whether the process is stopped: the state behind its name in `/proc/<pid>/stat`, proc(5). */
async function isStopped(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).startsWith('T');
}
