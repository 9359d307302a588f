import { expect, test } from 'vitest';
import { type Brake, isBraked } from '../../src/model/brake.ts';
import { type BatchState, emptyRunState } from '../../src/model/run-state.ts';
import { type DocumentCounts, noDocuments } from '../../src/model/verification.ts';
import { chooseOptions, readOptions } from '../../src/options/resolve.ts';

const counted = (counts: Partial<DocumentCounts>): BatchState => ({
  step: 'verified',
  attempt: 1,
  counts: { ...noDocuments(), ...counts },
});

function isOn(maxFailures: Brake['maxFailures'], batches: BatchState[], minSample = 0): boolean {
  const run = emptyRunState();
  for (const [index, batch] of batches.entries()) run.batches.set(`b${index}`, batch);
  return isBraked(run, { maxFailures, minSample });
}

const failedOf = (failed: number, planned: number) => counted({ failed, planned });

test.each<[string, Brake['maxFailures'], BatchState[], boolean]>([
  ['no failure is allowed, and none was', { documents: 0 }, [failedOf(0, 10)], false],
  ['no failure is allowed, and one was', { documents: 0 }, [failedOf(1, 10)], true],
  ['as many failed as are allowed', { documents: 2 }, [failedOf(2, 10)], false],
  ['one more failed than is allowed', { documents: 2 }, [failedOf(3, 10)], true],
  ['they failed in several batches', { documents: 2 }, [failedOf(2, 4), failedOf(1, 4)], true],
  ['a percentage is just reached', { percent: 10 }, [failedOf(1, 10)], false],
  ['a percentage is passed', { percent: 10 }, [failedOf(2, 10)], true],
  ['a fraction of a percent is passed', { percent: 0.5 }, [failedOf(6, 1_000)], true],
  ['a fraction of a percent is reached', { percent: 0.5 }, [failedOf(5, 1_000)], false],
  ['all failed and all may', { percent: 100 }, [failedOf(10, 10)], false],
  ['nothing is done yet', { percent: 0 }, [], false],
  ['there is no limit', { documents: Number.POSITIVE_INFINITY }, [failedOf(9, 9)], false],
])('the brake is right when %s', (_, maxFailures, batches, braked) => {
  expect(isOn(maxFailures, batches)).toBe(braked);
});

test('a percentage means nothing before enough documents are done', () => {
  const percent = { percent: 10 };
  expect(isOn(percent, [failedOf(9, 99)], 100)).toBe(false);
  expect(isOn(percent, [failedOf(99, 99)], 100)).toBe(false);
  expect(isOn(percent, [failedOf(99, 99), failedOf(0, 1)], 100)).toBe(true);
});

test('a number of documents needs no sample', () => {
  expect(isOn({ documents: 1 }, [failedOf(2, 2)], 100)).toBe(true);
});

test('only what the service failed counts, whatever else was found', () => {
  const found = counted({ planned: 50, missing: 10, changed: 10, canceled: 20, unexpected: 10 });
  expect(isOn({ documents: 0 }, [found])).toBe(false);
  expect(isOn({ percent: 0 }, [found])).toBe(false);
});

test('a batch that is not verified yet has not failed', () => {
  expect(isOn({ documents: 0 }, [{ step: 'ended', attempt: 1, outcome: 'failed' }])).toBe(false);
});

const REQUIRED = { source: 's', target: 't', service: 'u', pattern: 'p' };
const read = (given: object) =>
  readOptions(chooseOptions({ flags: { ...REQUIRED, ...given }, environment: {}, file: {} }));

test.each<[unknown, Brake['maxFailures']]>([
  [0, { documents: 0 }],
  ['0', { documents: 0 }],
  [12, { documents: 12 }],
  ['12', { documents: 12 }],
  ['0%', { percent: 0 }],
  ['2%', { percent: 2 }],
  ['0.5%', { percent: 0.5 }],
  ['100%', { percent: 100 }],
  ['', { documents: Number.POSITIVE_INFINITY }],
])('--max-failures takes %j', (given, maxFailures) => {
  expect(read({ maxFailures: given }).maxFailures).toEqual(maxFailures);
});

test.each(['101%', '-1', -1, 1.5, '1.5', '%', '2 %', '1e3', 'many', '2%%', '1000%', Number.NaN])(
  '--max-failures does not take %j',
  (given) => {
    expect(() => read({ maxFailures: given })).toThrow(
      expect.objectContaining({ code: 'InvalidOption', exitCode: 2 }),
    );
  },
);

test('without the flags the brake is off, and a sample is a hundred documents', () => {
  expect(read({})).toMatchObject({
    maxFailures: { documents: Number.POSITIVE_INFINITY },
    minSample: 100,
  });
});
