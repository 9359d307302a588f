import { formatQuantity } from '../../render/numbers.ts';
import type { CommandFlags } from '../add-options.ts';
import { withSession } from '../drive-session.ts';
import { resumeSource } from '../resume-source.ts';
import type { Terminal } from '../terminal.ts';

/** Does failed batches again, each as a whole in a new job. Returns the exit code. */
export async function retryCommand(
  flags: CommandFlags,
  terminal: Terminal,
  runId: string,
): Promise<number> {
  return withSession(resumeSource(flags, { terminal, runId }), async ({ session, execute }) => {
    const plan = await session.readPlan();
    const again = await session.planRetry();
    terminal.note(`${formatQuantity(again.length, 'batch', 'batches')} to do again.`);
    return execute(plan);
  });
}
