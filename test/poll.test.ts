import { describe, expect, test } from 'vitest';
import { DeidBatchError } from '../src/errors/deid-batch-error.ts';
import type { JobState, JobStatus } from '../src/model/job.ts';
import { choosePollDelay, pollJob } from '../src/poll.ts';
import { createSimulatedClock } from './simulated-clock.ts';

const HOUR_MS = 3_600_000;
const CREATED = '2026-01-31T08:00:00Z';

type Answer = JobState | 'none' | { state: JobState; retryAfterMs: number } | DeidBatchError;

/** A service that answers the polls in turn, the last answer for ever. */
function createService(answers: readonly Answer[] | ((nowMs: number) => Answer)) {
  const clock = createSimulatedClock();
  const pollsMs: number[] = [];
  const cancelsMs: number[] = [];
  const told: JobState[] = [];
  const jobs = {
    async find() {
      const index = pollsMs.push(clock.monotonicMs()) - 1;
      const answer =
        typeof answers === 'function'
          ? answers(clock.monotonicMs())
          : (answers[Math.min(index, answers.length - 1)] ?? 'none');
      if (answer instanceof DeidBatchError) throw answer;
      if (answer === 'none') return undefined;
      if (typeof answer === 'string') return { job: toStatus(answer) };
      return { job: toStatus(answer.state), retryAfterMs: answer.retryAfterMs };
    },
    async cancel(): Promise<void> {
      cancelsMs.push(clock.monotonicMs());
    },
  };
  const poll = (options: { signal?: AbortSignal; canceling?: AbortSignal } = {}) =>
    pollJob(
      { jobs, clock },
      {
        name: 'job',
        signal: new AbortController().signal,
        onStatus: async ({ state }) => void told.push(state),
        ...options,
      },
    );
  return { clock, jobs, poll, pollsMs, cancelsMs, told };
}

const toStatus = (state: JobState): JobStatus => ({ name: 'job', state, createdAt: CREATED });
const unavailable = () => new DeidBatchError('ServiceUnavailable', 'down');

describe('when to look', () => {
  test('the first look comes after a second, the next ones less and less often', async () => {
    const service = createService([
      ...Array.from({ length: 12 }, () => 'running' as const),
      'succeeded',
    ]);
    await service.poll();
    const gaps = service.pollsMs.map((ms, index) => ms - (service.pollsMs[index - 1] ?? 0));
    expect(gaps.slice(0, 4)).toEqual([1_000, 2_000, 3_000, 4_500]);
    for (const [index, gap] of gaps.entries())
      expect(gap).toBeGreaterThanOrEqual(gaps[index - 1] ?? 0);
    expect(gaps.at(-1)).toBe(30_000);
  });

  test('Retry-After decides, from a second to half a minute', async () => {
    const hint = (retryAfterMs: number) => ({ state: 'running' as const, retryAfterMs });
    const service = createService([hint(4_000), hint(0), hint(86_400_000), 'succeeded']);
    await service.poll();
    expect(service.pollsMs).toEqual([1_000, 5_000, 6_000, 36_000]);
  });

  test.each([
    [1, undefined, 1_000],
    [1, 20_000, 1_000],
    [2, undefined, 2_000],
    [2, 20_000, 20_000],
    [5_000, undefined, 30_000],
  ])('before poll %i with Retry-After %s ms it waits %i ms', (poll, retryAfterMs, delayMs) => {
    expect(choosePollDelay(poll, retryAfterMs)).toBe(delayMs);
  });
});

describe('what comes back', () => {
  test.each(['succeeded', 'failed', 'canceled'] as const)('%s ends the wait', async (state) => {
    const service = createService(['notStarted', 'running', state]);
    expect(await service.poll()).toMatchObject({ state });
    expect(service.told).toEqual(['notStarted', 'running', state]);
  });

  test('a state that this version does not know is waited out', async () => {
    const service = createService(['unknown', 'unknown', 'succeeded']);
    expect(await service.poll()).toMatchObject({ state: 'succeeded' });
  });

  test('a job that does not show right after its creation is looked for again', async () => {
    const service = createService(['none', 'none', 'none', 'running', 'succeeded']);
    expect(await service.poll()).toMatchObject({ state: 'succeeded' });
  });

  test('a job that never shows is gone after a minute', async () => {
    const service = createService(['none']);
    expect(await service.poll()).toBeUndefined();
    expect(service.clock.monotonicMs()).toBeGreaterThan(60_000);
    expect(service.clock.monotonicMs()).toBeLessThan(120_000);
  });

  test('a job that was seen and is no longer there, three times in a row, is gone', async () => {
    const service = createService(['running', 'none', 'none', 'running', 'none', 'none', 'none']);
    expect(await service.poll()).toBeUndefined();
    expect(service.pollsMs).toHaveLength(7);
  });

  test('a status that cannot be saved stops the wait', async () => {
    const { jobs, clock } = createService(['running']);
    const signal = new AbortController().signal;
    const onStatus = async () => {
      throw new DeidBatchError('StateUnusable', 'disk full');
    };
    await expect(pollJob({ jobs, clock }, { name: 'job', signal, onStatus })).rejects.toMatchObject(
      { code: 'StateUnusable' },
    );
  });
});

describe('a service out of reach', () => {
  test.each(['ServiceUnavailable', 'UnexpectedAnswer', 'HostNotFound'] as const)(
    'for less than an hour, with %s, is waited for',
    async (code) => {
      const service = createService((nowMs) => {
        if (nowMs < 10_000) return 'running';
        return nowMs < HOUR_MS - 60_000 ? new DeidBatchError(code, 'down') : 'succeeded';
      });
      expect(await service.poll()).toMatchObject({ state: 'succeeded' });
    },
  );

  test('again and again, but each time for less than an hour, is waited for', async () => {
    const service = createService((nowMs) => {
      if (nowMs > 5 * HOUR_MS) return 'succeeded';
      return nowMs % HOUR_MS < 60_000 ? 'running' : unavailable();
    });
    expect(await service.poll()).toMatchObject({ state: 'succeeded' });
  });

  test('for more than an hour is given up, to be resumed', async () => {
    const service = createService(['running', unavailable()]);
    await expect(service.poll()).rejects.toMatchObject({
      code: 'ServiceUnavailable',
      exitCode: 75,
    });
    expect(service.clock.monotonicMs()).toBeGreaterThan(HOUR_MS);
    expect(service.clock.monotonicMs()).toBeLessThan(HOUR_MS + 120_000);
  });

  test('because access was taken away is given up at once', async () => {
    const service = createService([
      'running',
      new DeidBatchError('ServiceAccessDenied', 'no role'),
    ]);
    await expect(service.poll()).rejects.toMatchObject({
      code: 'ServiceAccessDenied',
      exitCode: 4,
    });
    expect(service.pollsMs).toHaveLength(2);
  });
});

describe('aborting', () => {
  test('ends the wait at once, without a cancel', async () => {
    const controller = new AbortController();
    const service = createService(() => {
      controller.abort(new DeidBatchError('Interrupted', 'stop'));
      return 'running';
    });
    await expect(service.poll({ signal: controller.signal })).rejects.toMatchObject({
      code: 'Interrupted',
    });
    expect(service.cancelsMs).toEqual([]);
    expect(service.pollsMs).toHaveLength(1);
  });

  test('a canceled wait asks the service to stop, and waits for the end', async () => {
    const canceling = new AbortController();
    const service = createService((nowMs) => {
      if (nowMs > 30_000) canceling.abort();
      return nowMs > 60_000 ? 'canceled' : 'running';
    });
    expect(await service.poll({ canceling: canceling.signal })).toMatchObject({
      state: 'canceled',
    });
    expect(service.cancelsMs.length).toBeGreaterThan(0);
    expect(service.cancelsMs[0]).toBeGreaterThan(30_000);
  });

  test('canceling ends a long sleep early', async () => {
    const canceling = new AbortController();
    const { jobs, clock } = createService([{ state: 'running', retryAfterMs: 30_000 }]);
    const polling = pollJob(
      { jobs: { ...jobs, find: async () => ({ job: toStatus('canceled') }) }, clock },
      {
        name: 'job',
        signal: new AbortController().signal,
        canceling: canceling.signal,
        onStatus: async () => {},
      },
    );
    canceling.abort();
    expect(await polling).toMatchObject({ state: 'canceled' });
    expect(clock.monotonicMs()).toBe(0);
  });

  test('a cancel that the service refuses does not end the wait', async () => {
    const service = createService(['running', 'running', 'succeeded']);
    service.jobs.cancel = async () => {
      throw new DeidBatchError('JobRejected', 'HTTP 409');
    };
    expect(await service.poll({ canceling: AbortSignal.abort() })).toMatchObject({
      state: 'succeeded',
    });
  });
});
