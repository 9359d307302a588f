import { describe, expect, test } from 'vitest';
import { decideRetry } from '../../src/service/decide-retry.ts';

describe('a read is sent again', () => {
  test.each([undefined, 408, 429, 500, 502, 503, 504])('after %s', (status) => {
    expect(decideRetry({ method: 'GET', attempt: 1, status }, 0.5)).toBe(500);
  });

  test.each([200, 204, 301, 400, 401, 403, 404, 409, 412])('not after %i', (status) => {
    expect(decideRetry({ method: 'GET', attempt: 1, status }, 0.5)).toBeUndefined();
  });

  test('three times, each time later', () => {
    const delays = [1, 2, 3, 4, 5].map((attempt) =>
      decideRetry({ method: 'GET', attempt, status: 500 }, 0.5),
    );
    expect(delays).toEqual([500, 1_000, 2_000, undefined, undefined]);
  });

  test('spread over half to one and a half of the delay', () => {
    const delays = [0, 1].map((random) =>
      decideRetry({ method: 'GET', attempt: 1, status: 500 }, random),
    );
    expect(delays).toEqual([250, 750]);
  });

  test('not before the service wants it, and within a minute whatever it wants', () => {
    const delayMs = (retryAfterMs: number) =>
      decideRetry({ method: 'GET', attempt: 1, status: 429, retryAfterMs }, 0.5);
    expect([delayMs(0), delayMs(7_000), delayMs(86_400_000)]).toEqual([500, 7_000, 60_000]);
  });
});

test.each(['PUT', 'POST', 'DELETE', 'PATCH'])('%s is never sent again', (method) => {
  for (const status of [undefined, 408, 429, 500, 503]) {
    expect(decideRetry({ method, attempt: 1, status, retryAfterMs: 1 }, 0.5)).toBeUndefined();
  }
});
