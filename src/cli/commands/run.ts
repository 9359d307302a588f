import type { ResolvedRunOptions } from '../../api/run-options.ts';
import type { Session } from '../../api/session.ts';
import { DeidBatchError } from '../../errors/deid-batch-error.ts';
import { toDeidBatchError } from '../../errors/to-deid-batch-error.ts';
import type { RunEvent } from '../../model/event.ts';
import { createNameMask, showName } from '../../render/mask-names.ts';
import type { CommandFlags } from '../add-options.ts';
import { loadOptions } from '../load-options.ts';
import {
  createJsonPlanReporter,
  createJsonReporter,
  createTextReporter,
  type Reporter,
} from '../reporter.ts';
import { showError } from '../show-error.ts';
import type { Terminal } from '../terminal.ts';

/** Lists, matches and plans; shows the plan and keeps nothing. Returns the exit code. */
export async function planCommand(flags: CommandFlags, terminal: Terminal): Promise<number> {
  return withSession({ flags, terminal, json: createJsonPlanReporter }, async (work) => {
    const { session, reporter } = work;
    const plan = await session.plan();
    await session.discard();
    reporter.showPlan(plan);
    return 0;
  });
}

/** The whole flow. Returns the exit code. */
export async function runCommand(flags: CommandFlags, terminal: Terminal): Promise<number> {
  if (flags.dryRun) return planCommand(flags, terminal);
  return withSession({ flags, terminal, json: createJsonReporter }, async (work) => {
    const { session, reporter, resolved, finished } = work;
    const plan = await session.plan();
    reporter.previewPlan(plan);
    const { yes, json } = resolved.settings;
    if (
      terminal.isInteractive &&
      !yes &&
      !json &&
      !(await terminal.confirm('Submit these batches?'))
    ) {
      await session.discard();
      resolved.signal.throwIfAborted();
      throw new DeidBatchError('Interrupted', 'Not confirmed: nothing was submitted.', {
        hint: 'Answer y to go on, or give --yes to not be asked.',
      });
    }
    let exitCode: number;
    try {
      ({ exitCode } = await session.execute(plan, new AbortController().signal));
    } catch (error) {
      const stop = toDeidBatchError(error);
      showError(stop, { terminal, json });
      exitCode = finished()?.summary.exitCode ?? stop.exitCode;
    }
    const end = finished();
    if (end) reporter.showSummary(end.summary, end.summaryFile);
    await session.close();
    return exitCode;
  });
}

type Finished = Extract<RunEvent, { type: 'finished' }>;

interface Work {
  session: Session;
  reporter: Reporter;
  resolved: ResolvedRunOptions;
  /** How the run ended, once it has. */
  finished(): Finished | undefined;
}

interface Invocation {
  flags: CommandFlags;
  terminal: Terminal;
  /** Shows what happens where JSON was asked for. */
  json: typeof createJsonReporter;
}

/** Opens a session that ends on a signal, and shows what happens in it. */
async function withSession(
  invocation: Invocation,
  work: (session: Work) => Promise<number>,
): Promise<number> {
  const { flags, terminal } = invocation;
  const stopping = new AbortController();
  const forget = terminal.onSignal((signal) => stopping.abort(toInterruption(signal)));
  let reporter: Reporter | undefined;
  let finished: Finished | undefined;
  try {
    const resolved = await loadOptions(flags, { terminal, signal: stopping.signal });
    // The SDKs take longer to load than the options to check.
    const { createSession } = await import('../../api/session.ts');
    const session = await createSession(resolved, (event) => {
      if (event.type === 'finished') finished = event;
      reporter?.onEvent(event);
    });
    reporter = await createReporter(session, resolved, invocation);
    return await work({ session, reporter, resolved, finished: () => finished });
  } finally {
    forget();
  }
}

async function createReporter(
  session: Session,
  { settings }: ResolvedRunOptions,
  { terminal, json }: Invocation,
): Promise<Reporter> {
  const mask = settings.showNames ? showName : createNameMask(await session.nameKey());
  return settings.json
    ? json(terminal, mask)
    : createTextReporter(terminal, { mask, quiet: settings.quiet });
}

function toInterruption(signal: 'SIGINT' | 'SIGTERM'): DeidBatchError {
  return new DeidBatchError(
    signal === 'SIGINT' ? 'Interrupted' : 'Terminated',
    `Stopped by ${signal}: nothing more is submitted, jobs in flight go on in the service.`,
    {
      hint: 'What they write stays in the target. Once they have ended, start again with another target prefix or with --overwrite always.',
    },
  );
}
