import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type CliProcess,
  type JsonLine,
  makeFolder,
  readJsonLines,
  runCli,
  startCli,
} from './run-cli.ts';

let folder: Awaited<ReturnType<typeof makeFolder>>;
let surroundings: { env: Record<string, string>; cwd: string };

beforeAll(async () => {
  folder = await makeFolder();
  surroundings = { env: {}, cwd: folder.path };
  await mkdir(join(folder.path, 'notes', 'p1'), { recursive: true });
  await writeFile(join(folder.path, 'notes', 'p1', 'a.txt'), 'Patient: John Smith, 555-123-4567.');
  await writeFile(join(folder.path, 'notes', 'b.md'), 'not selected');
});
afterAll(async () => await folder?.remove());

interface Ready extends JsonLine {
  serviceEndpoint: string;
  blobEndpoint: string;
  identityEndpoint: string;
  caFile: string;
  env: Record<string, string>;
}

/** Starts `emulator --json` and waits for its one line. */
async function startReady(args: readonly string[] = []): Promise<CliProcess & { ready: Ready }> {
  const started = startCli(['emulator', '--json', ...args], surroundings);
  const [line = ''] = (await started.says(/\n/)).split('\n');
  return { ...started, ready: JSON.parse(line) as Ready };
}

// Several stacks start at a time, each with a process of Azurite.
describe.concurrent('the emulator in a process', { timeout: 90_000 }, () => {
  test('says in one line of JSON what another process needs, and that is enough to run', async () => {
    const { child, ended, ready } = await startReady(['--seed', 'notes']);
    const children = await listChildren(child.pid);
    expect(children).toHaveLength(1);
    expect(ready).toEqual({
      schemaVersion: 1,
      type: 'emulator',
      serviceEndpoint: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/),
      blobEndpoint: expect.stringMatching(/^https:/),
      identityEndpoint: expect.stringMatching(/^http:/),
      caFile: expect.stringMatching(/\.pem$/),
      env: expect.objectContaining({ DEID_BATCH_SERVICE: ready.serviceEndpoint }),
    });
    const run = await runCli(['--pattern', '**/*.txt', '--json'], {
      ...surroundings,
      env: ready.env,
    });
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(readJsonLines(run).at(-1)).toMatchObject({
      type: 'summary',
      documents: { planned: 1, succeeded: 1 },
    });

    child.kill('SIGTERM');
    const result = await ended;
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(result.stdout.trim().split('\n')).toHaveLength(1);
    expect(children.filter(isRunning)).toEqual([]);
    expect(existsSync(dirname(ready.caFile))).toBe(false);
  });

  test('says in text how to use it, and that its output is no release', async () => {
    const { child, ended, says } = startCli(['emulator'], surroundings);
    const text = await says('Ctrl-C ends it.');
    expect(text).toMatch(/Never use its output to release real patient data/);
    expect(text).toMatch(/^ {2}export DEID_BATCH_SOURCE='https:/m);
    expect(text).toMatch(/^ {2}deid-batch --pattern/m);
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('leaves no process and no file behind when it is killed', async () => {
    const { child, ready } = await startReady();
    const children = await listChildren(child.pid);
    expect(children).toHaveLength(1);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await expect.poll(() => children.filter(isRunning), { timeout: 10_000 }).toEqual([]);
    expect(existsSync(dirname(ready.caFile))).toBe(false);
  });

  test('injects the faults of a file', async () => {
    const faults = [{ server: 'storage', path: '^/devstoreaccount1/source', status: 403 }];
    await writeFile(join(folder.path, 'faults.json'), JSON.stringify(faults));
    const { child, ended, ready } = await startReady(['--faults', 'faults.json']);
    const run = await runCli(['--pattern', '**'], { ...surroundings, env: ready.env });
    expect(run.exitCode).toBe(4);
    expect(run.stderr).toContain('StorageAccessDenied');
    child.kill('SIGTERM');
    await ended;
  });

  test('listens on the port it is given, and says so when that is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const refused = await runCli(['emulator', '--json', '--port', String(port)], surroundings);
    expect(refused).toMatchObject({ exitCode: 2, stderr: '' });
    expect(readJsonLines(refused)).toMatchObject([
      {
        type: 'error',
        code: 'PortInUse',
        message: expect.stringContaining(String(port)),
        hint: expect.stringContaining('--port'),
      },
    ]);
    taken.close();
    await once(taken, 'close');
    const { child, ended, ready } = await startReady(['--port', String(port)]);
    expect(ready.serviceEndpoint).toBe(`https://127.0.0.1:${port}`);
    child.kill('SIGTERM');
    await ended;
  });
});

describe.concurrent('the emulator refuses', { timeout: 90_000 }, () => {
  const REFUSED: [string, string[], RegExp][] = [
    ['a port that is none', ['--port', '70000'], /--port.*0 to 65535/s],
    ['a port in words', ['--port', 'http'], /--port/],
    ['a seed folder that does not exist', ['--seed', 'nowhere'], /nowhere.*--seed/s],
    ['a faults file that does not exist', ['--faults', 'nowhere.json'], /--faults.*JSON array/s],
    ['a faults file that is no JSON', ['--faults', 'notes/b.md'], /--faults/],
    [
      'a fault without an effect',
      ['--faults', 'no-effect.json'],
      /Fault rule 1.*no effect.*--faults/s,
    ],
  ];

  test.each(REFUSED)('%s, and leaves nothing behind', async (_, args, says) => {
    await writeFile(join(folder.path, 'no-effect.json'), '[{"server":"service"}]');
    const started = startCli(['emulator', '--json', ...args], surroundings);
    const result = await started.ended;
    expect(result).toMatchObject({ exitCode: 2, stderr: '' });
    const [error, ...more] = readJsonLines(result);
    expect(more).toEqual([]);
    expect(error).toMatchObject({
      type: 'error',
      code: 'InvalidOption',
      hint: expect.stringMatching(/\S/),
    });
    expect(`${error?.message}\n${error?.hint}`).toMatch(says);
  });
});

/** Processes whose parent is `parent`, by what the system says. */
async function listChildren(parent: number | undefined): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const children: number[] = [];
  for (const pid of pids) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    // The name of the program is in parentheses and may hold anything.
    const [, parentPid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (Number(parentPid) === parent) children.push(Number(pid));
  }
  return children;
}

/** Whether it runs; who has ended and waits for its parent to notice does not. */
function isRunning(pid: number): boolean {
  return existsSync(`/proc/${pid}/exe`);
}
