import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { formatTimestamp, systemClock } from '../src/clock.ts';

test('a timestamp is ISO 8601 in UTC', () => {
  expect(formatTimestamp(Date.UTC(2026, 10, 21, 9, 30, 15, 7))).toBe('2026-11-21T09:30:15.007Z');
});

test('the monotonic clock does not go back', () => {
  const first = systemClock.monotonicMs();
  expect(systemClock.monotonicMs()).toBeGreaterThanOrEqual(first);
});

test('a sleep of no time ends', async () => {
  await systemClock.sleep(0);
  await systemClock.sleep(0, new AbortController().signal);
});

test('an aborted signal ends a sleep with its reason, before it began or in its midst', async () => {
  const reason = new Error('enough');
  await expect(systemClock.sleep(3_600_000, AbortSignal.abort(reason))).rejects.toBe(reason);
  const controller = new AbortController();
  const sleep = systemClock.sleep(3_600_000, controller.signal);
  controller.abort(reason);
  await expect(sleep).rejects.toBe(reason);
});

test('a sleep of a month does not end at once', async () => {
  const controller = new AbortController();
  // How Node says that a timer is too long for it and goes off after a millisecond.
  const overflow = once(process, 'warning', { signal: controller.signal }).then(
    ([warning]) => String(warning),
    () => undefined,
  );
  const sleep = systemClock.sleep(30 * 86_400_000, controller.signal);
  const first = await Promise.race([overflow, sleep.then(() => 'ended'), setImmediate('asleep')]);
  expect(first).toBe('asleep');
  controller.abort(new Error('enough'));
  await expect(sleep).rejects.toThrow('enough');
});
