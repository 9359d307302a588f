import type { ResolvedRunOptions } from '../../api/run-options.ts';
import type { NewSession, Session } from '../../api/session.ts';
import { DeidBatchError } from '../../errors/deid-batch-error.ts';
import type { CommandFlags } from '../add-options.ts';
import { withSession } from '../drive-session.ts';
import { loadOptions } from '../load-options.ts';
import type { Terminal } from '../terminal.ts';

/** Lists, matches and plans; shows the plan and keeps nothing. Returns the exit code. */
export async function planCommand(flags: CommandFlags, terminal: Terminal): Promise<number> {
  return withSession(
    {
      terminal,
      planOnly: true,
      load: (signal) => loadOptions(flags, { terminal, signal }),
      open: (resolved, emit) => openNew(resolved, { emit, purpose: 'plan', besides: true }),
    },
    async ({ session, reporter }) => {
      const plan = await session.plan();
      await session.discard();
      reporter.showPlan(plan);
      return 0;
    },
  );
}

/** The whole flow. Returns the exit code. */
export async function runCommand(flags: CommandFlags, terminal: Terminal): Promise<number> {
  if (flags.dryRun) return planCommand(flags, terminal);
  return withSession(
    {
      terminal,
      load: (signal) => loadOptions(flags, { terminal, signal }),
      open: (resolved, emit) =>
        openNew(resolved, { emit, purpose: 'run', besides: resolved.settings.new }),
    },
    async ({ session, reporter, resolved, execute }) => {
      const plan = await session.plan();
      const { yes, json, quiet } = resolved.settings;
      const ask = terminal.isInteractive && !yes && !json;
      // Nobody is asked about something that they cannot see.
      if (ask || !quiet) reporter.previewPlan(plan);
      if (ask && !(await terminal.confirm('Submit these batches?'))) {
        await session.discard();
        resolved.signal.throwIfAborted();
        throw new DeidBatchError('Interrupted', 'Not confirmed: nothing was submitted.', {
          hint: 'Answer y to go on, or give --yes to not be asked.',
        });
      }
      return execute(plan);
    },
  );
}

/** Loads the SDKs only once the options are known to be good: they take longer than all before. */
async function openNew(resolved: ResolvedRunOptions, as: NewSession): Promise<Session> {
  const { createSession } = await import('../../api/session.ts');
  return createSession(resolved, as);
}
