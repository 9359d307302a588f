import { readFile } from 'node:fs/promises';
import {
  type Emulator,
  EmulatorError,
  type EmulatorErrorCode,
  type EmulatorOptions,
  parseFaultRules,
  startEmulator,
} from '../../emulator/index.ts';
import type { ErrorCode } from '../../errors/codes.ts';
import { DeidBatchError } from '../../errors/deid-batch-error.ts';
import type { Terminal } from '../terminal.ts';

export interface EmulatorFlags {
  port?: string;
  seed?: string;
  faults?: string;
  json?: boolean;
}

/** Starts the embedded stack and stays until it is interrupted. Returns the exit code. */
export async function emulatorCommand(flags: EmulatorFlags, terminal: Terminal): Promise<number> {
  const interrupted = new Promise<void>((resolve) => {
    terminal.onSignal(() => resolve());
  });
  const emulator = await openEmulator(await readEmulatorOptions(flags));
  try {
    terminal.print(flags.json ? describeAsJson(emulator) : describeAsText(emulator));
    await interrupted;
  } finally {
    await emulator.stop();
  }
  return 0;
}

/** Starts the stack; its errors become ours. */
export async function openEmulator(options: EmulatorOptions): Promise<Emulator> {
  try {
    return await startEmulator(options);
  } catch (error) {
    throw toCommandError(error);
  }
}

/** What each error is to who typed the command, and how to fix it. */
const ERRORS: Record<EmulatorErrorCode, { code: ErrorCode; hint: string }> = {
  peerMissing: { code: 'EmulatorMissing', hint: 'npm install azurite selfsigned' },
  portInUse: {
    code: 'PortInUse',
    hint: 'Give another --port, or leave it out for a free one.',
  },
  faultRuleInvalid: {
    code: 'InvalidOption',
    hint: 'Correct the file of --faults, a JSON array such as [{"server":"service","status":503}].',
  },
  seedFolderUnreadable: {
    code: 'InvalidOption',
    hint: 'Give --seed a folder that exists and that you may read.',
  },
  storageNotStarted: {
    code: 'InternalError',
    hint: 'Check that azurite is installed in full: npm install azurite',
  },
};

function toCommandError(error: unknown): unknown {
  if (!(error instanceof EmulatorError)) return error;
  const { code, hint } = ERRORS[error.code];
  return new DeidBatchError(code, error.message, { hint, cause: error });
}

async function readEmulatorOptions({
  port,
  seed,
  faults,
}: EmulatorFlags): Promise<EmulatorOptions> {
  return {
    ...(port === undefined ? {} : { servicePort: readPort(port) }),
    ...(seed === undefined ? {} : { seedFolder: seed }),
    ...(faults === undefined ? {} : { faults: await readFaults(faults) }),
  };
}

function readPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new DeidBatchError('InvalidOption', '--port is no port.', {
    hint: 'It takes a whole number from 0 to 65535; 0 chooses a free one.',
  });
}

async function readFaults(path: string) {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new DeidBatchError('InvalidOption', 'The file of --faults cannot be read as JSON.', {
      hint: 'Give a JSON array of fault rules.',
      cause,
    });
  }
  try {
    return parseFaultRules(content);
  } catch (error) {
    throw toCommandError(error);
  }
}

function describeAsJson(emulator: Emulator): string {
  const { serviceEndpoint, blobEndpoint, identityEndpoint, caFile, env } = emulator;
  return JSON.stringify({
    schemaVersion: 1,
    type: 'emulator',
    serviceEndpoint,
    blobEndpoint,
    identityEndpoint,
    caFile,
    env,
  });
}

function describeAsText({
  serviceEndpoint,
  blobEndpoint,
  identityEndpoint,
  env,
}: Emulator): string {
  return [
    'The embedded stack runs on this machine. It is for development and tests: it misses PHI.',
    'Never use its output to release real patient data.',
    '',
    `  service   ${serviceEndpoint}`,
    `  storage   ${blobEndpoint}  (containers source, target, staging, state)`,
    `  identity  ${identityEndpoint}`,
    '',
    'In another terminal:',
    '',
    ...Object.entries(env).map(([name, value]) => `  export ${name}='${value}'`),
    "  deid-batch --pattern '**/*.txt'",
    '',
    'Ctrl-C ends it.',
  ].join('\n');
}
