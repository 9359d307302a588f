import type { RunDescription } from '../model/run-description.ts';
import { formatCount } from './numbers.ts';
import { formatTable } from './table.ts';

/** All runs, one a line. */
export function renderRuns(runs: readonly RunDescription[]): string {
  if (runs.length === 0) return 'No runs.';
  const rows = runs.map(({ runId, status, startedAt, documents, batches, target }) => [
    runId,
    status,
    startedAt.slice(0, 16).replace('T', ' '),
    `${formatCount(documents.succeeded)}/${formatCount(documents.planned)}`,
    `${formatCount(batches.verified)}/${formatCount(batches.planned)}`,
    target,
  ]);
  return formatTable([['run', 'status', 'started', 'documents', 'batches', 'target'], ...rows]);
}

export interface StatusFacts {
  /** Who drives the run, in words; undefined when nobody does. */
  driver: string | undefined;
  /** Whether there is work left. */
  isOpen: boolean;
}

/** How far one run has come. */
export function renderStatus(run: RunDescription, { driver, isOpen }: StatusFacts): string {
  const { runId, status, documents, batches } = run;
  const counts = (object: object) =>
    Object.entries(object)
      .filter(([, count]) => count > 0)
      .map(([kind, count]) => `  ${kind.padEnd(12)} ${formatCount(count)}`);
  return [
    `Run ${runId}: ${status}${driver === undefined ? '' : `, driven by ${driver}`}`,
    `  from ${run.source}`,
    `  to   ${run.target}`,
    'documents',
    ...counts(documents),
    'batches',
    ...counts(batches),
    ...(isOpen && driver === undefined ? [`Go on with: deid-batch resume ${runId}`] : []),
  ].join('\n');
}
