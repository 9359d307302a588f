import { expect, test } from 'vitest';
import { isJobName } from '../../src/wire/job-name.ts';

test.each(['abc', 'a-c', 'a_c', '0-9', 'A'.repeat(36)])('%s is a job name', (name) => {
  expect(isJobName(name)).toBe(true);
});

test.each([
  '',
  'ab',
  'A'.repeat(37),
  '-ab',
  'ab-',
  '_ab',
  'a.b',
  'a b',
  'a/b',
  'ab\n',
  '\u00e9\u00e9\u00e9',
])('%j is none', (name) => {
  expect(isJobName(name)).toBe(false);
});
