import type { CommandFlags } from '../add-options.ts';
import { withSession } from '../drive-session.ts';
import { resumeSource } from '../resume-source.ts';
import type { Terminal } from '../terminal.ts';

/** Goes on with what is left of a run. Returns the exit code. */
export async function resumeCommand(
  flags: CommandFlags,
  terminal: Terminal,
  runId: string,
): Promise<number> {
  return withSession(resumeSource(flags, { terminal, runId }), async ({ session, execute }) =>
    execute(await session.readPlan()),
  );
}
