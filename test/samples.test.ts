import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CliStack, NOTE, startCliStack } from './cli/cli-stack.ts';

const SAMPLES = fileURLToPath(new URL('../samples/', import.meta.url));

let stack: CliStack;
const ran = new Set<string>();

beforeAll(async () => {
  stack = await startCliStack();
  await stack.upload({
    'notes/p1/a.txt': NOTE,
    'notes/p1/b.txt': NOTE,
    'notes/p2/a.txt': NOTE,
    'notes/p2/scan.pdf': 'no text',
  });
});
afterAll(async () => await stack?.stop());

/** Runs a sample in a folder of its own, with the emulator's environment and nothing else. */
async function runSample(name: string, args: readonly string[], place = '') {
  ran.add(name);
  const target = `${stack.emulator.blobEndpoint}/target${place}`;
  const options = {
    cwd: await stack.folder(),
    env: { ...stack.emulator.env, DEID_BATCH_TARGET: target },
  };
  const command = promisify(execFile)(process.execPath, [`${SAMPLES}${name}`, ...args], options);
  return command.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code: Number(code), stdout, stderr }) as const,
  );
}

async function readTarget(): Promise<Record<string, string>> {
  const container = stack.emulator.containerClient('target');
  const outputs: Record<string, string> = {};
  for await (const { name } of container.listBlobsFlat()) {
    outputs[name] = (await container.getBlobClient(name).downloadToBuffer()).toString();
  }
  return outputs;
}

test('plan-run shows documents, skips and batches, and changes nothing', async () => {
  const { code, stdout, stderr } = await runSample('plan-run.mjs', ['notes/**/*.txt']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.split('\n')).toEqual([
    '3 of 4 blobs are selected',
    '1 are skipped: notMatched',
    'b00001: 2 documents, 128 bytes',
    'b00002: 1 documents, 64 bytes',
    '2 groups, each whole in one batch',
    '0.01 MB to pay for, at least 6 requests',
    '',
  ]);
  expect(stack.emulator.executions).toEqual([]);
  expect(await readTarget()).toEqual({});
});

test('start-run de-identifies what the pattern selects, and shows its progress', async () => {
  const { code, stdout, stderr } = await runSample('start-run.mjs', ['notes/**/*.txt']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^b00001 is submitted as r\S+-b00001-1$/m);
  expect(stdout).toMatch(/^b00001 is verified: 2 of 2 documents$/m);
  expect(stdout).toMatch(/^complete: 3 of 3 documents\n$/m);
  const outputs = await readTarget();
  expect(Object.keys(outputs)).toEqual(['notes/p1/a.txt', 'notes/p1/b.txt', 'notes/p2/a.txt']);
  expect(Object.values(outputs).join('')).not.toContain('John Smith');
  // One patient, one surrogate.
  expect(outputs['notes/p1/a.txt']).toBe(outputs['notes/p1/b.txt']);
});

test('submit-job redacts a folder as one job, and a second time finds the job of the first', async () => {
  const before = stack.emulator.executions.length;
  for (const _ of ['first', 'second']) {
    const { code, stdout, stderr } = await runSample(
      'submit-job.mjs',
      ['notes/p1/**', 'my-notes-p1'],
      '/redacted',
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe('my-notes-p1 ended: succeeded\n2 succeeded\n');
  }
  expect(stack.emulator.executions.slice(before).map(({ name }) => name)).toEqual(['my-notes-p1']);
  const outputs = await readTarget();
  expect(outputs['redacted/notes/p1/a.txt']).toContain('Patient: [patient]');
});

test.each(['plan-run.mjs', 'start-run.mjs', 'submit-job.mjs'])(
  '%s ends with code, hint and exit code when nothing matches',
  async (name) => {
    const { code, stdout, stderr } = await runSample(name, ['nothing/**'], '/nothing');
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^NothingMatched: No blob matches.*\*\*\//);
    expect(stderr).not.toMatch(/^\s+at /m);
  },
);

test('every sample was run', async () => {
  const samples = (await readdir(SAMPLES)).filter((name) => name.endsWith('.mjs'));
  expect(samples.length).toBeGreaterThanOrEqual(3);
  expect([...ran].toSorted()).toEqual(samples.toSorted());
});
