import { createPipelineRequest, type PipelineResponse } from '@azure/core-rest-pipeline';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideRetry } from '../../src/service/decide-retry.ts';
import { createRequestBudgetPolicy } from '../../src/service/policies.ts';
import { parseRetryAfter } from '../../src/service/retry-after.ts';
import { createSimulatedClock } from '../simulated-clock.ts';

describe('the request budget', () => {
  test.each([1, 15, 100])(
    'lets %i requests a second through, in the order they came',
    async (rate) => {
      const clock = createSimulatedClock();
      const policy = createRequestBudgetPolicy(clock, rate);
      const sentMs: number[] = [];
      const order: number[] = [];
      await Promise.all(
        Array.from({ length: 30 }, (_, index) =>
          policy.sendRequest(createPipelineRequest({ url: 'https://a.example' }), async () => {
            sentMs.push(clock.monotonicMs());
            order.push(index);
            return {} as PipelineResponse;
          }),
        ),
      );
      expect(order).toEqual(order.toSorted((a, b) => a - b));
      for (const [index, ms] of sentMs.entries()) {
        expect(ms).toBeCloseTo((index * 1_000) / rate, 3);
      }
    },
  );

  test('saves nothing up: after a pause the spacing is the same', async () => {
    const clock = createSimulatedClock();
    const policy = createRequestBudgetPolicy(clock, 2);
    const sentMs: number[] = [];
    const send = () =>
      policy.sendRequest(createPipelineRequest({ url: 'https://a.example' }), async () => {
        sentMs.push(clock.monotonicMs());
        return {} as PipelineResponse;
      });
    await send();
    await clock.sleep(60_000);
    await Promise.all([send(), send(), send()]);
    expect(sentMs).toEqual([0, 60_000, 60_500, 61_000]);
  });
});

describe('whether to send a request again', () => {
  const methods = fc.constantFrom('PUT', 'POST', 'DELETE', 'PATCH');
  const statuses = fc.option(fc.integer({ min: 200, max: 599 }), { nil: undefined });

  test('never, when it changes anything', () => {
    fc.assert(
      fc.property(methods, statuses, fc.nat(), (method, status, retryAfterMs) => {
        expect(decideRetry({ method, attempt: 1, status, retryAfterMs }, 0.5)).toBeUndefined();
      }),
    );
  });

  test('three times at most for a read, after at most a minute each', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        statuses,
        fc.option(fc.double({ min: 0, noNaN: true }), { nil: undefined }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempt, status, retryAfterMs, random) => {
          const delayMs = decideRetry({ method: 'GET', attempt, status, retryAfterMs }, random);
          const passing = status === undefined || status === 408 || status === 429 || status >= 500;
          expect(delayMs !== undefined).toBe(attempt <= 3 && passing);
          if (delayMs === undefined) return;
          expect(delayMs).toBeGreaterThan(0);
          expect(delayMs).toBeLessThanOrEqual(60_000);
          expect(delayMs).toBeGreaterThanOrEqual(Math.min(retryAfterMs ?? 0, 60_000));
        },
      ),
    );
  });

  test('later each time, and not all clients at once', () => {
    const delays = [1, 2, 3].map((attempt) => decideRetry({ method: 'GET', attempt }, 0.5) ?? 0);
    expect(delays).toEqual([500, 1_000, 2_000]);
    const spread = [0, 0.9].map((random) => decideRetry({ method: 'GET', attempt: 1 }, random));
    expect(spread[0]).not.toBe(spread[1]);
  });
});

describe('Retry-After', () => {
  const nowMs = Date.parse('2026-01-31T08:00:00Z');
  test.each([
    ['4', 4_000],
    ['0', 0],
    ['1.5', 1_500],
    ['Sat, 31 Jan 2026 08:00:30 GMT', 30_000],
    ['Sat, 31 Jan 2026 07:00:00 GMT', 0],
    ['-1', undefined],
    ['soon', undefined],
    ['', undefined],
    [' ', undefined],
    [undefined, undefined],
  ])('of %j means %s ms', (value, expected) => {
    expect(parseRetryAfter(value, nowMs)).toBe(expected);
  });
});
