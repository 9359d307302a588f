import { createHmac } from 'node:crypto';
import type { Plan } from '../model/plan.ts';

/** Gives what may be shown in place of a blob name, a prefix, a pattern or a group key. */
export type MaskName = (name: string) => string;

/** Shows names as they are. */
export const showName: MaskName = (name) => name;

/**
 * Short keyed ids: the same name has the same id in one run state and tells nothing without its
 * key. The empty prefix stays empty, since it says nothing about anybody.
 */
export function createNameMask(key: Uint8Array): MaskName {
  return (name) => {
    if (name === '') return '';
    const id = createHmac('sha256', key).update(name).digest('hex').slice(0, 12);
    return `~${id}`;
  };
}

/** The plan with masked prefixes, and without what only execution needs. */
export function maskPlan(plan: Plan, mask: MaskName) {
  const { runId, schemaVersion, digest, selection, consistency, batches, estimate } = plan;
  return {
    schemaVersion,
    type: 'plan' as const,
    runId,
    digest,
    selection,
    consistency,
    batches: batches.map(({ id, layout, source, target, documents, bytes, groups }) => ({
      id,
      layout,
      source: { ...source, prefix: mask(source.prefix) },
      target: { ...target, prefix: mask(target.prefix) },
      documents,
      bytes,
      ...(groups === undefined ? {} : { groups }),
    })),
    estimate,
  };
}
