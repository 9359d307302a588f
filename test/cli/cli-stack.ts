import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { vi } from 'vitest';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../src/emulator/index.ts';
import {
  type CliProcess,
  type CliResult,
  type JsonLine,
  makeFolder,
  readJsonLines,
  runCli,
  startCli,
} from './run-cli.ts';

// Beside other test files and on a busy machine a process takes seconds to start.
vi.setConfig({ testTimeout: 60_000 });

/** One emulator for processes of the command line, each in a folder of its own. */
export interface CliStack {
  emulator: Emulator;
  /** Blobs of container `source` by name. */
  upload(blobs: Record<string, string>): Promise<void>;
  /** A new empty folder. */
  folder(): Promise<string>;
  /** Runs with the emulator's environment; undefined takes a variable away. */
  run(args: readonly string[], changes?: Changes): Promise<CliResult & { cwd: string }>;
  start(args: readonly string[], changes?: Changes): Promise<CliProcess & { cwd: string }>;
  /** Runs with --json and returns what it printed as well. */
  runJson(args: readonly string[], changes?: Changes): Promise<JsonResult>;
  stop(): Promise<void>;
}

export interface Changes {
  env?: Record<string, string | undefined>;
  cwd?: string;
}

export type JsonResult = CliResult & { cwd: string; lines: JsonLine[] };

/** A note with something to replace. */
export const NOTE = 'Patient: John Smith was seen on 03/04/2021. Phone: 555-123-4567.';

export async function startCliStack(options: EmulatorOptions = {}): Promise<CliStack> {
  // Jobs end before the first poll, so that a run takes little more than the second before that.
  const emulator = await startEmulator({ speed: 100_000, ...options });
  const root = await makeFolder();
  let folders = 0;

  async function surround({ env = {}, cwd }: Changes = {}) {
    const merged = Object.entries({ ...emulator.env, ...env });
    const given = merged.filter((entry): entry is [string, string] => entry[1] !== undefined);
    return { env: Object.fromEntries(given), cwd: cwd ?? (await folder()) };
  }

  async function folder(): Promise<string> {
    folders += 1;
    const path = join(root.path, String(folders));
    await mkdir(path);
    return path;
  }

  async function run(args: readonly string[], changes?: Changes) {
    const surroundings = await surround(changes);
    return { ...(await runCli(args, surroundings)), cwd: surroundings.cwd };
  }

  return {
    emulator,
    async upload(blobs) {
      const source = emulator.containerClient('source');
      const uploads = Object.entries(blobs).map(([name, content]) =>
        source.getBlockBlobClient(name).upload(content, Buffer.byteLength(content)),
      );
      await Promise.all(uploads);
    },
    folder,
    run,
    async start(args, changes) {
      const surroundings = await surround(changes);
      return { ...startCli(args, surroundings), cwd: surroundings.cwd };
    },
    async runJson(args, changes) {
      const result = await run([...args, '--json'], changes);
      return { ...result, lines: readJsonLines(result) };
    },
    async stop() {
      await emulator.stop();
      await root.remove();
    },
  };
}
