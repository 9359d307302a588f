import { describe, expect, test } from 'vitest';
import { describeConsistency } from '../../src/render/consistency.ts';
import { showName } from '../../src/render/mask-names.ts';
import { renderPlan } from '../../src/render/plan-text.ts';
import { createBatch, createPlan } from './plans.ts';

test('a plan names documents, skips with reasons, batches, consistency and cost', () => {
  const plan = createPlan({
    selection: {
      listed: 1_234_567,
      documents: 6,
      bytes: 4_800,
      skipped: [
        { reason: 'excluded', documents: 1_000 },
        { reason: 'tooLarge', documents: 2 },
        { reason: 'notModified', documents: 3 },
        { reason: 'reserved', documents: 4 },
        { reason: 'notMatched', documents: 5 },
      ],
    },
    consistency: { scope: 'group', groups: 2, largestGroup: 3, splitGroups: 0 },
    batches: [createBatch(1, { groups: 1 }), createBatch(2, { groups: 1, documents: 1_000 })],
  });
  expect(renderPlan(plan, showName).split('\n')).toEqual([
    'Selected 6 documents (4.8 KB) of 1,234,567 listed blobs.',
    '  skipped 1,000: excluded',
    '  skipped 2: too large',
    '  skipped 3: not modified since the given time',
    "  skipped 4: deid-batch's own files",
    '  skipped 5: no pattern matches',
    '',
    'batch   layout    documents    size  groups  prefix',
    'b00001  in place          3  2.4 KB       1  notes/mrn4711/1/',
    'b00002  in place      1,000  2.4 KB       1  notes/mrn4711/2/',
    '',
    'Each of the 2 groups (largest: 3 documents) lies whole in one batch, so its documents share surrogates. Between batches surrogates differ.',
    'Estimate: 0.01 MB to de-identify, 2 jobs, at least 3 requests.',
    'Plan 0123456789ab',
  ]);
});

test('names go through the mask, and the empty prefix says that it is everything', () => {
  const all = createBatch(2);
  const plan = createPlan({
    batches: [createBatch(1), { ...all, source: { ...all.source, prefix: '' } }],
  });
  const text = renderPlan(plan, (name) => (name === '' ? '' : '~id'));
  expect(text).not.toContain('mrn4711');
  expect(text).toMatch(/b00001 .* ~id\nb00002 .* \(all\)\n/);
});

test('of many batches the first thirty are shown and the rest is counted', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => createBatch(index + 1));
  expect(renderPlan(createPlan({ batches: many(30) }), showName)).not.toContain('...');
  const one = renderPlan(createPlan({ batches: many(31) }), showName);
  expect(one).toMatch(/b00030 .*\n\.\.\. and 1 more batch\n/);
  const thousand = renderPlan(createPlan({ batches: many(1_030) }), showName);
  expect(thousand).toMatch(/\.\.\. and 1,000 more batches\n/);
});

test('a plan without documents has no table and promises no surrogates', () => {
  const selection = { listed: 0, documents: 0, bytes: 0, skipped: [] };
  const text = renderPlan(createPlan({ selection, batches: [] }), showName);
  expect(text).toContain('nothing to de-identify');
  expect(text).not.toMatch(/prefix|share surrogates/);
});

describe('consistency', () => {
  test('of one batch is whole', () => {
    expect(describeConsistency({ scope: 'batch', splitGroups: 0 }, 1)).toMatch(/share surrogates/);
  });

  test('of several batches without groups is a warning that says what helps', () => {
    const text = describeConsistency({ scope: 'batch', splitGroups: 0 }, 1_200);
    expect(text).toMatch(/^WARNING: .*1,200 batches.*different surrogates.*--group-by/);
  });

  test('of one group of one document is in the singular', () => {
    const consistency = { scope: 'group', groups: 1, largestGroup: 1, splitGroups: 0 } as const;
    expect(describeConsistency(consistency, 1)).toMatch(/1 group \(largest: 1 document\)/);
  });
});
