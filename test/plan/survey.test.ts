import { expect, test } from 'vitest';
import { createMatcher } from '../../src/match.ts';
import type { ListedBlob } from '../../src/model/document.ts';
import { compileGroupBy } from '../../src/plan/group-by.ts';
import { createNaming } from '../../src/plan/naming.ts';
import { parseSpooledBlob } from '../../src/plan/spool.ts';
import { Survey, type SurveyRules } from '../../src/plan/survey.ts';

function newSurvey({ groupOf, stripPrefix = '' }: Partial<SurveyRules> & { stripPrefix?: string }) {
  return new Survey({
    matcher: createMatcher({
      patterns: ['**/*.txt'],
      excludes: ['drafts/**'],
      maxBytes: 100,
      modifiedSinceMs: 1_000,
    }),
    naming: createNaming({
      sourceLocation: 'https://storage.test/source',
      targetLocation: 'https://storage.test/target',
      targetPrefix: '',
      stripPrefix,
    }),
    ...(groupOf ? { groupOf } : {}),
  });
}

const blob = (name: string, facts: Partial<ListedBlob> = {}): ListedBlob => ({
  name,
  bytes: 10,
  etag: '0x1',
  modifiedAtMs: 1_000,
  ...facts,
});

async function observe(survey: Survey, ...pages: ListedBlob[][]) {
  const lines: string[] = [];
  const listed = async function* () {
    yield* pages;
  };
  for await (const line of survey.observe(listed())) lines.push(line);
  return lines.map(parseSpooledBlob);
}

test('every listed blob is selected or skipped for one reason, and spooled either way', async () => {
  const survey = newSurvey({});
  const spooled = await observe(
    survey,
    [blob('_deid-batch/a.txt'), blob('a.csv'), blob('a.txt'), blob('b.csv')],
    [],
    [blob('drafts/a.txt'), blob('e.txt', { bytes: 0 }), blob('f.txt', { bytes: 101 })],
    [blob('g.txt', { modifiedAtMs: 999 }), blob('h.csv')],
  );
  expect(survey.selection()).toEqual({
    listed: 9,
    documents: 2,
    bytes: 10,
    skipped: [
      { reason: 'notMatched', documents: 3 },
      { reason: 'excluded', documents: 1 },
      { reason: 'notModified', documents: 1 },
      { reason: 'reserved', documents: 1 },
      { reason: 'tooLarge', documents: 1 },
    ],
  });
  expect(spooled.map(({ name }) => name)).toHaveLength(9);
  expect(spooled.filter(({ document }) => document)).toEqual([
    { name: 'a.txt', document: { bytes: 10, etag: '0x1' } },
    { name: 'e.txt', document: { bytes: 0, etag: '0x1' } },
  ]);
});

test('a group reaches as far as all of its names start alike', async () => {
  const survey = newSurvey({ groupOf: compileGroupBy('(?<group>p[0-9])') });
  await observe(survey, [
    blob('x/p1/a.txt'),
    blob('x/p1/b.txt'),
    blob('x/p2/a.txt'),
    blob('y/p1/a.txt'),
    blob('y/other.txt'),
    blob('y/p3.csv'),
  ]);
  expect(Object.fromEntries(survey.groups)).toEqual({
    p1: expect.objectContaining({ documents: 3, reach: 0 }),
    p2: expect.objectContaining({ documents: 1, reach: 'x/p2/a.txt'.length }),
  });
  expect(survey.ungrouped).toBe(1);
});

test('documents outside of the stripped prefix or with a long URL are counted', async () => {
  const survey = newSurvey({ stripPrefix: 'a/' });
  await observe(survey, [
    blob('a/1.txt'),
    blob(`a/${'x'.repeat(1_020)}.txt`),
    blob('b/1.txt'),
    blob('b/1.csv'),
  ]);
  expect(survey.outsideStripPrefix).toBe(1);
  expect(survey.tooLong).toBe(1);
});

test('no page is asked for before the one before it was taken', async () => {
  let pages = 0;
  const endless = async function* () {
    for (;;) {
      pages += 1;
      yield [blob(`a${pages}.txt`), blob(`b${pages}.txt`)];
    }
  };
  const lines = newSurvey({}).observe(endless());
  for (let taken = 0; taken < 10; taken += 1) await lines.next();
  expect(pages).toBe(5);
  await lines.return(undefined);
});
