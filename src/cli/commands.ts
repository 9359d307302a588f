import type { Command } from 'commander';
import { addOptions } from './add-options.ts';
import type { Terminal } from './terminal.ts';

/** A verb of the command line. */
export interface CommandSpec {
  name: string;
  description: string;
  example: string;
  isDefault?: true;
  addFlags(command: Command): Command;
  /** Loads the code when it is needed, so that help does not wait for the SDKs. */
  load(): Promise<(flags: object, terminal: Terminal) => Promise<number>>;
}

export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'run',
    description: 'lists, matches, plans, submits, polls, verifies, reports (the default command)',
    example:
      "deid-batch --source https://acct.blob.core.windows.net/notes --target https://acct.blob.core.windows.net/clean \\\n    --service https://<id>.api.<region>.deid.azure.com --pattern '**/*.txt' --group-by folder:1",
    isDefault: true,
    addFlags: (command) =>
      addOptions(command).option(
        '--dry-run',
        'show the plan and submit nothing, as `deid-batch plan` does',
      ),
    load: async () => (await import('./commands/run.ts')).runCommand,
  },
  {
    name: 'plan',
    description: 'shows the batches, skips, consistency and cost; changes nothing remote',
    example: "deid-batch plan --pattern '**/*.txt' --exclude 'archive/**' --group-by folder:1",
    addFlags: addOptions,
    load: async () => (await import('./commands/run.ts')).planCommand,
  },
  {
    name: 'config',
    description: 'prints each option with its value and where that comes from',
    example: 'DEID_BATCH_CONCURRENCY=8 deid-batch config',
    addFlags: addOptions,
    load: async () => (await import('./commands/config.ts')).configCommand,
  },
  {
    name: 'emulator',
    description:
      'starts the embedded stack on this machine and prints how to use it; for development only',
    example: 'deid-batch emulator --seed ./notes',
    addFlags: (command) =>
      command
        .option('--port <N>', 'port of the service (default: a free one)')
        .option('--seed <DIR>', 'folder whose files become the blobs of container source')
        .option('--faults <FILE>', 'JSON file of faults to inject')
        .option('--json', 'print one JSON line when ready'),
    load: async () => (await import('./commands/emulator.ts')).emulatorCommand,
  },
  {
    name: 'demo',
    description: 'runs the whole flow on the embedded stack with synthetic notes',
    example: 'deid-batch demo',
    addFlags: (command) => command,
    load: async () => (await import('./commands/demo.ts')).demoCommand,
  },
];
