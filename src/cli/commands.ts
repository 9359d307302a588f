import type { Command } from 'commander';
import { addOptions } from './add-options.ts';
import type { Terminal } from './terminal.ts';

/** A verb of the command line. */
export interface CommandSpec {
  name: string;
  description: string;
  example: string;
  isDefault?: true;
  /** The run that it is about; in brackets where it may be left out. */
  argument?: '<RUN>' | '[RUN]';
  addFlags(command: Command): Command;
  /** Loads the code when it is needed, so that help does not wait for the SDKs. */
  load(): Promise<(flags: object, terminal: Terminal, runId: string) => Promise<number>>;
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
    name: 'resume',
    description: 'goes on with what is left of a run, from wherever it stopped',
    example: 'deid-batch resume r20260131-080000-k3v9xq2',
    argument: '<RUN>',
    addFlags: addOptions,
    load: async () => (await import('./commands/resume.ts')).resumeCommand,
  },
  {
    name: 'status',
    description: 'shows how far a run has come, by default the latest; also while it is driven',
    example: 'deid-batch status',
    argument: '[RUN]',
    addFlags: addOptions,
    load: async () => (await import('./commands/status.ts')).statusCommand,
  },
  {
    name: 'runs',
    description: 'lists the runs in the state',
    example: 'deid-batch runs --json',
    addFlags: addOptions,
    load: async () => (await import('./commands/status.ts')).runsCommand,
  },
  {
    name: 'cancel',
    description: 'cancels the jobs in flight and submits no more; what is finished is kept',
    example: 'deid-batch cancel r20260131-080000-k3v9xq2',
    argument: '<RUN>',
    addFlags: addOptions,
    load: async () => (await import('./commands/cancel.ts')).cancelCommand,
  },
  {
    name: 'retry',
    description: 'does failed batches again, each as a whole, so that surrogates stay consistent',
    example: 'deid-batch retry r20260131-080000-k3v9xq2',
    argument: '<RUN>',
    addFlags: addOptions,
    load: async () => (await import('./commands/retry.ts')).retryCommand,
  },
  {
    name: 'clean',
    description: 'removes what a finished run left in the service',
    example: 'deid-batch clean r20260131-080000-k3v9xq2 --jobs',
    argument: '<RUN>',
    addFlags: (command) =>
      addOptions(command).option('--jobs', "remove the service's records of the run's jobs"),
    load: async () => (await import('./commands/clean.ts')).cleanCommand,
  },
  {
    name: 'purge',
    description: "removes a run's state, names included",
    example: 'deid-batch purge r20260131-080000-k3v9xq2',
    argument: '<RUN>',
    addFlags: (command) => addOptions(command).option('--force', 'even when the run has not ended'),
    load: async () => (await import('./commands/purge.ts')).purgeCommand,
  },
  {
    name: 'unlock',
    description: 'breaks the lock of a process that is gone, where that cannot be seen from here',
    example: 'deid-batch unlock r20260131-080000-k3v9xq2',
    argument: '<RUN>',
    addFlags: (command) =>
      addOptions(command).option('--force', 'even when the holder was seen a moment ago'),
    load: async () => (await import('./commands/unlock.ts')).unlockCommand,
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
