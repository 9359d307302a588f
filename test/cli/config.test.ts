import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OPTION_KEYS } from '../../src/options/specs.ts';
import { makeFolder, readJsonLines, runCli } from './run-cli.ts';

let folder: Awaited<ReturnType<typeof makeFolder>>;

beforeAll(async () => {
  folder = await makeFolder();
  const file = { concurrency: 2, maxBytes: '1MB', requestsPerSecond: 5, pattern: ['mrn/**'] };
  await writeFile(join(folder.path, 'deid-batch.config.json'), JSON.stringify(file));
  await writeFile(join(folder.path, 'other.json'), '{"concurrency": 7}');
});
afterAll(async () => await folder.remove());

/** What `config --json` says of each option. */
async function readConfig(args: readonly string[], env: Record<string, string> = {}) {
  const result = await runCli(['config', '--json', ...args], { env, cwd: folder.path });
  expect(result).toMatchObject({ exitCode: 0, stderr: '' });
  const lines = readJsonLines(result);
  expect(lines.map(({ type }) => type)).toEqual(OPTION_KEYS.map(() => 'option'));
  return Object.fromEntries(lines.map(({ key, value, origin }) => [key, [value, origin]]));
}

describe.concurrent('config', () => {
  test('says for each option which of flag, environment, file and default has won', async () => {
    const env = {
      DEID_BATCH_CONCURRENCY: '3',
      DEID_BATCH_MAX_BYTES: '500KB',
      DEID_BATCH_OVERWRITE: '',
      AZURE_CLIENT_ID: 'client',
      DEID_ENDPOINT: 'https://second.example',
      DEID_BATCH_SERVICE: 'https://first.example',
    };
    expect(await readConfig(['--concurrency', '9'], env)).toMatchObject({
      concurrency: ['9', 'flag'],
      maxBytes: ['500KB', 'environment'],
      requestsPerSecond: ['5', 'file'],
      overwrite: ['never', 'default'],
      identity: ['client', 'environment'],
      service: ['https://first.example', 'environment'],
      source: ['', 'missing'],
    });
  });

  test('reads the file that --config names in place of the usual one', async () => {
    expect(await readConfig(['--config', 'other.json'])).toMatchObject({
      concurrency: ['7', 'file'],
      requestsPerSecond: ['15', 'default'],
    });
  });

  test('hides what may hold names, wherever it comes from, unless they are asked for', async () => {
    const args = ['--group-by', '(?<group>mrn)', '--target', 'https://a.example/c/mrn'];
    const env = { DEID_BATCH_EXCLUDE: 'mrn/x', DEID_BATCH_STRIP_PREFIX: 'mrn/' };
    const hidden = await readConfig(args, env);
    expect(JSON.stringify(hidden)).not.toContain('mrn');
    expect(await readConfig([...args, '--show-names'], env)).toMatchObject({
      groupBy: ['(?<group>mrn)', 'flag'],
      target: ['https://a.example/c/mrn', 'flag'],
      exclude: ['mrn/x', 'environment'],
      stripPrefix: ['mrn/', 'environment'],
      pattern: ['mrn/**', 'file'],
    });
  });

  test.each([
    'https://acct.blob.core.windows.net/c?sv=2024&sig=c2VjcmV0',
    'AccountName=acct;AccountKey=c2VjcmV0',
    'https://user:c2VjcmV0@a.example/c',
  ])('never shows a secret, with --show-names neither', async (source) => {
    const shown = await readConfig(['--source', source, '--show-names']);
    expect(shown.source).toEqual([expect.stringContaining('secret'), 'flag']);
    expect(JSON.stringify(shown)).not.toContain('c2VjcmV0');
  });

  test('is a table of flags for a person', async () => {
    const { stdout, exitCode } = await runCli(['config'], { env: {}, cwd: folder.path });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^option +value +origin\n--source +missing\n/);
    expect(stdout).toMatch(/^--concurrency +2 +file$/m);
    expect(stdout).toMatch(/^--pattern +\(hidden, see --show-names\) +file$/m);
  });
});
