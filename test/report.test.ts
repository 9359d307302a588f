import { describe, expect, test } from 'vitest';
import { EXIT, type ExitCode } from '../src/errors/codes.ts';
import type { BatchOutcome, RunStatus } from '../src/model/journal-record.ts';
import type { Batch, Plan } from '../src/model/plan.ts';
import { type BatchState, emptyRunState, type RunState } from '../src/model/run-state.ts';
import { type DocumentCounts, noDocuments } from '../src/model/verification.ts';
import { summariseRun } from '../src/report.ts';

/** Documents in each batch of the plans here. */
const DOCUMENTS = 10;

const count = (counts: Partial<DocumentCounts>): DocumentCounts => ({
  ...noDocuments(),
  planned: DOCUMENTS,
  ...counts,
});

function verified(
  outcome: BatchOutcome,
  counts: Partial<DocumentCounts>,
  findings: number,
): BatchState {
  return { step: 'verified', attempt: 1, outcome, counts: count(counts), findings };
}

const good = verified('succeeded', { succeeded: 10 }, 0);
const withFailures = verified('succeeded', { succeeded: 9, failed: 1 }, 1);
const withStranger = verified('succeeded', { succeeded: 10, unexpected: 1 }, 1);
const failed = verified('failed', { failed: 10 }, 10);
const gone = verified('gone', { missing: 10 }, 10);
const canceled = verified('canceled', { succeeded: 4, canceled: 6 }, 6);
const drifted = verified('drifted', { changed: 10 }, 10);
const running: BatchState = { step: 'submitted', attempt: 1, job: 'j' };
const unresolved: BatchState = { step: 'submitting', attempt: 1, job: 'j' };
const untouched = undefined;

interface Facts {
  stop?: ExitCode;
  cancel?: boolean;
  /** Jobs that were accepted; by default one for each batch that had one. */
  jobs?: number;
}

function summarise(
  batches: (BatchState | undefined)[],
  { stop, cancel = false, jobs }: Facts = {},
) {
  const states = batches.flatMap((state, index): [string, BatchState][] =>
    state ? [[`b${index}`, state]] : [],
  );
  const submitted = states.filter(
    ([, { step, outcome }]) => step !== 'submitting' && outcome !== 'drifted',
  );
  const run: RunState = {
    ...emptyRunState(),
    runId: 'r1',
    startedAt: 'start',
    jobsSubmitted: jobs ?? submitted.length,
    batches: new Map(states),
  };
  return summariseRun(run, {
    plan: planOf(batches.length),
    endedAt: 'end',
    stop: stop === undefined ? undefined : { exitCode: stop },
    canceled: cancel,
  });
}

function planOf(batches: number): Plan {
  return {
    schemaVersion: 1,
    runId: 'r1',
    digest: 'd',
    apiVersion: 'v',
    selection: { listed: 99, documents: batches * DOCUMENTS, bytes: 5, skipped: [] },
    consistency: { scope: 'batch', splitGroups: 0 },
    batches: Array.from({ length: batches }, (_, index) => ({ id: `b${index}` }) as Batch),
    estimate: { megabytes: 0, copies: 0, requests: 0 },
  };
}

describe('how a run ended', () => {
  test.each<[string, (BatchState | undefined)[], Facts, RunStatus, ExitCode]>([
    ['all went well', [good, good], {}, 'complete', 0],
    ['there was nothing to do', [], {}, 'complete', 0],
    ['a document failed', [good, withFailures], {}, 'findings', 5],
    ['a document was not planned', [good, withStranger], {}, 'findings', 5],
    ['a job failed', [good, failed], {}, 'findings', 5],
    ['a job disappeared', [good, gone], {}, 'findings', 5],
    ['a batch had drifted after others were submitted', [good, drifted], {}, 'findings', 5],
    ['every batch had drifted', [drifted, drifted], {}, 'failed', 6],
    ['canceled before anything', [untouched, untouched], { cancel: true }, 'canceled', 5],
    ['canceled on the way', [good, canceled], { cancel: true }, 'canceled', 5],
    ['canceled too late', [good, good], { cancel: true }, 'complete', 0],
    ['canceled too late for a failure', [good, failed], { cancel: true }, 'findings', 5],
    ['the service canceled', [good, canceled], {}, 'findings', 5],
    ['not finished', [good, running], {}, 'incomplete', 75],
    [
      'not finished, for want of time',
      [good, running],
      { stop: EXIT.unfinished },
      'incomplete',
      75,
    ],
    ['nothing started', [untouched], { stop: EXIT.unfinished }, 'incomplete', 75],
  ])('%s', (_, batches, facts, status, exitCode) => {
    expect(summarise(batches, facts)).toMatchObject({ status, exitCode });
  });
});

describe('of several exit codes the first of 130, 143, 4, 7, 6, 5, 75 wins', () => {
  const findings = [good, failed];
  const drift = [drifted, drifted];
  const open = [good, running];

  test.each<[string, (BatchState | undefined)[], Facts, ExitCode]>([
    ['130 before 5', findings, { stop: EXIT.interrupted }, 130],
    ['130 before 6', drift, { stop: EXIT.interrupted }, 130],
    ['130 before 75', open, { stop: EXIT.interrupted }, 130],
    ['130 before cancel', open, { stop: EXIT.interrupted, cancel: true }, 130],
    ['143 before 5', findings, { stop: EXIT.terminated }, 143],
    ['143 before 75', open, { stop: EXIT.terminated }, 143],
    ['4 before 6', drift, { stop: EXIT.access }, 4],
    ['4 before 5', findings, { stop: EXIT.access }, 4],
    ['4 before 75', open, { stop: EXIT.access }, 4],
    ['7 before 6', drift, { stop: EXIT.brake }, 7],
    ['7 before 5', findings, { stop: EXIT.brake }, 7],
    ['7 before 75', open, { stop: EXIT.brake }, 7],
    ['6 before 5, of a cancel', [drifted, untouched], { cancel: true }, 6],
    ['6 before 75', [drifted, untouched], { stop: EXIT.unfinished }, 6],
    ['5 before 75', [failed, running], { stop: EXIT.unfinished }, 5],
    ['5 before 75, without a stop', [failed, running], {}, 5],
    ['5 before 75, of a cancel', open, { stop: EXIT.unfinished, cancel: true }, 5],
    // It is not drift before anything was submitted when a job may exist.
    [
      '5 for drift beside a job of unknown fate',
      [drifted, unresolved],
      { stop: EXIT.unfinished },
      5,
    ],
    ['an error that is none of these as it is', findings, { stop: EXIT.internal }, 1],
    ['an error that is none of these as it is, of the user', findings, { stop: EXIT.usage }, 2],
  ])('%s', (_, batches, facts, exitCode) => {
    expect(summarise(batches, facts).exitCode).toBe(exitCode);
  });

  test.each<[ExitCode, RunStatus]>([
    [EXIT.interrupted, 'incomplete'],
    [EXIT.terminated, 'incomplete'],
    [EXIT.unfinished, 'incomplete'],
    [EXIT.access, 'failed'],
    [EXIT.brake, 'incomplete'],
    [EXIT.usage, 'failed'],
    [EXIT.internal, 'failed'],
  ])('a stop by %i leaves a run %s', (stop, status) => {
    expect(summarise([good, running], { stop }).status).toBe(status);
  });
});

test('a run is complete only when every planned document is accounted for', () => {
  // The counts fall short of the plan, though no batch says so.
  const short = verified('succeeded', { succeeded: 9 }, 0);
  expect(summarise([good, short])).toMatchObject({ status: 'findings', exitCode: 5 });
  const stranger = verified('succeeded', { succeeded: 10, unexpected: 1 }, 0);
  expect(summarise([good, stranger])).toMatchObject({ status: 'findings', exitCode: 5 });
});

test('documents and batches are counted by outcome, against the whole plan', () => {
  const batches = [good, withFailures, failed, gone, canceled, drifted, running, untouched];
  expect(summarise(batches)).toEqual({
    schemaVersion: 1,
    type: 'summary',
    runId: 'r1',
    status: 'incomplete',
    exitCode: 5,
    documents: {
      planned: 80,
      succeeded: 23,
      failed: 11,
      canceled: 6,
      missing: 10,
      changed: 10,
      unexpected: 0,
    },
    batches: { planned: 8, succeeded: 1, failed: 3, canceled: 1, drifted: 1, open: 2 },
    jobs: { submitted: 6 },
    bytes: 5,
    consistency: { scope: 'batch', splitGroups: 0 },
    startedAt: 'start',
    endedAt: 'end',
  });
});
