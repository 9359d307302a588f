// Tries the package as a stranger gets it: packed, and installed in an empty folder elsewhere.
// Ends with 1 when something does not work there. CI calls it; `npm run build` has to come first.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const exec = promisify(execFile);
const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));

/** What an installation without the optional peers may pull in: 68 when this was set. */
const MOST_PACKAGES = 80;

const NOTE = 'Patient: John Smith was seen on 03/04/2021. Phone: 555-123-4567.';

const PROGRAM = `
import assert from 'node:assert/strict';
import { VERSION, isDeidBatchError, planRun } from 'deid-batch';
import { startEmulator } from 'deid-batch/emulator';

const emulator = await startEmulator();
const { DEID_BATCH_SOURCE: source, DEID_BATCH_TARGET: target } = emulator.env;
const options = { source, target, service: emulator.serviceEndpoint, caFile: emulator.caFile };
Object.assign(process.env, emulator.env);
const error = await planRun({ ...options, pattern: '**' }).catch((thrown) => thrown);
await emulator.stop();
assert(isDeidBatchError(error, 'NothingMatched'), error);
console.log(VERSION);
`;

const folder = await mkdtemp(join(tmpdir(), 'deid-batch-package-'));
// The version that the lockfile pins, so that no other one decides this.
const lock = JSON.parse(await readFile(join(REPOSITORY, 'package-lock.json'), 'utf8'));
const pinned = (name) => `${name}@${lock.packages[`node_modules/${name}`].version}`;

const npm = (args, cwd = folder) => exec('npm', [...args, '--no-audit', '--no-fund'], { cwd });

/** Runs the installed command line; never rejects. */
async function runCli(args, env = {}) {
  const options = { cwd: folder, env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env } };
  const command = exec('npx', ['--no-install', 'deid-batch', ...args], options);
  return command.then(
    ({ stdout }) => ({ code: 0, stdout }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );
}

const lastLine = (text) => JSON.parse(text.trim().split('\n').at(-1));

async function countPackages() {
  const { stdout } = await npm(['ls', '--omit=dev', '--all', '--parseable']);
  // The first line is the folder itself.
  return new Set(stdout.trim().split('\n').slice(1)).size;
}

async function tryWithoutPeers() {
  const { version } = JSON.parse(await readFile(join(REPOSITORY, 'package.json'), 'utf8'));
  const told = await runCli(['--version']);
  assert.equal(told.stdout.trim(), version);
  const refused = await runCli(['emulator', '--json']);
  assert.equal(refused.code, 2, `emulator without azurite: ${refused.stderr}`);
  const error = lastLine(refused.stdout);
  assert.equal(error.code, 'EmulatorMissing');
  assert.match(error.hint, /npm install azurite selfsigned/);
  return `version ${version} runs; without azurite the emulator says what to install`;
}

async function tryFlow() {
  await mkdir(join(folder, 'seed', 'p1'), { recursive: true });
  await writeFile(join(folder, 'seed', 'p1', 'a.txt'), NOTE);
  await writeFile(join(folder, 'seed', 'p1', 'b.txt'), NOTE);
  const args = ['--no-install', 'deid-batch', 'emulator', '--seed', 'seed', '--json'];
  const emulator = spawn('npx', args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const ended = once(emulator, 'exit');
  try {
    const ready = once(createInterface(emulator.stdout), 'line');
    const [line] = await Promise.race([ready, ended.then(() => assert.fail('no emulator'))]);
    const { env } = JSON.parse(line);
    const run = await runCli(['--pattern', '**/*.txt', '--json'], env);
    assert.equal(run.code, 0, `run: ${run.stdout}${run.stderr}`);
    const { type, status, documents } = lastLine(run.stdout);
    assert.deepEqual([type, status], ['summary', 'complete']);
    assert.deepEqual([documents.planned, documents.succeeded], [2, 2]);
  } finally {
    // npx and what it started are one group.
    process.kill(-emulator.pid, 'SIGTERM');
    await ended;
  }
  return 'a run against its own emulator is complete';
}

async function tryLibrary() {
  await writeFile(join(folder, 'program.mjs'), PROGRAM);
  const { stdout } = await exec(process.execPath, ['program.mjs'], { cwd: folder });
  assert.match(stdout, /^\d+\.\d+\.\d+/);
  return 'the library and its emulator can be imported';
}

async function tryPackage() {
  const { stdout } = await npm(['pack', '--silent', '--pack-destination', folder], REPOSITORY);
  const tarball = stdout.trim().split('\n').at(-1);
  await writeFile(join(folder, 'package.json'), '{"private":true}');

  await npm(['install', `./${tarball}`]);
  const packages = await countPackages();
  console.log(`installs ${packages} packages`);
  assert(packages > 1 && packages < MOST_PACKAGES, `${packages}, not fewer than ${MOST_PACKAGES}`);
  console.log(await tryWithoutPeers());

  await npm(['install', pinned('azurite'), pinned('selfsigned')]);
  console.log(await tryFlow());
  console.log(await tryLibrary());
}

try {
  await tryPackage();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
