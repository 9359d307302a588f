import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CliStack, NOTE, startCliStack } from './cli-stack.ts';
import { BIN } from './run-cli.ts';

let stack: CliStack;

beforeAll(async () => {
  stack = await startCliStack();
  await stack.upload({ 'a/1.txt': NOTE, 'a/2.txt': NOTE });
});
afterAll(async () => await stack?.stop());

/** Gives a command a terminal; a part of every Debian (bsdutils). */
const SCRIPT = 'script';

const QUESTION = 'Submit these batches? [y/N]';
const target = (place: string) => `${stack.emulator.blobEndpoint}/target/${place}`;
const jobsTo = (place: string) =>
  stack.emulator.executions.filter(({ request }) =>
    request.targetLocation.prefix.startsWith(place),
  );

/** Runs on a terminal of its own, made by script(1), and answers the question when it comes. */
async function runOnTerminal(args: readonly string[], answer?: string) {
  const cwd = await stack.folder();
  const words = [process.execPath, BIN, ...args].map((word) => `'${word}'`).join(' ');
  const child = spawn(SCRIPT, ['-qec', words, '/dev/null'], {
    cwd,
    env: { ...stack.emulator.env, PATH: process.env.PATH, TERM: 'xterm' },
  });
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const asked = shown.includes(QUESTION);
    shown += chunk;
    if (answer !== undefined && !asked && shown.includes(QUESTION))
      child.stdin.write(`${answer}\n`);
  });
  const [exitCode] = (await once(child, 'close')) as [number];
  return { exitCode, shown, cwd };
}

describe.concurrent('on a terminal', () => {
  test('the plan is shown and nothing is submitted until somebody says yes', async () => {
    const args = ['--pattern', 'a/**', '--target', target('yes')];
    const { exitCode, shown } = await runOnTerminal(args, 'y');
    expect(exitCode).toBe(0);
    const [plan, rest = ''] = shown.split(QUESTION);
    expect(plan).toMatch(/Selected 2 documents/);
    expect(rest).toMatch(/2 of 2 documents, .* in flight/);
    expect(rest).toMatch(/COMPLETE/);
    expect(jobsTo('yes')).toHaveLength(1);
  });

  test.each(['n', '', 'yep'])('the answer %j submits nothing and keeps nothing', async (answer) => {
    const place = `no-${answer}`;
    const { exitCode, shown, cwd } = await runOnTerminal(
      ['--pattern', 'a/**', '--target', target(place)],
      answer,
    );
    expect(exitCode).toBe(130);
    expect(shown).toMatch(/Not confirmed: nothing was submitted/);
    expect(jobsTo(place)).toEqual([]);
    expect(await readdir(join(cwd, '.deid-batch', 'runs'))).toEqual([]);
  });

  test('Ctrl-C at the question submits nothing', async () => {
    const { exitCode, shown } = await runOnTerminal(
      ['--pattern', 'a/**', '--target', target('ctrl-c')],
      '\x03',
    );
    expect(exitCode).toBe(130);
    expect(shown).not.toMatch(/InternalError/);
    expect(jobsTo('ctrl-c')).toEqual([]);
  });

  test.each([['--yes'], ['--json']])('%s asks nothing', async (flag) => {
    const { exitCode, shown } = await runOnTerminal([
      '--pattern',
      'a/**',
      flag,
      '--target',
      target(`with${flag}`),
    ]);
    expect(exitCode).toBe(0);
    expect(shown).not.toContain(QUESTION);
    expect(jobsTo(`with${flag}`)).toHaveLength(1);
  });
});

test('without a terminal nothing is asked', async () => {
  const result = await stack.run(['--pattern', 'a/**', '--target', target('piped')]);
  expect(result.exitCode).toBe(0);
  expect(result.all).not.toContain(QUESTION);
  // No progress line that rewrites itself either.
  expect(result.all).not.toContain('\r');
});
