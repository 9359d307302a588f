import type { Batch, Plan } from '../../src/model/plan.ts';

/** A plan of one batch, with what a test is about. */
export function createPlan(changes: Partial<Plan> = {}): Plan {
  return {
    schemaVersion: 1,
    runId: 'r20260131-080000-abcdefg',
    digest: '0123456789abcdef'.repeat(4),
    apiVersion: '2024-11-15',
    selection: { listed: 5, documents: 3, bytes: 2_400, skipped: [] },
    consistency: { scope: 'batch', splitGroups: 0 },
    batches: [createBatch(1)],
    estimate: { megabytes: 0.01, copies: 0, requests: 3 },
    ...changes,
  };
}

export function createBatch(number: number, changes: Partial<Batch> = {}): Batch {
  const prefix = `notes/mrn4711/${number}/`;
  return {
    id: `b${String(number).padStart(5, '0')}`,
    layout: 'inPlace',
    source: { location: 'https://a.example/in', prefix, extensions: ['*'] },
    target: { location: 'https://a.example/out', prefix, overwrite: false },
    documents: 3,
    bytes: 2_400,
    manifest: 'm'.repeat(64),
    body: `{"sourceLocation":{"prefix":"${prefix}"}}`,
    ...changes,
  };
}
