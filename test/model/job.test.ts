import { expect, test } from 'vitest';
import { isTerminal } from '../../src/model/job.ts';

test('only three states of a job are its last', () => {
  const states = ['notStarted', 'running', 'unknown', 'succeeded', 'failed', 'canceled'] as const;
  expect(states.map(isTerminal)).toEqual([false, false, false, true, true, true]);
});
