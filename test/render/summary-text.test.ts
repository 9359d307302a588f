import { describe, expect, test } from 'vitest';
import type { RunSummary } from '../../src/model/summary.ts';
import { noDocuments } from '../../src/model/verification.ts';
import { renderSummary } from '../../src/render/summary-text.ts';

const FILE = '/data/.deid-batch/runs/r1/summary.json';

function createSummary(changes: Partial<RunSummary> = {}): RunSummary {
  return {
    schemaVersion: 1,
    type: 'summary',
    runId: 'r1',
    status: 'complete',
    exitCode: 0,
    documents: { ...noDocuments(), planned: 1_200, succeeded: 1_200 },
    batches: { planned: 2, succeeded: 2, failed: 0, canceled: 0, drifted: 0, open: 0 },
    jobs: { submitted: 2 },
    bytes: 3_456_789,
    consistency: { scope: 'group', groups: 40, largestGroup: 30, splitGroups: 0 },
    startedAt: '2026-01-31T08:00:00.000Z',
    endedAt: '2026-01-31T09:02:03.400Z',
    ...changes,
  };
}

test('a complete run is told in full, with the run, the exit code and the file', () => {
  expect(renderSummary(createSummary(), FILE).split('\n')).toEqual([
    'COMPLETE: every planned document was de-identified and verified.',
    '',
    'documents',
    '  planned    1,200',
    '  succeeded  1,200',
    '',
    '2 batches in 2 jobs, 3.5 MB, 1 h 2 min 3 s.',
    'Each of the 40 groups (largest: 30 documents) lies whole in one batch, so its documents share surrogates. Between batches surrogates differ.',
    'Run r1, exit code 0. Summary: /data/.deid-batch/runs/r1/summary.json',
  ]);
});

test('findings are counted by kind, and the reader is told where they are named', () => {
  const documents = {
    ...noDocuments(),
    planned: 10,
    succeeded: 5,
    failed: 2,
    missing: 2,
    changed: 1,
    unexpected: 3,
  };
  const text = renderSummary(createSummary({ status: 'findings', exitCode: 5, documents }), FILE);
  expect(text).toMatch(/^FINDINGS:/);
  expect(text).toMatch(/failed +2\n +missing +2\n +changed +1\n +unexpected +3\n/);
  expect(text).not.toMatch(/canceled|not finished/);
  expect(text).toContain('zcat /data/.deid-batch/runs/r1/findings-*.jsonl.gz');
  expect(text).toContain('exit code 5');
});

test('a run that stopped says how many documents it did not get to', () => {
  const documents = { ...noDocuments(), planned: 10, succeeded: 3, failed: 1 };
  const text = renderSummary(
    createSummary({ status: 'incomplete', exitCode: 143, documents }),
    FILE,
  );
  expect(text).toMatch(/^INCOMPLETE: .*jobs may go on/);
  expect(text).toMatch(/not finished +6\n/);
});

test('where nothing was de-identified, nothing is said about surrogates', () => {
  const documents = { ...noDocuments(), planned: 10 };
  const text = renderSummary(createSummary({ status: 'failed', exitCode: 4, documents }), FILE);
  expect(text).toMatch(/^FAILED/);
  expect(text).not.toMatch(/surrogates|zcat/);
  expect(text).toMatch(/planned +10\n +succeeded +0\n/);
});

describe('the first line', () => {
  test.each(['complete', 'findings', 'canceled', 'incomplete', 'failed'] as const)(
    'of status %s begins with that word',
    (status) => {
      const text = renderSummary(createSummary({ status }), FILE);
      expect(text.split(':')[0]?.toLowerCase()).toBe(status);
    },
  );
});

describe('the duration', () => {
  test.each([
    ['2026-01-31T08:00:00.400Z', '0 s'],
    ['2026-01-31T08:00:59.000Z', '59 s'],
    ['2026-01-31T08:10:00.000Z', '10 min 0 s'],
    ['2026-02-02T08:00:05.000Z', '48 h 5 s'],
    ['2026-01-31T07:59:59.000Z', '0 s'],
  ])('until %s is %s', (endedAt, duration) => {
    expect(renderSummary(createSummary({ endedAt }), FILE)).toContain(`3.5 MB, ${duration}.`);
  });
});
