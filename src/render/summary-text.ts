import type { RunStatus } from '../model/journal-record.ts';
import type { RunSummary } from '../model/summary.ts';
import { describeConsistency } from './consistency.ts';
import { formatBytes, formatCount, formatQuantity } from './numbers.ts';
import { formatTable } from './table.ts';

/** The result of a run as a person reads it. */
export function renderSummary(summary: RunSummary, summaryFile: string): string {
  const { documents, batches, jobs } = summary;
  const { planned, unexpected, ...ended } = documents;
  const open = planned - Object.values(ended).reduce((sum, count) => sum + count, 0);
  const counted = Object.entries({ planned, ...ended, 'not finished': open, unexpected }).filter(
    ([kind, count]) => count > 0 || kind === 'planned' || kind === 'succeeded',
  );
  return [
    describeStatus(summary.status),
    '',
    formatTable([
      ['documents', ''],
      ...counted.map(([kind, count]) => [`  ${kind}`, formatCount(count)]),
    ]),
    '',
    `${formatQuantity(batches.planned, 'batch', 'batches')} in ${formatQuantity(jobs.submitted, 'job')}, ${formatBytes(summary.bytes)}, ${formatDuration(summary)}.`,
    // About outputs, so not without any.
    ...(documents.succeeded === 0 && planned > 0
      ? []
      : [describeConsistency(summary.consistency, batches.planned)]),
    ...describeFindings(summary, summaryFile),
    `Run ${summary.runId}, exit code ${summary.exitCode}. Summary: ${summaryFile}`,
  ].join('\n');
}

/** Where the documents are named that need attention. */
function describeFindings({ documents }: RunSummary, summaryFile: string): string[] {
  const { failed, canceled, missing, changed, unexpected } = documents;
  if (failed + canceled + missing + changed + unexpected === 0) return [];
  const files = summaryFile.replace(/summary\.json$/, 'findings-*.jsonl.gz');
  const read = files.startsWith('https://') ? '' : 'zcat ';
  return [`Which documents, and why (names may be PHI): ${read}${files}`];
}

function describeStatus(status: RunStatus): string {
  switch (status) {
    case 'complete':
      return 'COMPLETE: every planned document was de-identified and verified.';
    case 'findings':
      return 'FINDINGS: the run has ended, but not every document is as planned.';
    case 'canceled':
      return 'CANCELED: what was finished before is kept.';
    case 'incomplete':
      return 'INCOMPLETE: the run stopped before its end; jobs may go on in the service.';
    case 'failed':
      return 'FAILED: the run could not go on.';
  }
}

function formatDuration({ startedAt, endedAt }: RunSummary): string {
  const seconds = Math.max(0, Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1_000));
  const parts = [
    [Math.floor(seconds / 3_600), 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const;
  const shown = parts.filter(([amount], index) => amount > 0 || index === 2);
  return shown.map(([amount, unit]) => `${amount} ${unit}`).join(' ');
}
