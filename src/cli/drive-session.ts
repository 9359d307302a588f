import type { ResolvedRunOptions } from '../api/run-options.ts';
import type { Emit, Session } from '../api/session.ts';
import { EXIT } from '../errors/codes.ts';
import { DeidBatchError } from '../errors/deid-batch-error.ts';
import { toDeidBatchError } from '../errors/to-deid-batch-error.ts';
import type { RunEvent } from '../model/event.ts';
import type { Plan } from '../model/plan.ts';
import { createNameMask, showName } from '../render/mask-names.ts';
import {
  createJsonPlanReporter,
  createJsonReporter,
  createTextReporter,
  type Reporter,
} from './reporter.ts';
import { showError } from './show-error.ts';
import type { Terminal } from './terminal.ts';

/** How a command comes by its session. */
export interface SessionSource {
  terminal: Terminal;
  /** Reads the options; `signal` aborts on SIGINT and SIGTERM. */
  load(signal: AbortSignal): Promise<ResolvedRunOptions>;
  open(resolved: ResolvedRunOptions, emit: Emit): Promise<Session>;
  /** Whether the plan is the result, which nobody executes. */
  planOnly?: boolean;
}

export interface Work {
  session: Session;
  reporter: Reporter;
  resolved: ResolvedRunOptions;
  /** Executes the plan, shows what came of it, and returns the exit code. */
  execute(plan: Plan): Promise<number>;
}

/** Opens a session that ends on a signal, and shows what happens in it. */
export async function withSession(
  source: SessionSource,
  work: (session: Work) => Promise<number>,
): Promise<number> {
  const { terminal } = source;
  const stopping = new AbortController();
  let session: Session | undefined;
  const forget = terminal.onSignal((signal) => {
    stopping.abort(toInterruption(signal, session?.runId));
  });
  let reporter: Reporter | undefined;
  let finished: Extract<RunEvent, { type: 'finished' }> | undefined;
  try {
    const resolved = await source.load(stopping.signal);
    const opened = await source.open(resolved, (event) => {
      if (event.type === 'finished') finished = event;
      reporter?.onEvent(event);
    });
    session = opened;
    const shown = await createReporter(opened, resolved, source);
    reporter = shown;
    const execute = async (plan: Plan) => {
      const { json, logLevel, yieldExitZero } = resolved.settings;
      let exitCode: number;
      try {
        ({ exitCode } = await opened.execute(plan, new AbortController().signal));
      } catch (error) {
        const stop = toDeidBatchError(error);
        showError(stop, { terminal, json, debug: logLevel === 'debug' });
        exitCode = finished?.summary.exitCode ?? stop.exitCode;
        const isPlanned = stop.code === 'SliceOver' && exitCode === EXIT.unfinished;
        if (isPlanned && yieldExitZero) exitCode = EXIT.complete;
      }
      if (finished) shown.showSummary(finished.summary, finished.summaryFile);
      return exitCode;
    };
    return await work({ session: opened, reporter: shown, resolved, execute });
  } finally {
    await session?.close();
    forget();
  }
}

async function createReporter(
  session: Session,
  { settings }: ResolvedRunOptions,
  { terminal, planOnly }: SessionSource,
): Promise<Reporter> {
  const mask = settings.showNames ? showName : createNameMask(await session.nameKey());
  if (!settings.json) return createTextReporter(terminal, { mask, quiet: settings.quiet });
  return planOnly ? createJsonPlanReporter(terminal, mask) : createJsonReporter(terminal, mask);
}

function toInterruption(signal: 'SIGINT' | 'SIGTERM', runId: string | undefined): DeidBatchError {
  return new DeidBatchError(
    signal === 'SIGINT' ? 'Interrupted' : 'Terminated',
    `Stopped by ${signal}: nothing more is submitted, jobs in flight go on in the service.`,
    runId === undefined ? {} : { hint: `Go on with: deid-batch resume ${runId}` },
  );
}
