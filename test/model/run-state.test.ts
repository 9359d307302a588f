import { expect, test } from 'vitest';
import type { JournalEntry } from '../../src/model/journal-record.ts';
import { applyRecord, emptyRunState } from '../../src/model/run-state.ts';
import { noDocuments } from '../../src/model/verification.ts';

function fold(...entries: JournalEntry[]) {
  const run = emptyRunState();
  for (const [index, entry] of entries.entries()) {
    applyRecord(run, { ...entry, seq: index + 1, epoch: 1, at: `time ${index + 1}` });
  }
  return run;
}

const created: JournalEntry = {
  type: 'run-created',
  schemaVersion: 1,
  runId: 'r1',
  source: 's',
  target: 't',
  service: 'u',
};
const submitting: JournalEntry = {
  type: 'submitting',
  batch: 'b1',
  attempt: 1,
  job: 'r1-b1-1',
  bodyDigest: 'd',
};
const submitted: JournalEntry = {
  type: 'submitted',
  batch: 'b1',
  job: 'r1-b1-1',
  adopted: false,
  createdAt: 'then',
};

test('a journal without records is a run that nothing happened to', () => {
  expect(fold()).toEqual({
    runId: '',
    source: '',
    target: '',
    startedAt: '',
    batchesPlanned: 0,
    documentsPlanned: 0,
    jobsSubmitted: 0,
    batches: new Map(),
  });
});

test('a batch is what its records add up to', () => {
  const counts = { ...noDocuments(), planned: 3, succeeded: 2, failed: 1 };
  const run = fold(
    created,
    { type: 'plan-sealed', digest: 'digest', batches: 2, documents: 3 },
    submitting,
    submitted,
    { type: 'state', batch: 'b1', job: 'r1-b1-1', state: 'running' },
    { type: 'ended', batch: 'b1', outcome: 'failed', createdAt: 'then', fault: { code: 'X' } },
    { type: 'verified', batch: 'b1', counts, findings: 1 },
    { type: 'run-ended', status: 'findings', exitCode: 5 },
  );
  expect(run).toEqual({
    runId: 'r1',
    startedAt: 'time 1',
    endedAt: 'time 8',
    status: 'findings',
    planDigest: 'digest',
    source: 's',
    target: 't',
    batchesPlanned: 2,
    documentsPlanned: 3,
    jobsSubmitted: 1,
    batches: new Map([
      [
        'b1',
        {
          step: 'verified',
          attempt: 1,
          job: 'r1-b1-1',
          state: 'running',
          outcome: 'failed',
          createdAt: 'then',
          fault: { code: 'X' },
          counts,
          findings: 1,
        },
      ],
    ]),
  });
});

test('an intent without an outcome is no job that the service accepted', () => {
  const run = fold(created, submitting);
  expect(run.jobsSubmitted).toBe(0);
  expect(run.batches.get('b1')).toEqual({
    step: 'submitting',
    attempt: 1,
    job: 'r1-b1-1',
  });
});

test('a batch that drifted ends without a job', () => {
  const run = fold(created, { type: 'ended', batch: 'b1', outcome: 'drifted' });
  expect(run.batches.get('b1')).toEqual({
    step: 'ended',
    attempt: 1,
    outcome: 'drifted',
  });
  expect(run.jobsSubmitted).toBe(0);
});

test('batches do not touch each other', () => {
  const run = fold(created, submitting, { ...submitting, batch: 'b2', job: 'r1-b2-1' }, submitted);
  expect(run.batches.get('b1')?.step).toBe('submitted');
  expect(run.batches.get('b2')?.step).toBe('submitting');
});
