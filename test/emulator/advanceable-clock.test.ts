import { expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createAdvanceableClock } from '../../src/emulator/advanceable-clock.ts';

const HOUR_MS = 3_600_000;

test('an advance moves both readings', () => {
  const clock = createAdvanceableClock(systemClock);
  const [now, monotonic] = [clock.nowMs(), clock.monotonicMs()];
  clock.advance(HOUR_MS);
  expect(clock.nowMs() - now).toBeGreaterThanOrEqual(HOUR_MS);
  expect(clock.monotonicMs() - monotonic).toBeGreaterThanOrEqual(HOUR_MS);
});

test('a sleep ends as soon as enough time was advanced, in one or in several steps', async () => {
  const clock = createAdvanceableClock(systemClock);
  const sleeping = clock.sleep(2 * HOUR_MS);
  let woke = false;
  sleeping.then(() => {
    woke = true;
  });
  clock.advance(HOUR_MS);
  await clock.sleep(1);
  expect(woke).toBe(false);
  clock.advance(HOUR_MS);
  await sleeping;
});

test('a short sleep ends without an advance', async () => {
  await createAdvanceableClock(systemClock).sleep(1);
});

test('a sleep is rejected with the reason of its signal', async () => {
  const clock = createAdvanceableClock(systemClock);
  const abort = new AbortController();
  const sleeping = clock.sleep(HOUR_MS, abort.signal);
  abort.abort(new Error('stopped'));
  await expect(sleeping).rejects.toThrow('stopped');
  await expect(clock.sleep(1, abort.signal)).rejects.toThrow('stopped');
  clock.advance(1);
});
