import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../src/model/event.ts';
import { noDocuments } from '../../src/model/verification.ts';
import {
  applyEvent,
  emptyProgress,
  isTrouble,
  renderEvent,
  renderProgress,
} from '../../src/render/progress.ts';
import { createBatch, createPlan } from './plans.ts';

const PLANNED: RunEvent = {
  type: 'planned',
  runId: 'r1',
  plan: createPlan({ batches: [createBatch(1), createBatch(2)] }),
};
const counts = (succeeded: number) => ({ ...noDocuments(), planned: 3, succeeded });

function tell(...events: RunEvent[]): string {
  const progress = emptyProgress();
  for (const event of events) applyEvent(progress, event);
  return renderProgress(progress);
}

describe('the progress line', () => {
  test('counts blobs while they are listed', () => {
    expect(tell()).toBe('listing: 0 blobs, 0 selected');
    const listing = { type: 'listing', runId: 'r1', listed: 10_000, documents: 9 } as const;
    expect(tell(listing)).toBe('listing: 10,000 blobs, 9 selected');
  });

  test('adds what jobs in flight have done to what is verified', () => {
    const events: RunEvent[] = [
      PLANNED,
      { type: 'submitted', batch: 'b00001', job: 'j1', adopted: false },
      { type: 'submitted', batch: 'b00002', job: 'j2', adopted: false },
      { type: 'state', batch: 'b00001', job: 'j1', state: 'running', done: 2, total: 3 },
      { type: 'state', batch: 'b00002', job: 'j2', state: 'notStarted' },
    ];
    expect(tell(...events)).toBe('2 of 3 documents, 0 of 2 batches, 2 jobs in flight');
    const verified = { type: 'verified', batch: 'b00001', counts: counts(2), findings: 1 } as const;
    expect(tell(...events, verified)).toBe(
      '3 of 3 documents, 1 of 2 batches, 1 job in flight, 1 finding',
    );
  });
});

describe('a line for an event', () => {
  test.each<[RunEvent, string | undefined, boolean]>([
    [
      { type: 'verified', batch: 'b1', counts: counts(3), findings: 0 },
      'b1 verified 3 of 3 documents',
      false,
    ],
    [
      { type: 'verified', batch: 'b1', counts: counts(1), findings: 2 },
      'b1 verified 1 of 3 documents, 2 findings',
      true,
    ],
    [{ type: 'ended', batch: 'b1', outcome: 'succeeded' }, undefined, false],
    [{ type: 'ended', batch: 'b1', outcome: 'canceled' }, 'b1 canceled', true],
    [
      { type: 'ended', batch: 'b1', outcome: 'failed', fault: { code: 'EmptyJob' } as never },
      'b1 failed: EmptyJob',
      true,
    ],
    [
      { type: 'ended', batch: 'b1', outcome: 'drifted' },
      'b1 not submitted: its blobs have changed since the plan',
      true,
    ],
    [
      { type: 'ended', batch: 'b1', outcome: 'gone' },
      'b1 ended: the service no longer knows its job',
      true,
    ],
    [PLANNED, undefined, false],
  ])('%# says what happened, and whether that is trouble', (event, line, trouble) => {
    expect(renderEvent(event)).toBe(line);
    expect(isTrouble(event)).toBe(trouble);
  });
});
