import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CliStack, NOTE, startCliStack } from './cli-stack.ts';
import { BIN } from './run-cli.ts';

let stack: CliStack;

beforeAll(async () => {
  // A document takes two minutes, so that every signal comes before the end.
  stack = await startCliStack({ speed: 1 / 120 });
  await stack.upload({ 'a/1.txt': NOTE, 'a/2.txt': NOTE, 'b/1.txt': NOTE });
});
afterAll(async () => await stack?.stop());

const to = (place: string) => ['--target', `${stack.emulator.blobEndpoint}/target/${place}`];

describe.concurrent('a run in progress', () => {
  test.each([
    ['SIGINT', 130, 'Interrupted'],
    ['SIGTERM', 143, 'Terminated'],
  ] as const)(
    'ends on %s with its state saved, and says what goes on',
    async (signal, exitCode, code) => {
      const started = await stack.start([
        '--pattern',
        'a/**',
        '--log-level',
        'debug',
        ...to(signal),
      ]);
      await started.says(/PUT \/jobs\/\S+ 200/);
      started.child.kill(signal);
      const result = await started.ended;
      expect(result).toMatchObject({ exitCode, signal: null });
      expect(result.stderr).toMatch(
        new RegExp(
          `error ${code}: Stopped by ${signal}: nothing more is submitted, jobs in flight go on`,
        ),
      );
      expect(result.stdout).toMatch(/^INCOMPLETE: .*jobs may go on in the service/);
      expect(result.stdout).toMatch(/not finished +2/);
      expect(result.all).not.toMatch(/^\s+at .*:\d+/m);
      const file = /Summary: (.+)\n/.exec(result.stdout)?.[1] ?? '';
      expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
        status: 'incomplete',
        exitCode,
        jobs: { submitted: 1 },
      });
      const journal = await readFile(
        file.replace('summary.json', 'journal/000001-000001.jsonl'),
        'utf8',
      );
      expect(journal).toMatch(/"type":"submitted"/);
      expect(journal.trim().split('\n').at(-1)).toContain('"type":"run-ended"');
    },
  );

  test('ends with a summary in JSON as well, behind the error', async () => {
    const started = await stack.start(['--pattern', 'a/**', '--json', ...to('json')]);
    await started.says('"type":"submitted"');
    started.child.kill('SIGTERM');
    const { exitCode, stdout, stderr } = await started.ended;
    expect(exitCode).toBe(143);
    expect(stderr).toBe('');
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.slice(-2)).toMatchObject([
      { type: 'error', code: 'Terminated', hint: expect.stringMatching(/deid-batch resume r/) },
      { type: 'summary', exitCode: 143, status: 'incomplete' },
    ]);
  });

  test('stops waiting at --timeout: exit code 75, and the job goes on', async () => {
    const result = await stack.runJson(['--pattern', 'a/**', '--timeout', '1s', ...to('timeout')]);
    expect(result.exitCode).toBe(75);
    expect(result.lines.slice(-2)).toMatchObject([
      { type: 'error', code: 'TimedOut' },
      { type: 'summary', status: 'incomplete', exitCode: 75 },
    ]);
  });
});

describe('while the service does not answer', () => {
  beforeAll(() =>
    stack.emulator.setFaults([{ server: 'service', method: 'PUT', delayMs: 600_000 }]),
  );
  afterAll(() => stack.emulator.setFaults([]));

  /** Starts a run and waits until its job is being sent. */
  async function startSending(place: string) {
    const puts = () =>
      stack.emulator.requests.filter(
        ({ server, method }) => server === 'service' && method === 'PUT',
      ).length;
    const before = puts();
    const started = await stack.start(['--pattern', 'b/**', ...to(place)]);
    await expect.poll(puts, { timeout: 20_000 }).toBeGreaterThan(before);
    return started;
  }

  // The test's own limit is shorter than the time that an answer may take.
  test('a signal ends the process soon, and not only when an answer comes', async () => {
    const { child, ended } = await startSending('sending');
    child.kill('SIGTERM');
    const result = await ended;
    expect(result).toMatchObject({ exitCode: 143 });
    expect(result.stdout).toMatch(/^INCOMPLETE/);
  });

  test('a second signal ends it at once, with nothing more to say', async () => {
    const { child, ended } = await startSending('second');
    // Two that differ, since the system may merge two of a kind; which comes first is its choice.
    child.kill('SIGINT');
    child.kill('SIGTERM');
    const { exitCode, stdout } = await ended;
    expect([130, 143]).toContain(exitCode);
    expect(stdout).toBe('');
  });
});

describe.concurrent('a reader that leaves early', () => {
  test.each([
    ['standard output', '| head -1', /"type":"listing"/],
    ['both streams', '2>&1 | head -1', /"type":"listing"/],
  ])('of %s is no crash', async (_, pipe, first) => {
    const cwd = await stack.folder();
    const args = `--pattern 'a/**' --json --timeout 1s --target ${to(`pipe-${pipe.length}`)[1]}`;
    const command = `set -o pipefail; "${process.execPath}" "${BIN}" ${args} ${pipe}; echo "exit $?" >&2`;
    const shell = spawn('bash', ['--norc', '-c', command], {
      cwd,
      env: { ...stack.emulator.env, PATH: process.env.PATH },
    });
    let stdout = '';
    let stderr = '';
    shell.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    shell.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    await once(shell, 'close');
    expect(stdout).toMatch(first);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(stderr).toBe('exit 75\n');
  });
});
