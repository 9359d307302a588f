import { expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createRequestLog } from '../../src/emulator/request-log.ts';

const request = {
  server: 'service',
  method: 'GET',
  path: '/jobs',
  query: '',
  caller: undefined,
} as const;

test('a request is there before its answer, and then with its status', () => {
  const log = createRequestLog({ ...systemClock, nowMs: () => 0 });
  const recordStatus = log.record(request);
  expect(log.records).toEqual([{ ...request, at: '1970-01-01T00:00:00.000Z', status: undefined }]);
  recordStatus(200);
  expect(log.records[0]?.status).toBe(200);
});

test('the log forgets its oldest requests before it grows without end', () => {
  const log = createRequestLog({ ...systemClock, nowMs: () => 0 });
  for (let count = 0; count < 200_001; count += 1) log.record({ ...request, path: `/${count}` });
  expect(log.records).toHaveLength(100_001);
  expect(log.records.at(-1)?.path).toBe('/200000');
});
