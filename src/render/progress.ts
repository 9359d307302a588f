import type { RunEvent } from '../model/event.ts';
import type { BatchOutcome } from '../model/journal-record.ts';
import { formatCount, formatQuantity } from './numbers.ts';

/** What a run has done so far, in numbers: the fold over its events. */
export interface Progress {
  listed: number;
  selected: number;
  batches: { planned: number; ended: number };
  documents: { planned: number; ended: number };
  /** Documents that running jobs have done, by batch. */
  running: Map<string, number>;
  findings: number;
}

export function emptyProgress(): Progress {
  return {
    listed: 0,
    selected: 0,
    batches: { planned: 0, ended: 0 },
    documents: { planned: 0, ended: 0 },
    running: new Map(),
    findings: 0,
  };
}

/** Adds one event, in place. */
export function applyEvent(progress: Progress, event: RunEvent): void {
  switch (event.type) {
    case 'listing':
      progress.listed = event.listed;
      progress.selected = event.documents;
      return;
    case 'planned':
      progress.batches.planned = event.plan.batches.length;
      progress.documents.planned = event.plan.selection.documents;
      return;
    case 'submitted':
      progress.running.set(event.batch, 0);
      return;
    case 'state':
      progress.running.set(event.batch, event.done ?? 0);
      return;
    case 'verified':
      progress.running.delete(event.batch);
      progress.batches.ended += 1;
      progress.documents.ended += event.counts.planned;
      progress.findings += event.findings;
      return;
    case 'ended':
    case 'finished':
      return;
  }
}

/** The progress in one line. */
export function renderProgress({
  listed,
  selected,
  batches,
  documents,
  running,
  findings,
}: Progress): string {
  if (batches.planned === 0) {
    return `listing: ${formatCount(listed)} blobs, ${formatCount(selected)} selected`;
  }
  let done = documents.ended;
  for (const count of running.values()) done += count;
  const found = findings === 0 ? '' : `, ${formatQuantity(findings, 'finding')}`;
  return `${formatCount(done)} of ${formatQuantity(documents.planned, 'document')}, ${formatCount(batches.ended)} of ${formatQuantity(batches.planned, 'batch', 'batches')}, ${formatQuantity(running.size, 'job')} in flight${found}`;
}

/** What happened to a batch, as a line: that it is verified, or that something went wrong. */
export function renderEvent(event: RunEvent): string | undefined {
  switch (event.type) {
    case 'ended':
      return event.outcome === 'succeeded'
        ? undefined
        : `${event.batch} ${describeOutcome(event.outcome)}${event.fault ? `: ${event.fault.code}` : ''}`;
    case 'verified': {
      const { succeeded, planned } = event.counts;
      const found = event.findings === 0 ? '' : `, ${formatQuantity(event.findings, 'finding')}`;
      return `${event.batch} verified ${formatCount(succeeded)} of ${formatQuantity(planned, 'document')}${found}`;
    }
    case 'submitted':
    case 'listing':
    case 'planned':
    case 'state':
    case 'finished':
      return undefined;
  }
}

/** Whether an event is worth a line even where a progress line shows all that goes well. */
export function isTrouble(event: RunEvent): boolean {
  return (
    (event.type === 'ended' && event.outcome !== 'succeeded') ||
    (event.type === 'verified' && event.findings > 0)
  );
}

function describeOutcome(outcome: BatchOutcome): string {
  switch (outcome) {
    case 'drifted':
      return 'not submitted: its blobs have changed since the plan';
    case 'gone':
      return 'ended: the service no longer knows its job';
    case 'succeeded':
    case 'failed':
    case 'canceled':
      return outcome;
  }
}
