import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { Clock } from '../clock.ts';
import { EmulatorError } from './emulator-error.ts';
import { resolvePeer } from './peer.ts';

/** The account that every Azurite has. */
export const ACCOUNT_NAME = 'devstoreaccount1';

/** Azurite's blob service in a process of its own. */
export interface Azurite {
  /** Origin, e.g. `https://127.0.0.1:40001`, without the account. */
  origin: string;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;

// Azurite outlives a killed parent. Its process therefore ends with its standard input, which the
// system closes however the parent ends, and takes the emulator's folder, its working directory,
// with it. The text is passed to `node --eval`: there is no file to find in dist or in src.
const AZURITE_UNTIL_STDIN_ENDS = `
  const folder = process.cwd();
  process.on('exit', () => {
    process.chdir('/');
    require('node:fs').rmSync(folder, { recursive: true, force: true });
  });
  process.stdin.on('end', () => process.exit()).on('error', () => process.exit()).resume();
  require(process.argv[1]);
`;

/**
 * Starts Azurite in memory, over HTTPS, on a free port of loopback. It writes only into `folder`
 * and removes it when it ends, also when this process is killed. Throws {@link EmulatorError}
 * `peerMissing` or `storageNotStarted`.
 */
export async function startAzurite(options: {
  folder: string;
  tls: { key: string; cert: string };
  clock: Clock;
}): Promise<Azurite> {
  const script = resolvePeer('azurite/dist/src/blob/main.js');
  const { folder, tls, clock } = options;
  const keyFile = join(folder, 'azurite-key.pem');
  const certFile = join(folder, 'azurite-cert.pem');
  await writeFile(keyFile, tls.key, { mode: 0o600 });
  await writeFile(certFile, tls.cert, { mode: 0o600 });

  const args = ['--blobHost', '127.0.0.1', '--blobPort', '0', '--inMemoryPersistence'];
  args.push('--oauth', 'basic', '--key', keyFile, '--cert', certFile);
  args.push('--disableProductStyleUrl', '--skipApiVersionCheck', '--silent', '--disableTelemetry');
  const child = spawn(
    process.execPath,
    ['--eval', AZURITE_UNTIL_STDIN_ENDS, '--', script, ...args],
    {
      cwd: folder,
      // Azurite takes accounts, and Node options, from the environment: it gets an empty one.
      env: process.env.SystemRoot ? { SystemRoot: process.env.SystemRoot } : {},
      // An interrupt from the terminal is for this process, which may still need its storage.
      detached: true,
      windowsHide: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve()).once('error', () => resolve());
  });
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
  };

  const listening = new AbortController();
  const timeout = clock.sleep(START_TIMEOUT_MS, listening.signal);
  timeout.then(stop).catch(() => undefined);
  try {
    const origin = await readOrigin(child);
    return { origin, stop };
  } finally {
    listening.abort();
    // Azurite has read them: nothing that could impersonate the emulator stays on disk.
    await Promise.all([rm(keyFile, { force: true }), rm(certFile, { force: true })]);
  }
}

/** The origin that Azurite prints; rejects with what it printed instead when it ends. */
async function readOrigin(
  child: ChildProcessByStdio<Writable, Readable, Readable>,
): Promise<string> {
  return await new Promise((resolve, reject) => {
    let printed = '';
    // Also after the start: a pipe that nobody reads would stop Azurite when it is full.
    const read = (chunk: string) => {
      printed = (printed + chunk).slice(-2000);
      const origin = /successfully listens on (https:\S+)/.exec(printed)?.[1];
      if (origin) resolve(origin);
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    const fail = (cause?: Error) => {
      const message = `Azurite did not start: ${cause?.message ?? printed.trim()}`;
      reject(new EmulatorError('storageNotStarted', message, { cause }));
    };
    child.once('error', fail).once('close', () => fail());
  });
}
