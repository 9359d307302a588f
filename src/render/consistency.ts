import type { Consistency } from '../model/plan.ts';
import { formatCount, formatQuantity } from './numbers.ts';

/** What a reader of the outputs may rely on, in plain words. */
export function describeConsistency(consistency: Consistency, batches: number): string {
  const { scope, groups = 0, largestGroup = 0 } = consistency;
  if (batches === 0) return 'There is nothing to de-identify.';
  if (scope === 'group') {
    return `Each of the ${formatQuantity(groups, 'group')} (largest: ${formatQuantity(largestGroup, 'document')}) lies whole in one batch, so its documents share surrogates. Between batches surrogates differ.`;
  }
  if (batches === 1) return 'All documents are in one batch, so they share surrogates.';
  return `WARNING: without --group-by, a patient's documents may lie in different ones of the ${formatCount(batches)} batches, and then get different surrogates. Use --group-by to keep them together.`;
}
