import { expect, test } from 'vitest';
import { EventChannel } from '../../src/api/event-channel.ts';

async function collect<T>(events: AsyncIterable<T>): Promise<T[]> {
  const seen: T[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

test('each iteration sees all events from the first, whenever it begins', async () => {
  const channel = new EventChannel<number>();
  const early = collect(channel);
  channel.push(1);
  channel.push(2);
  const midway = collect(channel);
  await Promise.resolve();
  channel.push(3);
  channel.close();
  expect(await early).toEqual([1, 2, 3]);
  expect(await midway).toEqual([1, 2, 3]);
  expect(await collect(channel)).toEqual([1, 2, 3]);
});

test('an event wakes everyone who waits', async () => {
  const channel = new EventChannel<string>();
  const waiting = [channel, channel].map((events) => events[Symbol.asyncIterator]().next());
  await Promise.resolve();
  channel.push('a');
  expect(await Promise.all(waiting)).toEqual([
    { done: false, value: 'a' },
    { done: false, value: 'a' },
  ]);
});

test('the end wakes everyone who waits', async () => {
  const channel = new EventChannel<string>();
  const waiting = channel[Symbol.asyncIterator]().next();
  await Promise.resolve();
  channel.close();
  expect(await waiting).toEqual({ done: true, value: undefined });
});

test('who leaves an iteration early takes nothing from the others', async () => {
  const channel = new EventChannel<number>();
  channel.push(1);
  channel.push(2);
  for await (const event of channel) {
    expect(event).toBe(1);
    break;
  }
  channel.close();
  expect(await collect(channel)).toEqual([1, 2]);
});

test('an event that is false or nothing like it is an event', async () => {
  const channel = new EventChannel<number | string | boolean>();
  for (const event of [0, '', false]) channel.push(event);
  channel.close();
  expect(await collect(channel)).toEqual([0, '', false]);
});
