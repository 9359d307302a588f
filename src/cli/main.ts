import { Command, CommanderError } from 'commander';
import { DeidBatchError } from '../errors/deid-batch-error.ts';
import { toDeidBatchError } from '../errors/to-deid-batch-error.ts';
import { VERSION } from '../model/version.ts';
import { addOptions, type CommandFlags } from './add-options.ts';
import { configCommand } from './commands/config.ts';
import { demoCommand } from './commands/demo.ts';
import { type EmulatorFlags, emulatorCommand } from './commands/emulator.ts';
import { planCommand, runCommand } from './commands/run.ts';
import { showError } from './show-error.ts';
import type { Terminal } from './terminal.ts';

/** Runs the command line and returns the exit code. Nothing is thrown. */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode = 0;
  const program = createProgram(terminal, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const shown = error instanceof CommanderError ? toUsageError(error) : toDeidBatchError(error);
    showError(shown, { terminal, json: argv.includes('--json') || isOn(terminal) });
    if (shown.code === 'InternalError') showStack(shown, { argv, terminal });
    return shown.exitCode;
  }
}

function createProgram(terminal: Terminal, end: (exitCode: number) => void): Command {
  const program = new Command('deid-batch')
    .description(
      'De-identifies clinical notes in Azure Blob Storage with the Azure Health Data Services de-identification service.',
    )
    .version(VERSION)
    .showHelpAfterError(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      // Errors are shown once, as all other errors are.
      writeErr: () => {},
    });
  const add = (name: string, description: string, example: string, isDefault = false) =>
    program
      .command(name, { isDefault })
      .description(description)
      .allowExcessArguments(false)
      .addHelpText('after', `\nExample:\n  ${example}`);

  addOptions(
    add(
      'run',
      'lists, matches, plans, submits, polls, verifies, reports (the default command)',
      "deid-batch --source https://acct.blob.core.windows.net/notes --target https://acct.blob.core.windows.net/clean \\\n    --service https://<id>.api.<region>.deid.azure.com --pattern '**/*.txt' --group-by folder:1",
      true,
    ),
  )
    .option('--dry-run', 'show the plan and submit nothing, as `deid-batch plan` does')
    .action(async (flags: CommandFlags) => end(await runCommand(flags, terminal)));

  addOptions(
    add(
      'plan',
      'shows the batches, skips, consistency and cost; changes nothing remote',
      "deid-batch plan --pattern '**/*.txt' --exclude 'archive/**' --group-by folder:1",
    ),
  ).action(async (flags: CommandFlags) => end(await planCommand(flags, terminal)));

  addOptions(
    add(
      'config',
      'prints each option with its value and where that comes from',
      'DEID_BATCH_CONCURRENCY=8 deid-batch config',
    ),
  ).action(async (flags: CommandFlags) => end(await configCommand(flags, terminal)));

  add(
    'emulator',
    'starts the embedded stack on this machine and prints how to use it; for development only',
    'deid-batch emulator --seed ./notes',
  )
    .option('--port <N>', 'port of the service (default: a free one)')
    .option('--seed <DIR>', 'folder whose files become the blobs of container source')
    .option('--faults <FILE>', 'JSON file of faults to inject')
    .option('--json', 'print one JSON line when ready')
    .action(async (flags: EmulatorFlags) => end(await emulatorCommand(flags, terminal)));

  add(
    'demo',
    'runs the whole flow on the embedded stack with synthetic notes',
    'deid-batch demo',
  ).action(async () => end(await demoCommand(terminal)));

  return program;
}

function toUsageError(error: CommanderError): DeidBatchError {
  const message = error.message.replace(/^error: /, '');
  return new DeidBatchError(
    'UnknownFlag',
    `${message.charAt(0).toUpperCase()}${message.slice(1)}.`,
    {
      hint: 'See deid-batch --help, and deid-batch COMMAND --help for its flags.',
    },
  );
}

function isOn({ environment }: Terminal): boolean {
  return /^(true|1)$/.test(environment.DEID_BATCH_JSON ?? '');
}

/** The stack of a bug; it may quote names, so it is shown to those who ask for it. */
function showStack(
  error: DeidBatchError,
  { argv, terminal }: { argv: readonly string[]; terminal: Terminal },
): void {
  const wanted = argv.includes('debug') || terminal.environment.DEID_BATCH_LOG_LEVEL === 'debug';
  if (wanted && error.cause instanceof Error) terminal.note(error.cause.stack ?? '');
}
