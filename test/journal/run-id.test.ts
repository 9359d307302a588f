import { expect, test } from 'vitest';
import { isRunId, newRunId } from '../../src/journal/run-id.ts';
import { isJobName, MAX_JOB_NAME_LENGTH } from '../../src/wire/job-name.ts';
import { NOW_MS } from './state-store-contract.ts';

const clockAt = (nowMs: number) => ({
  nowMs: () => nowMs,
  monotonicMs: () => 0,
  sleep: async () => {},
});

test('a run is named after its time, so that names sort by it', () => {
  const id = newRunId(clockAt(NOW_MS));
  expect(id).toMatch(/^r20261121-093015-[0-9a-z]{7}$/);
  expect(isRunId(id)).toBe(true);
  expect(newRunId(clockAt(NOW_MS - 1_000)) < id).toBe(true);
  expect(newRunId(clockAt(NOW_MS + 1_000)) > id).toBe(true);
});

test('two runs of the same second have different names, all of the same length', () => {
  const ids = Array.from({ length: 2_000 }, () => newRunId(clockAt(NOW_MS)));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every(isRunId)).toBe(true);
});

test('the name of a job of a run is one that the service takes', () => {
  const job = `${newRunId(clockAt(NOW_MS))}-b99999-9`;
  expect(job.length).toBeLessThanOrEqual(MAX_JOB_NAME_LENGTH);
  expect(isJobName(job)).toBe(true);
});

test.each([
  '',
  'r',
  '..',
  'r20261121-093015-k3v9xq',
  'r20261121-093015-K3V9XQ2',
  'r20261121-093015-k3v9xq2\n',
])('%j is not the name of a run', (text) => {
  expect(isRunId(text)).toBe(false);
});
