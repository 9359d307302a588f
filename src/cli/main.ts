import { Command, CommanderError } from 'commander';
import { toDeidBatchError } from '../errors/to-deid-batch-error.ts';
import { VERSION } from '../model/version.ts';
import { COMMANDS } from './commands.ts';
import { showError } from './show-error.ts';
import type { Terminal } from './terminal.ts';
import { toUsageError } from './usage-error.ts';

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
    const { environment } = terminal;
    const json = argv.includes('--json') || /^(true|1)$/.test(environment.DEID_BATCH_JSON ?? '');
    showError(shown, { terminal, json });
    // The stack of a bug may quote names, so only who asks for it sees it.
    const debug = argv.includes('debug') || environment.DEID_BATCH_LOG_LEVEL === 'debug';
    if (debug && shown.code === 'InternalError') terminal.note(describeCause(shown.cause));
    return shown.exitCode;
  }
}

function createProgram(terminal: Terminal, end: (exitCode: number) => void): Command {
  const program = new Command('deid-batch')
    .description(
      'De-identifies clinical notes in Azure Blob Storage with the Azure Health Data Services de-identification service.',
    )
    .version(VERSION)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      // Errors are shown once, as all other errors are.
      writeErr: () => {},
    });
  for (const { name, description, example, isDefault, addFlags, load } of COMMANDS) {
    const command = program
      .command(name, { isDefault: isDefault ?? false })
      .description(description)
      .allowExcessArguments(false)
      .addHelpText('after', `\nExample:\n  ${example}`);
    addFlags(command).action(async (flags: object) => {
      const run = await load();
      end(await run(flags, terminal));
    });
  }
  return program;
}

function describeCause(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}
