import { Command, CommanderError } from 'commander';
import { toDeidBatchError } from '../errors/to-deid-batch-error.ts';
import { VERSION } from '../model/version.ts';
import type { OptionKey } from '../options/specs.ts';
import type { CommandFlags } from './add-options.ts';
import { COMMANDS, type CommandSpec } from './commands.ts';
import { chooseCommandOptions } from './load-options.ts';
import { showError } from './show-error.ts';
import type { Terminal } from './terminal.ts';
import { toUsageError } from './usage-error.ts';

const EXAMPLES = COMMANDS.map(({ example }) => `\n  ${example}`).join('');

/** Runs the command line and returns the exit code. Nothing is thrown. */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode = 0;
  let given: CommandFlags = { json: argv.includes('--json') || undefined };
  const program = createProgram(async (command, { flags, runId }) => {
    given = flags;
    const run = await command.load();
    exitCode = await run(flags, terminal, runId);
  }, terminal);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const shown = error instanceof CommanderError ? toUsageError(error) : toDeidBatchError(error);
    const chosen = await chooseCommandOptions(given, terminal).catch(() => undefined);
    const isGiven = (key: OptionKey, ...values: unknown[]) =>
      values.includes(chosen ? chosen.get(key)?.given : given[key]);
    showError(shown, {
      terminal,
      json: isGiven('json', true, 'true', '1'),
      debug: isGiven('logLevel', 'debug'),
    });
    return shown.exitCode;
  }
}

type Start = (command: CommandSpec, given: { flags: CommandFlags; runId: string }) => Promise<void>;

function createProgram(start: Start, terminal: Terminal): Command {
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
    })
    .addHelpText('after', `\nFlags of a command: deid-batch run --help\n\nExamples:${EXAMPLES}`);
  for (const spec of COMMANDS) {
    const { name, description, example, isDefault, argument, addFlags } = spec;
    const command = program
      .command(name, { isDefault: isDefault ?? false })
      .description(description)
      .allowExcessArguments(false)
      .addHelpText('after', `\nExample:\n  ${example}`);
    if (argument) command.argument(argument, 'name of the run, as `deid-batch runs` shows it');
    // Commander gives the arguments first, then the flags.
    addFlags(command).action((...given: unknown[]) => {
      const [runId, flags] = argument ? given : ['', ...given];
      return start(spec, { flags: flags as CommandFlags, runId: (runId ?? '') as string });
    });
  }
  return program;
}
