import { expect, test } from 'vitest';
import { EventChannel } from '../../src/api/event-channel.ts';

async function gather<T>(channel: AsyncIterable<T>): Promise<T[]> {
  const events: T[] = [];
  for await (const event of channel) events.push(event);
  return events;
}

test('everyone who listens hears everything from the first event, early or late', async () => {
  const channel = new EventChannel<number>();
  const early = gather(channel);
  channel.push(1);
  channel.push(2);
  const meanwhile = gather(channel);
  channel.push(3);
  channel.close();
  const late = gather(channel);
  expect(await Promise.all([early, meanwhile, late])).toEqual([
    [1, 2, 3],
    [1, 2, 3],
    [1, 2, 3],
  ]);
});

test('who stops listening disturbs nobody', async () => {
  const channel = new EventChannel<number>();
  const all = gather(channel);
  channel.push(1);
  for await (const _ of channel) break;
  channel.push(2);
  channel.close();
  expect(await all).toEqual([1, 2]);
});
