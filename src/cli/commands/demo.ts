import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Emulator } from '../../emulator/index.ts';
import { formatQuantity } from '../../render/numbers.ts';
import { createDemoFiles, DEMO_SELECTION, SHOWN_NOTES } from '../demo/notes.ts';
import { withFiles } from '../demo/write-files.ts';
import type { Terminal } from '../terminal.ts';
import { openEmulator } from './emulator.ts';

/** Runs the whole flow on the embedded stack, and shows what came of it. Returns the exit code. */
export async function demoCommand(_flags: object, terminal: Terminal): Promise<number> {
  const stopping = new AbortController();
  const forget = terminal.onSignal(() => stopping.abort());
  const files = createDemoFiles();
  terminal.print(
    `Starting the embedded stack with ${formatQuantity(files.length, 'synthetic file')} ...`,
  );
  const emulator = await withFiles(files, (seedFolder) => openEmulator({ seedFolder }));
  try {
    const exitCode = await runCommandLine(emulator, { terminal, signal: stopping.signal });
    if (exitCode === 0) await showResults(emulator, terminal);
    return exitCode;
  } finally {
    await emulator.stop();
    forget();
  }
}

/** Runs the real command line in a process of its own, as a user would. */
async function runCommandLine(
  emulator: Emulator,
  { terminal, signal }: { terminal: Terminal; signal: AbortSignal },
): Promise<number> {
  const { pattern, exclude, groupBy } = DEMO_SELECTION;
  const flags = ['--pattern', pattern, '--exclude', exclude, '--group-by', groupBy];
  const more = ['--concurrency', '8', '--show-names', '--yes'];
  const shown = [...flags, ...more].map((word) => (/[*?:]/.test(word) ? `'${word}'` : word));
  terminal.print(`\n$ deid-batch ${shown.join(' ')}\n`);
  const bin = fileURLToPath(new URL('../bin.js', import.meta.url));
  const child = spawn(process.execPath, [bin, ...flags, ...more], {
    env: { ...terminal.environment, ...emulator.env },
    stdio: 'inherit',
  });
  const stop = () => child.kill('SIGTERM');
  signal.addEventListener('abort', stop);
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  signal.removeEventListener('abort', stop);
  return exitCode ?? 1;
}

async function showResults(emulator: Emulator, terminal: Terminal): Promise<void> {
  const [first, second] = SHOWN_NOTES;
  const read = async (container: string, name: string) =>
    (await emulator.containerClient(container).getBlobClient(name).downloadToBuffer()).toString();
  terminal.print(`\n--- ${first}, before\n\n${indent(await read('source', first))}`);
  terminal.print(`--- ${first}, after\n\n${indent(await read('target', first))}`);
  terminal.print('--- two notes of this patient, after: the same person has the same surrogate\n');
  for (const name of [first, second]) {
    const [heading] = (await read('target', name)).split('\n');
    terminal.print(`  ${name}  ${heading}`);
  }
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
