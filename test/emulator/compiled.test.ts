import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

const repository = fileURLToPath(new URL('../../', import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'compiled-'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'));
  const compiler = join(repository, 'node_modules/typescript/bin/tsc');
  // Only what runs matters here; the types have a check of their own.
  const args = ['-p', 'tsconfig.build.json', '--noCheck', '--outDir', folder];
  await promisify(execFile)(process.execPath, [compiler, ...args], { cwd: repository });
});
afterAll(async () => await rm(folder, { recursive: true }));

test('the compiled emulator starts, and leaves nothing behind when it is killed', async () => {
  const index = pathToFileURL(join(folder, 'emulator/index.js')).href;
  const script = fileURLToPath(new URL('children/hold-emulator.mjs', import.meta.url));
  const holder = spawn(process.execPath, [script, index], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {},
  });
  const [line] = await once(createInterface(holder.stdout), 'line');
  const { caFile } = JSON.parse(line);
  const children = await listChildren(holder.pid);
  expect(children).toHaveLength(1);
  expect(existsSync(caFile)).toBe(true);

  holder.kill('SIGKILL');
  await once(holder, 'exit');
  await vi.waitFor(() => expect(children.filter(isRunning)).toEqual([]), { timeout: 10_000 });
  expect(existsSync(dirname(caFile))).toBe(false);
});

async function listChildren(parent: number | undefined): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']);
  const processes = stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  return processes.flatMap(([pid, ppid]) => (pid && ppid === parent ? [pid] : []));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
