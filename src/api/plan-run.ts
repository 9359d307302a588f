import type { Plan } from '../model/plan.ts';
import { type ResolvedRunOptions, type RunOptions, resolveRunOptions } from './run-options.ts';
import { createSession } from './session.ts';

/**
 * Lists, matches and plans. Nothing remote is changed; the plan and its documents are kept in the
 * run state, so that {@link startRun} can execute exactly this plan.
 *
 * Throws a DeidBatchError: a usage error for options or a selection that cannot be planned,
 * NothingMatched, or an access error.
 */
export async function planRun(options: RunOptions): Promise<Plan> {
  const resolved = resolveRunOptions(options);
  const session = await createSession(resolved, {
    emit: () => {},
    purpose: 'plan',
    besides: true,
  });
  const plan = await session.plan();
  await session.close();
  optionsOfPlans.set(plan, resolved);
  return plan;
}

const optionsOfPlans = new WeakMap<Plan, ResolvedRunOptions>();

/** The options that a plan was made with in this process: executing it takes the same. */
export function findOptionsOfPlan(plan: Plan): ResolvedRunOptions | undefined {
  return optionsOfPlans.get(plan);
}
