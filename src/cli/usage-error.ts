import type { CommanderError } from 'commander';
import { DeidBatchError } from '../errors/deid-batch-error.ts';

/** A mistake in the command line, without what may be a blob name: shells expand bare patterns. */
export function toUsageError({ code, message }: CommanderError): DeidBatchError {
  const [option = 'a flag'] = /--?[\w-]+/.exec(message) ?? [];
  switch (code) {
    case 'commander.unknownOption':
      // A switch with a value, `--json=yes`, counts as unknown too.
      if (/--[\w-]+=/.test(message)) {
        return new DeidBatchError('UnknownFlag', `There is no flag ${option} that takes a value.`, {
          hint: `A switch is given without one: ${option}. See deid-batch COMMAND --help.`,
        });
      }
      return new DeidBatchError('UnknownFlag', `There is no flag ${option}.`, {
        hint: /Did you mean [^?]*\?/.exec(message)?.[0] ?? 'See deid-batch COMMAND --help.',
      });
    case 'commander.invalidArgument':
      return new DeidBatchError('InvalidOption', `${option} has an empty value.`, {
        hint: 'Give it a value, or leave it out for its default.',
      });
    case 'commander.missingArgument':
      return new DeidBatchError('MissingOption', 'The command needs the name of a run.', {
        hint: 'deid-batch runs lists them.',
      });
    case 'commander.optionMissingArgument':
      return new DeidBatchError('InvalidOption', `${option} needs a value.`, {
        hint: 'See deid-batch COMMAND --help.',
      });
    default:
      return new DeidBatchError('UnknownFlag', 'An argument is neither a flag nor a command.', {
        hint: "See deid-batch --help. Quote patterns, so that the shell leaves them alone: --pattern 'notes/**/*.txt'.",
      });
  }
}
