import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createSimulatedClock } from './simulated-clock.ts';

test('sleepers wake in the order of their deadlines, and time is what they slept', async () => {
  const jumps: number[] = [];
  const clock = createSimulatedClock((ms) => jumps.push(ms), 1_000);
  const woken: string[] = [];
  const sleep = async (name: string, ms: number) => {
    await clock.sleep(ms);
    woken.push(`${name} at ${clock.monotonicMs()}`);
  };
  await Promise.all([sleep('day', 86_400_000), sleep('hour', 3_600_000), sleep('now', 0)]);
  expect(woken).toEqual(['now at 0', 'hour at 3600000', 'day at 86400000']);
  expect(jumps.reduce((sum, ms) => sum + ms)).toBe(86_400_000);
  expect(clock.nowMs()).toBe(86_401_000);
  expect(clock.sleeps).toEqual([86_400_000, 3_600_000, 0]);
});

test('a sleep that is aborted rejects with the reason, and time stands still', async () => {
  const clock = createSimulatedClock();
  const controller = new AbortController();
  const sleeping = clock.sleep(Number.POSITIVE_INFINITY, controller.signal);
  controller.abort(new Error('enough'));
  await expect(sleeping).rejects.toThrow('enough');
  await expect(clock.sleep(1, controller.signal)).rejects.toThrow('enough');
  expect(clock.monotonicMs()).toBe(0);
});

test('time stands still while a request is in flight', async () => {
  const clock = createSimulatedClock();
  const seen: number[] = [];
  const server = createServer((_, response) => {
    setTimeout(() => {
      seen.push(clock.monotonicMs());
      response.end('done');
    }, 50);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { get } = await import('node:http');
  const answered = new Promise<void>((resolve) => {
    get({ host: '127.0.0.1', port }, (response) => response.resume().on('end', () => resolve()));
  });
  await Promise.all([answered, clock.sleep(60_000)]);
  expect(seen).toEqual([0]);
  expect(clock.monotonicMs()).toBe(60_000);
  server.close();
});
