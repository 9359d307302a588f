import { expect, test } from 'vitest';
import { listBlobs } from '../src/list.ts';
import type { Lister } from '../src/model/lister.ts';
import { blobNamed } from './plan/plan-listing.ts';

test('prefixes are listed one after the other, a page at a time, with the signal', async () => {
  const { signal } = new AbortController();
  const asked: string[] = [];
  const container: Lister = {
    async *listPages(request) {
      expect(request.signal).toBe(signal);
      for (const page of ['1', '2']) {
        asked.push(request.prefix + page);
        yield [blobNamed(request.prefix + page)];
      }
    },
  };
  const pages = listBlobs(container, { prefixes: ['a', 'b'], signal });
  expect(asked).toEqual([]);
  const names: string[] = [];
  for await (const page of pages) {
    names.push(...page.map(({ name }) => name));
    expect(asked).toEqual(names);
  }
  expect(names).toEqual(['a1', 'a2', 'b1', 'b2']);
});
