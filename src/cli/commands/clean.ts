import { readStartedOptions } from '../../api/started-options.ts';
import { connect } from '../../connect.ts';
import { DeidBatchError } from '../../errors/deid-batch-error.ts';
import { isOpen } from '../../model/run-state.ts';
import { formatQuantity } from '../../render/numbers.ts';
import type { CommandFlags } from '../add-options.ts';
import { openCommandState, resolveCommandOptions } from '../load-options.ts';
import type { Terminal } from '../terminal.ts';
import { foldRun } from './status.ts';

/** Removes what a finished run left in the service: with --jobs its job records. */
export async function cleanCommand(
  flags: CommandFlags & { jobs?: boolean },
  terminal: Terminal,
  runId: string,
): Promise<number> {
  const { jobs = false, ...options } = flags;
  const { state, sources } = await openCommandState(options, terminal);
  if (isOpen(await foldRun(state, runId))) {
    throw new DeidBatchError('RunUnfinished', 'The run has not ended; its jobs are still needed.', {
      hint: `Resume it with deid-batch resume ${runId}, or cancel it.`,
    });
  }
  if (!jobs) {
    terminal.note('Nothing to clean: the run made no copies. --jobs removes its job records.');
    return 0;
  }
  const { signal } = new AbortController();
  const started = await readStartedOptions(state, { runId, sources });
  const resolved = resolveCommandOptions(started, { terminal, signal });
  const service = (await connect(resolved.settings, resolved)).jobs;
  const names = await listJobNames(state, runId);
  for (const name of names) await service.remove({ name, signal });
  terminal.note(
    `${formatQuantity(names.length, 'job record')} removed from the service. Outputs are left alone.`,
  );
  return 0;
}

async function listJobNames(
  state: Awaited<ReturnType<typeof openCommandState>>['state'],
  runId: string,
): Promise<string[]> {
  const names = new Set<string>();
  for await (const record of (await state.readRun(runId)).readJournal()) {
    if (record.type === 'submitted') names.add(record.job);
  }
  return [...names];
}
