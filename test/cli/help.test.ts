import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { VERSION } from '../../src/index.ts';
import { flagOf, OPTION_KEYS, specOf, variableOf } from '../../src/options/specs.ts';
import { type CliResult, makeFolder, runCli } from './run-cli.ts';

let folder: Awaited<ReturnType<typeof makeFolder>>;
const ask = (...args: string[]): Promise<CliResult> => runCli(args, { env: {}, cwd: folder.path });
/** Without line breaks and alignment. */
const flatten = (text: string) => text.replace(/\s+/g, ' ');

beforeAll(async () => {
  folder = await makeFolder();
});
afterAll(async () => await folder.remove());

describe.concurrent('help', () => {
  test.each(COMMANDS.map(({ name, example }) => [name, example]))(
    'of %s has an example that begins with what is typed',
    async (name, example) => {
      const { exitCode, stdout, stderr } = await ask(name, '--help');
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout).toContain(`Example:\n  ${example}`);
      expect(example).toContain('deid-batch');
      expect(stdout).not.toMatch(/undefined|\[object/);
    },
  );

  test.each(['run', 'plan', 'config'])(
    'of %s has every option, its default and variable',
    async (name) => {
      const { stdout } = await ask(name, '--help');
      const text = flatten(stdout);
      expect(OPTION_KEYS.length).toBeGreaterThan(20);
      for (const key of OPTION_KEYS) {
        const { placeholder, description, alsoEnv = [], default: value } = specOf(key);
        const flag = placeholder === undefined ? flagOf(key) : `${flagOf(key)} <${placeholder}>`;
        expect(text).toContain(` ${flag} ${description} `);
        expect(text).toContain(`[${[variableOf(key), ...alsoEnv].join(', ')}]`);
        if (typeof value === 'number')
          expect(text).toContain(`${description} (default: ${value}) [`);
      }
      // Two spaces between words are a part of the sentence that is missing.
      expect(stdout).not.toMatch(/\S {2,}\[DEID_BATCH/);
      expect(text).toContain('--config <FILE>');
    },
  );

  test('of the whole names every command, and where its flags and examples are', async () => {
    const { exitCode, stdout } = await ask('--help');
    expect(exitCode).toBe(0);
    for (const { name, example } of COMMANDS) {
      expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
      expect(stdout).toContain(example);
    }
    expect(stdout).toContain('deid-batch run --help');
  });

  test('is the same by `help run`', async () => {
    const [byVerb, byFlag] = await Promise.all([ask('help', 'run'), ask('run', '--help')]);
    expect(byVerb.stdout).toBe(byFlag.stdout);
  });

  test('--version is the version of the package', async () => {
    expect(await ask('--version')).toMatchObject({
      exitCode: 0,
      stdout: `${VERSION}\n`,
      stderr: '',
    });
  });
});
