import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pLimit from 'p-limit';
import { afterAll } from 'vitest';

/** How a process of the command line ended, and what it said. */
export interface CliResult {
  exitCode: number | null;
  /** The signal that ended it, where one did. */
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  /** Both streams, for what must appear in neither. */
  all: string;
}

export interface CliProcess {
  child: ChildProcess;
  ended: Promise<CliResult>;
  /** What standard output or standard error has so far, once `text` is in it. */
  says(text: string | RegExp): Promise<string>;
}

export interface CliSurroundings {
  /** The whole environment: nothing of this process is inherited. */
  env: Readonly<Record<string, string>>;
  cwd: string;
}

/** Any JSON object of the command line's output. */
export type JsonLine = { type: string; [key: string]: unknown };

export const BIN = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url));

/** Enough for tests on two cores; each process takes half a second of one to start. */
const PROCESSES = 3;
const limit = pLimit(PROCESSES);

const running = new Set<ChildProcess>();

// A test that fails leaves its processes behind, and none of them may outlive the file.
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts the compiled command line, without a terminal. */
export function startCli(args: readonly string[], { env, cwd }: CliSurroundings): CliProcess {
  const child = spawn(process.execPath, [BIN, ...args], {
    env,
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let stdout = '';
  let stderr = '';
  const listeners = new Set<() => void>();
  const hear = (take: (chunk: string) => void) => (chunk: string) => {
    take(chunk);
    for (const listener of listeners) listener();
  };
  child.stdout.setEncoding('utf8').on(
    'data',
    hear((chunk) => {
      stdout += chunk;
    }),
  );
  child.stderr.setEncoding('utf8').on(
    'data',
    hear((chunk) => {
      stderr += chunk;
    }),
  );
  const ended = new Promise<CliResult>((resolve, reject) => {
    child.once('error', reject).once('close', (exitCode, signal) => {
      running.delete(child);
      resolve({ exitCode, signal, stdout, stderr, all: stdout + stderr });
    });
  });
  const says = (text: string | RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const all = stdout + stderr;
        if (typeof text === 'string' ? !all.includes(text) : !text.test(all)) return;
        listeners.delete(look);
        resolve(all);
      };
      listeners.add(look);
      look();
      ended.then(
        ({ all }) => reject(new Error(`It ended without saying ${text}:\n${all}`)),
        reject,
      );
    });
  return { child, ended, says };
}

/** Runs the compiled command line to its end; a few at a time. */
export function runCli(args: readonly string[], surroundings: CliSurroundings): Promise<CliResult> {
  return limit(() => startCli(args, surroundings).ended);
}

/** The lines of standard output, every one of which has to be a JSON object of ours. */
export function readJsonLines({ stdout }: CliResult): JsonLine[] {
  const lines = stdout.split('\n');
  if (lines.pop() !== '') throw new Error('The last line of standard output has no end.');
  return lines.map((line) => {
    const value = JSON.parse(line) as JsonLine & { schemaVersion: unknown };
    if (value.schemaVersion !== 1 || typeof value.type !== 'string') {
      throw new Error(`Not an object with schemaVersion and type: ${line}`);
    }
    return value;
  });
}

/** A new folder, and what removes it. */
export async function makeFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'deid-batch-cli-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
