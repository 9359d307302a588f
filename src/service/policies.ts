import type { PipelinePolicy, PipelineResponse } from '@azure/core-rest-pipeline';
import type { Clock } from '../clock.ts';
import { DeidBatchError } from '../errors/deid-batch-error.ts';
import { decideRetry } from './decide-retry.ts';
import { parseRetryAfter } from './retry-after.ts';

/** Repeats reads that failed for a passing reason, as {@link decideRetry} says. */
export function createRetryPolicy(clock: Clock, random: () => number): PipelinePolicy {
  return {
    name: 'deidBatchRetryPolicy',
    async sendRequest(request, next) {
      for (let attempt = 1; ; attempt += 1) {
        let response: PipelineResponse | undefined;
        let failure: unknown;
        try {
          response = await next(request);
        } catch (error) {
          // Ours are about identity; no repetition here changes them.
          if (error instanceof DeidBatchError) throw error;
          toAbortSignal(request.abortSignal)?.throwIfAborted();
          failure = error;
        }
        const status = response?.status;
        const retryAfterMs = parseRetryAfter(response?.headers.get('retry-after'), clock.nowMs());
        const delayMs = decideRetry(
          { method: request.method, attempt, status, retryAfterMs },
          random(),
        );
        if (delayMs === undefined) {
          if (response) return response;
          throw failure;
        }
        await clock.sleep(delayMs, toAbortSignal(request.abortSignal));
      }
    },
  };
}

/**
 * Lets at most `requestsPerSecond` requests through, evenly spaced, in the order they came. A PUT
 * takes its share without waiting, and those behind it wait for longer: between the check that a
 * job may be sent and its sending nothing may lie that takes time.
 */
export function createRequestBudgetPolicy(clock: Clock, requestsPerSecond: number): PipelinePolicy {
  const spacingMs = 1_000 / requestsPerSecond;
  let nextFreeMs = 0;
  return {
    name: 'deidBatchRequestBudgetPolicy',
    async sendRequest(request, next) {
      const nowMs = clock.monotonicMs();
      const atMs = Math.max(nowMs, nextFreeMs);
      nextFreeMs = atMs + spacingMs;
      const mustWait = atMs > nowMs && request.method !== 'PUT';
      if (mustWait) await clock.sleep(atMs - nowMs, toAbortSignal(request.abortSignal));
      return next(request);
    },
  };
}

/**
 * Ends a try that has no whole answer after the request's timeout. The library's own timer stops at
 * the headers, so that an answer whose body never ends would be waited for for ever.
 */
export function createTimeoutPolicy(clock: Clock): PipelinePolicy {
  return {
    name: 'deidBatchTimeoutPolicy',
    async sendRequest(request, next) {
      const signal = toAbortSignal(request.abortSignal);
      const timer = new AbortController();
      const answered = new AbortController();
      clock.sleep(request.timeout, answered.signal).then(
        () => timer.abort(),
        () => {},
      );
      request.abortSignal = signal ? AbortSignal.any([signal, timer.signal]) : timer.signal;
      try {
        return await next(request);
      } finally {
        answered.abort();
        if (signal) request.abortSignal = signal;
        else delete request.abortSignal;
      }
    },
  };
}

/** Logs what was asked and answered; never a header but the request id, a body or a query. */
export function createLogPolicy(clock: Clock, log: (line: string) => void): PipelinePolicy {
  return {
    name: 'deidBatchLogPolicy',
    async sendRequest(request, next) {
      const startedMs = clock.monotonicMs();
      const describe = (outcome: string) => {
        const ms = Math.round(clock.monotonicMs() - startedMs);
        const { pathname } = new URL(request.url);
        log(`${request.method} ${pathname} ${outcome} ${ms} ms, request ${request.requestId}`);
      };
      try {
        const response = await next(request);
        describe(String(response.status));
        return response;
      } catch (error) {
        describe('no answer');
        throw error;
      }
    },
  };
}

/** The pipeline types its signals more loosely than Node, but hands them through as they came. */
function toAbortSignal(signal: unknown): AbortSignal | undefined {
  return signal instanceof AbortSignal ? signal : undefined;
}
