import { CommanderError } from 'commander';
import { expect, test } from 'vitest';
import { toUsageError } from '../../src/cli/usage-error.ts';

test('a command that lacks its run says so, and where the runs are listed', () => {
  const error = new CommanderError(1, 'commander.missingArgument', "missing argument 'RUN'");
  expect(toUsageError(error)).toMatchObject({
    code: 'MissingOption',
    exitCode: 2,
    hint: expect.stringContaining('deid-batch runs'),
  });
});
