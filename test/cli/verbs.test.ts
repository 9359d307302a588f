import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CliStack, NOTE, startCliStack } from './cli-stack.ts';

/** Stands for what makes blob names PHI: it is in every name, prefix and pattern. */
const MARK = 'mrn4711';

/** Jobs end before they are looked at. */
let quick: CliStack;
/** A document takes two minutes. */
let slow: CliStack;

beforeAll(async () => {
  [quick, slow] = await Promise.all([startCliStack(), startCliStack({ speed: 1 / 120 })]);
  for (const stack of [quick, slow]) {
    await stack.upload({ [`${MARK}/a/1.txt`]: NOTE, [`${MARK}/b/1.txt`]: NOTE.repeat(4) });
  }
});
afterAll(async () => {
  await quick?.stop();
  await slow?.stop();
});

const SELECTION = ['--pattern', `${MARK}/**`, '--max-docs-per-batch', '1', '--concurrency', '1'];
const to = ({ emulator }: CliStack, place: string) => [
  '--target',
  `${emulator.blobEndpoint}/target/${place}`,
];

/** The only run in the state of a folder. */
async function readRunId(cwd: string): Promise<string> {
  const [runId = '', ...others] = await readdir(join(cwd, '.deid-batch', 'runs'));
  expect(others).toEqual([]);
  return runId;
}

const jobPuts = ({ emulator }: CliStack, runId: string) =>
  emulator.requests
    .filter(({ method, path }) => method === 'PUT' && path.startsWith(`/jobs/${runId}`))
    .map(({ path }) => path.slice(`/jobs/${runId}-`.length));

describe.concurrent('a finished run', () => {
  test('is listed, shown, cleaned and purged, and no name is shown', async () => {
    const { cwd, exitCode, ...ran } = await quick.run([...SELECTION, ...to(quick, 'finished')]);
    expect(exitCode, ran.all).toBe(0);
    const runId = await readRunId(cwd);

    const listed = await quick.runJson(['runs'], { cwd });
    expect(listed).toMatchObject({ exitCode: 0, stderr: '' });
    expect(listed.lines).toEqual([
      {
        schemaVersion: 1,
        type: 'run',
        runId,
        status: 'complete',
        source: `${quick.emulator.blobEndpoint}/source`,
        target: `${quick.emulator.blobEndpoint}/target`,
        startedAt: expect.stringMatching(/Z$/),
        endedAt: expect.stringMatching(/Z$/),
        documents: expect.objectContaining({ planned: 2, succeeded: 2 }),
        batches: { planned: 2, waiting: 0, submitting: 0, inFlight: 0, ended: 0, verified: 2 },
      },
    ]);
    const shown = await quick.runJson(['status', runId], { cwd });
    expect(shown.lines).toEqual(listed.lines);
    const text = await quick.run(['runs'], { cwd });
    expect(text.stdout).toMatch(new RegExp(`^run .*\\n${runId} +complete .* 2/2 +2/2 `));
    const status = await quick.run(['status'], { cwd });
    expect(status.stdout).toMatch(new RegExp(`^Run ${runId}: complete\\n`));
    expect(status.stdout).not.toContain('resume');

    const resumed = await quick.runJson(['resume', runId], { cwd });
    expect(resumed).toMatchObject({ exitCode: 0 });
    expect(resumed.lines.at(-1)).toMatchObject({ type: 'summary', status: 'complete' });
    const retried = await quick.runJson(['retry', runId], { cwd });
    expect(retried.exitCode).toBe(2);
    expect(retried.lines).toMatchObject([{ type: 'error', code: 'NothingToRetry' }]);

    const cleaned = await quick.run(['clean', runId, '--jobs'], { cwd });
    expect(cleaned).toMatchObject({ exitCode: 0, stdout: '' });
    expect(cleaned.stderr).toContain('2 job records removed');
    const deleted = quick.emulator.requests.filter(
      ({ method, path }) => method === 'DELETE' && path.includes(runId),
    );
    expect(deleted.map(({ status }) => status)).toEqual([204, 204]);
    for (const { path } of deleted) expect(await askForJob(path)).toBe(404);

    const purged = await quick.run(['purge', runId], { cwd });
    expect(purged.exitCode).toBe(0);
    expect(await readdir(join(cwd, '.deid-batch', 'runs'))).toEqual([]);
    expect((await quick.run(['runs'], { cwd })).stdout).toBe('No runs.\n');
    for (const { all } of [ran, listed, shown, text, status, resumed, cleaned, purged]) {
      expect(all).not.toContain(MARK);
    }
  });

  /** The status of the answer to somebody who may read everything. */
  async function askForJob(path: string): Promise<number> {
    const { request } = await import('node:https');
    const { readFile } = await import('node:fs/promises');
    const { emulator } = quick;
    const ca = await readFile(emulator.caFile);
    const token = await emulator.adminCredential.getToken('https://deid.azure.com/.default');
    return await new Promise((resolve, reject) => {
      const url = `${emulator.serviceEndpoint}${path}?api-version=2024-11-15`;
      request(url, { ca, headers: { authorization: `Bearer ${token?.token}` } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });
  }
});

test('a batch that failed is done again by retry, and only that one', async () => {
  quick.emulator.setBehaviour({ maxDocumentBytes: NOTE.length * 2 });
  const first = await quick.run([...SELECTION, ...to(quick, 'retry')]);
  expect(first.exitCode).toBe(5);
  quick.emulator.setBehaviour({ maxDocumentBytes: 2_000_000 });
  const runId = await readRunId(first.cwd);
  const again = await quick.run(['retry', runId], { cwd: first.cwd });
  expect(again.exitCode).toBe(0);
  expect(again.stderr).toContain('1 batch to do again.');
  expect(jobPuts(quick, runId)).toEqual(['b00001-1', 'b00002-1', 'b00002-2']);
  expect(first.all + again.all).not.toContain(MARK);
});

describe.concurrent('a run that somebody drives', () => {
  test('is shown, guarded, and canceled from beside', async () => {
    const args = [...SELECTION, ...to(slow, 'driven')];
    const driver = await slow.start([...args, '--json']);
    await driver.says('"type":"submitted"');
    const { cwd } = driver;
    const runId = await readRunId(cwd);

    const [status, listed, second, resumed, unlocked, purged, cleaned] = await Promise.all([
      slow.run(['status'], { cwd }),
      slow.runJson(['runs'], { cwd }),
      slow.runJson(args, { cwd }),
      slow.runJson(['resume', runId], { cwd }),
      slow.runJson(['unlock', runId], { cwd }),
      slow.runJson(['purge', runId, '--force'], { cwd }),
      slow.runJson(['clean', runId, '--jobs'], { cwd }),
    ]);
    expect(status.stdout).toContain(
      `Run ${runId}: open, driven by process ${driver.child.pid} on `,
    );
    expect(listed.lines).toMatchObject([
      { runId, status: 'open', batches: { inFlight: 1, waiting: 1 } },
    ]);
    expect(second).toMatchObject({ exitCode: 75, lines: [{ code: 'LockHeld' }] });
    expect(String(second.lines[0]?.hint)).toContain(`deid-batch resume ${runId}`);
    expect(resumed).toMatchObject({ exitCode: 75, lines: [{ code: 'LockHeld' }] });
    expect(unlocked).toMatchObject({ exitCode: 75, lines: [{ code: 'LockHeld' }] });
    expect(purged).toMatchObject({ exitCode: 75, lines: [{ code: 'LockHeld' }] });
    expect(cleaned).toMatchObject({ exitCode: 2, lines: [{ code: 'RunUnfinished' }] });

    const canceled = await slow.run(['cancel', runId], { cwd });
    expect(canceled.exitCode).toBe(0);
    expect(canceled.stderr).toContain('was asked to cancel it');
    const ended = await driver.ended;
    expect(ended.exitCode).toBe(5);
    expect(JSON.parse(ended.stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
      type: 'summary',
      status: 'canceled',
      documents: { planned: 2, canceled: 2 },
      jobs: { submitted: 1 },
    });
    for (const { all } of [status, listed, second, resumed, unlocked, canceled, ended]) {
      expect(all).not.toContain(MARK);
    }
  });

  test('loses it to unlock --force, and whoever resumes it has it', async () => {
    const driver = await slow.start([...SELECTION, ...to(slow, 'forced'), '--json']);
    await driver.says('"type":"submitted"');
    const { cwd } = driver;
    const runId = await readRunId(cwd);
    const unlocked = await slow.run(['unlock', runId, '--force'], { cwd });
    expect(unlocked.exitCode).toBe(0);
    expect(unlocked.stderr).toContain(`deid-batch resume ${runId}`);
    const canceled = await slow.run(['cancel', runId], { cwd });
    expect(canceled.exitCode).toBe(5);
    expect(jobPuts(slow, runId)).toEqual(['b00001-1']);
    driver.child.kill('SIGKILL');
  });
});

describe.concurrent('a run that nobody drives and that is not finished', () => {
  test('is kept from others, and goes on with resume', async () => {
    const args = [...SELECTION, ...to(slow, 'open')];
    const { cwd, exitCode } = await slow.run([...args, '--max-duration', '2s']);
    expect(exitCode).toBe(75);
    const runId = await readRunId(cwd);
    const [status, second, cleaned, purged, unlocked, changed] = await Promise.all([
      slow.run(['status', runId], { cwd }),
      slow.runJson(args, { cwd }),
      slow.runJson(['clean', runId, '--jobs'], { cwd }),
      slow.runJson(['purge', runId], { cwd }),
      slow.run(['unlock', runId], { cwd }),
      slow.runJson(['resume', runId, '--operation', 'redact', '--pattern', `${MARK}-x`], { cwd }),
    ]);
    expect(status.stdout).toContain(`Go on with: deid-batch resume ${runId}`);
    expect(second).toMatchObject({ exitCode: 75, lines: [{ code: 'RunOpen' }] });
    expect(String(second.lines[0]?.hint)).toContain(`deid-batch resume ${runId}`);
    expect(cleaned).toMatchObject({ exitCode: 2, lines: [{ code: 'RunUnfinished' }] });
    expect(purged).toMatchObject({ exitCode: 2, lines: [{ code: 'RunUnfinished' }] });
    expect(unlocked).toMatchObject({ exitCode: 0 });
    expect(unlocked.stderr).toContain('Nobody drives the run');
    expect(changed).toMatchObject({ exitCode: 2, lines: [{ code: 'OptionChanged' }] });
    expect(String(changed.lines[0]?.message)).toMatch(/--pattern.*--operation/);

    const besides = await slow.run(
      [...args, '--new', '--max-duration', '2s', '--yield-exit-zero'],
      { cwd },
    );
    expect(besides.exitCode).toBe(0);
    const resumed = await slow.run(
      ['resume', runId, '--concurrency', '1', '--max-duration', '2s'],
      { cwd },
    );
    expect(resumed.exitCode).toBe(75);
    expect(jobPuts(slow, runId)).toEqual(['b00001-1']);
    const forced = await slow.run(['purge', runId, '--force'], { cwd });
    expect(forced.exitCode).toBe(0);
    expect((await slow.run(['runs'], { cwd })).stdout).not.toContain(runId);
    for (const { all } of [status, second, cleaned, purged, unlocked, changed, besides, resumed]) {
      expect(all).not.toContain(MARK);
    }
  });
});

describe.concurrent('an unknown run', () => {
  test.each(['resume', 'status', 'cancel', 'retry', 'clean', 'purge', 'unlock'])(
    'is no run for %s',
    async (verb) => {
      const result = await quick.runJson([verb, 'r20260101-000000-aaaaaaa']);
      expect(result).toMatchObject({ exitCode: 2, stderr: '' });
      expect(result.lines).toMatchObject([{ type: 'error', code: 'RunNotFound' }]);
    },
  );
});
