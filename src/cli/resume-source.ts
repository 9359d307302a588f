import { readStartedOptions } from '../api/started-options.ts';
import type { CommandFlags } from './add-options.ts';
import type { SessionSource } from './drive-session.ts';
import { openCommandState, resolveCommandOptions } from './load-options.ts';
import type { Terminal } from './terminal.ts';

/** The session of a run that was started before, with what may change as it is now. */
export function resumeSource(
  flags: CommandFlags,
  { terminal, runId }: { terminal: Terminal; runId: string },
): SessionSource {
  return {
    terminal,
    async load(signal) {
      const { state, sources } = await openCommandState(flags, terminal);
      const started = await readStartedOptions(state, { runId, sources });
      return resolveCommandOptions(started, { terminal, signal });
    },
    async open(resolved, emit) {
      const { reopenSession } = await import('../api/session.ts');
      return reopenSession(resolved, { runId, emit, besides: true });
    },
  };
}
