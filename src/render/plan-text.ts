import type { Plan } from '../model/plan.ts';
import { describeConsistency } from './consistency.ts';
import type { MaskName } from './mask-names.ts';
import { formatBytes, formatCount, formatQuantity } from './numbers.ts';
import { describeSkip } from './skips.ts';
import { formatTable } from './table.ts';

/** Batches that are shown one by one; the rest is counted. */
const SHOWN_BATCHES = 30;

/** A plan as a person reads it. */
export function renderPlan(plan: Plan, mask: MaskName): string {
  const { selection, batches, consistency, estimate } = plan;
  const lines = [
    `Selected ${formatQuantity(selection.documents, 'document')} (${formatBytes(selection.bytes)}) of ${formatQuantity(selection.listed, 'listed blob')}.`,
    ...selection.skipped.map(
      ({ reason, documents }) => `  skipped ${formatCount(documents)}: ${describeSkip(reason)}`,
    ),
    '',
    ...(batches.length === 0 ? [] : [renderBatches(plan, mask), '']),
    describeConsistency(consistency, batches.length),
    `Estimate: ${estimate.megabytes} MB to de-identify, ${formatQuantity(batches.length, 'job')}, at least ${formatQuantity(estimate.requests, 'request')}.`,
    `Plan ${plan.digest.slice(0, 12)}`,
  ];
  return lines.join('\n');
}

function renderBatches({ batches }: Plan, mask: MaskName): string {
  const grouped = batches.some(({ groups }) => groups !== undefined);
  const heading = [
    'batch',
    'layout',
    'documents',
    'size',
    ...(grouped ? ['groups'] : []),
    'prefix',
  ];
  const rows = batches
    .slice(0, SHOWN_BATCHES)
    .map(({ id, layout, documents, bytes, groups, source }) => [
      id,
      layout === 'inPlace' ? 'in place' : layout,
      formatCount(documents),
      formatBytes(bytes),
      ...(grouped ? [formatCount(groups ?? 0)] : []),
      mask(source.prefix) || '(all)',
    ]);
  const table = formatTable([heading, ...rows]);
  const hidden = batches.length - rows.length;
  return hidden > 0
    ? `${table}\n... and ${formatQuantity(hidden, 'more batch', 'more batches')}`
    : table;
}
