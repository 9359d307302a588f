import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../src/clock.ts';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import { openFolderState } from '../../src/journal/open-folder-state.ts';
import { applyRecord, emptyRunState } from '../../src/model/run-state.ts';

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

export const BATCHES = 3;

export interface CommandResult {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** An emulator with notes, quick enough that waiting for it is no part of the tests. */
export async function startCrashEmulator(): Promise<Emulator> {
  const emulator = await startEmulator({
    speed: 100_000,
    // A scaled clock polls forty times as often.
    behaviour: { throttleRequestsPer5s: Number.MAX_SAFE_INTEGER },
  });
  const source = emulator.containerClient('source');
  for (const [name, text] of Object.entries(SOURCE)) {
    await source.getBlockBlobClient(name).upload(text, Buffer.byteLength(text));
  }
  return emulator;
}

/** One source and target with a run state of its own. */
export class CrashScene {
  readonly folder: string;
  readonly target: string;
  readonly #emulator: Emulator;

  constructor(emulator: Emulator, { folder, name }: { folder: string; name: string }) {
    this.#emulator = emulator;
    this.folder = folder;
    this.target = name;
  }

  static async open(emulator: Emulator, name: string): Promise<CrashScene> {
    return new CrashScene(emulator, {
      folder: await mkdtemp(join(tmpdir(), 'deid-batch-crash-')),
      name,
    });
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Starts the real command line in this scene. */
  spawn(args: readonly string[], hook: Record<string, string> = {}) {
    const child = spawn(process.execPath, ['--import', HOOK, BIN, ...args], {
      cwd: this.folder,
      env: {
        ...this.#emulator.env,
        DEID_BATCH_TARGET: `${this.#emulator.env.DEID_BATCH_TARGET}/${this.target}`,
        TIME_SCALE,
        ...hook,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const result: CommandResult = { exitCode: null, signal: null, stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => {
      result.stdout += String(chunk);
    });
    child.stderr.on('data', (chunk) => {
      result.stderr += String(chunk);
    });
    const ended = new Promise<CommandResult>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (exitCode, signal) => resolve({ ...result, exitCode, signal }));
    });
    return { child, ended };
  }

  run(args: readonly string[], hook: Record<string, string> = {}): Promise<CommandResult> {
    return this.spawn(args, hook).ended;
  }

  start(hook: Record<string, string> = {}): Promise<CommandResult> {
    return this.run([...START], hook);
  }

  /** The latest run of which anything was submitted, read as `deid-batch runs` reads it. */
  async findBegunRun(): Promise<string | undefined> {
    const state = openFolderState(join(this.folder, '.deid-batch'), systemClock);
    for (const runId of (await state.listRuns()).reverse()) {
      const run = emptyRunState();
      for await (const record of (await state.readRun(runId)).readJournal()) {
        applyRecord(run, record);
      }
      if (run.batches.size > 0) return runId;
    }
    return undefined;
  }

  /** What a user does after a crash: resumes what was begun, else starts again. */
  async recover(): Promise<CommandResult> {
    const runId = await this.findBegunRun();
    return runId === undefined ? this.start() : this.run(['resume', runId, '--json']);
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

/** What must be the same however often a run was interrupted. */
export function readSummary({ stdout }: CommandResult): object {
  const last = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}');
  const { type, status, exitCode, documents, batches, jobs, bytes, consistency } = last;
  return { type, status, exitCode, documents, batches, jobs, bytes, consistency };
}
