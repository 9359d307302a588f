import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, startCli } from './run-cli.ts';

test('the demo shows the whole flow, and leaves its summary and no process behind', {
  timeout: 90_000,
}, async () => {
  const { path: cwd, remove } = await makeFolder();
  // All its temporary files go there too, and every one of its processes names one of them.
  const temporary = join(cwd, 'tmp');
  await mkdir(temporary);
  const { ended, says } = startCli(['demo'], { env: { TMPDIR: temporary }, cwd });
  await says(/b00001 verified/);
  expect(await listProcessesIn(cwd)).toHaveLength(3);
  const { exitCode, stdout, stderr } = await ended;
  expect(exitCode).toBe(0);

  expect(stdout).toMatch(/\$ deid-batch --pattern 'notes\/\*\*\/\*\.txt' --exclude .+ --group-by/);
  expect(stderr).toMatch(/skipped 2: excluded\n/);
  expect(stderr).toMatch(/skipped 1: too large\n/);
  expect(stderr).toMatch(/b00001 verified \d+ of \d+ documents/);
  expect(stdout).toMatch(/COMPLETE: every planned document/);
  const [, planned, succeeded] = /planned +(\d+)\n +succeeded +(\d+)\n/.exec(stdout) ?? [];
  expect(planned).toBe(succeeded);
  expect(Number(planned)).toBeGreaterThanOrEqual(300);

  const [before = '', after = ''] = stdout
    .split(/--- .*visit-01\.txt, (?:before|after)\n/)
    .slice(1);
  const patientOf = (text: string) => /Patient: (.+)/.exec(text)?.[1];
  expect(patientOf(before)).toMatch(/^\w+, \w+$/);
  expect(patientOf(after)).toMatch(/^\w+, \w+$/);
  expect(patientOf(after)).not.toBe(patientOf(before));
  const same = [...stdout.matchAll(/visit-0\d\.txt {2}Patient: (.+)/g)].map(([, name]) => name);
  expect(same).toEqual([patientOf(after), patientOf(after)]);

  const summaryFile = /Summary: (.+)\n/.exec(stdout)?.[1] ?? '';
  expect(summaryFile.startsWith(join(cwd, '.deid-batch'))).toBe(true);
  expect(existsSync(summaryFile)).toBe(true);
  expect(await listProcessesIn(cwd)).toEqual([]);
  expect(await readdir(temporary)).toEqual([]);
  await remove();
});

/** Processes that have the folder in their environment or their command line. */
async function listProcessesIn(folder: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found: string[] = [];
  for (const pid of pids) {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (environment.includes(folder) || command.includes(folder)) found.push(command);
  }
  return found;
}
