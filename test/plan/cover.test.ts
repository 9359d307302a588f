import { describe, expect, test } from 'vitest';
import { CoverBuilder, type CoverName } from '../../src/plan/cover.ts';
import { usedHeapBytes } from '../heap.ts';

interface Listed {
  name: string;
  selected?: boolean;
  groupReach?: number;
  newGroups?: number;
}

function toCoverName({ name, selected = true, groupReach, newGroups = 0 }: Listed): CoverName {
  if (!selected) return { name };
  return { name, document: { bytes: 1, groupReach: groupReach ?? name.length, newGroups } };
}

function cover(
  listed: readonly (Listed | string)[],
  limits: { maxDocuments?: number; minPrefixLength?: number; root?: string } = {},
) {
  const { maxDocuments = 10_000, minPrefixLength = 0, root = '' } = limits;
  const builder = new CoverBuilder({ maxDocuments, minPrefixLength });
  for (const entry of listed) {
    builder.add(root, toCoverName(typeof entry === 'string' ? { name: entry } : entry));
  }
  const { prefixes, uncovered } = builder.finish();
  return { prefixes: prefixes.map(({ prefix }) => prefix), uncovered };
}

const decoy = (name: string): Listed => ({ name, selected: false });

describe('the prefix of a batch', () => {
  test.each<[string, (Listed | string)[], string[]]>([
    ['is the folder that holds it', ['f/a', 'f/b', decoy('g')], ['f/']],
    ['is the whole listing when all of it is selected', ['a', 'b'], ['']],
    ['ends inside a name when no folder is exact', ['f/a1', 'f/a2', decoy('f/b')], ['f/a']],
    ['is the whole name of a document by itself', ['f/a', decoy('f/b')], ['f/a']],
    ['is the deepest folder', ['f/g/h/a', 'f/g/h/b', decoy('z')], ['f/g/h/']],
    [
      'ends before a code point, not inside it',
      ['\u{1f600}', '\u{1f601}', decoy('a')],
      ['\u{1f600}', '\u{1f601}'],
    ],
  ])('%s', (_, listed, expected) => {
    expect(cover(listed).prefixes).toEqual(expected);
  });

  test('is never shorter than what is stripped, although a shorter folder is exact', () => {
    expect(cover(['notes/p1', 'notes/p2']).prefixes).toEqual(['notes/']);
    expect(cover(['notes/p1', 'notes/p2'], { minPrefixLength: 7 }).prefixes).toEqual(['notes/p']);
  });

  test('is never shorter than the listed prefix', () => {
    expect(cover(['notes/p1', 'notes/p2'], { root: 'notes/p' }).prefixes).toEqual(['notes/p']);
  });

  test('does not part a letter from its combining mark', () => {
    const listed = ['e\u0301a', 'e\u0301b', decoy('f')];
    expect(cover(listed).prefixes).toEqual(['e\u0301']);
    expect(cover(['e', 'e\u0301', decoy('f')])).toEqual({
      prefixes: ['e\u0301'],
      uncovered: { byGroup: 0, byName: 1 },
    });
  });
});

describe('documents that no prefix expresses are counted by what stands in the way', () => {
  test('a name that begins the name of a blob that is not selected', () => {
    expect(cover(['a', decoy('a.bak'), 'b'])).toEqual({
      prefixes: ['b'],
      uncovered: { byGroup: 0, byName: 1 },
    });
  });

  test('a name that begins more names than a batch may hold', () => {
    expect(cover(['a', 'a1', 'a2'], { maxDocuments: 2 })).toEqual({
      prefixes: ['a1', 'a2'],
      uncovered: { byGroup: 0, byName: 1 },
    });
  });

  test('a group with a blob in between', () => {
    const listed = [
      { name: 'a1', groupReach: 1, newGroups: 1 },
      decoy('a2'),
      { name: 'a3', groupReach: 1 },
      'b',
    ];
    expect(cover(listed)).toEqual({ prefixes: ['b'], uncovered: { byGroup: 2, byName: 0 } });
  });
});

describe('a listing that no plan can rely on is refused', () => {
  test.each([
    ['a name that comes twice', ['a', 'a']],
    ['a name that comes back', ['a', 'ab', 'a']],
    ['a folder that reopens', ['a/1', 'b', 'a/2']],
    ['a folder that reopens deep inside', ['a/b/1', 'a/b/2', 'a/c', 'a/b/3']],
  ])('%s', (_, names) => {
    expect(() => cover(names)).toThrow(expect.objectContaining({ code: 'ListingOutOfOrder' }));
  });

  test('a listed prefix that reopens', () => {
    const builder = new CoverBuilder({ maxDocuments: 10, minPrefixLength: 0 });
    builder.add('a', toCoverName({ name: 'a1' }));
    builder.add('b', toCoverName({ name: 'b1' }));
    expect(() => builder.add('a', toCoverName({ name: 'a2' }))).toThrow(
      expect.objectContaining({ code: 'ListingOutOfOrder' }),
    );
  });

  test('but a document may come after the names that it begins', () => {
    expect(cover(['ab', 'a', decoy('b')]).prefixes).toEqual(['a']);
  });
});

describe('a listing of 300,000 names is not kept', () => {
  const NAMES = 300_000;
  const folder = 'clinic/'.repeat(10);
  const nameOf = (index: number) => `${folder}${String(index).padStart(9, '0')}-note.txt`;

  /** Heap that the builder holds before it is finished, and the number of prefixes. */
  function measure(entryOf: (index: number) => Listed): { heldBytes: number; prefixes: number } {
    const builder = new CoverBuilder({ maxDocuments: 10_000, minPrefixLength: 0 });
    const before = usedHeapBytes();
    for (let index = 0; index < NAMES; index += 1) builder.add('', toCoverName(entryOf(index)));
    const heldBytes = usedHeapBytes() - before;
    return { heldBytes, prefixes: builder.finish().prefixes.length };
  }

  // Their characters alone are 30 MB.
  const A_FEW_PERCENT = 1_500_000;

  test('when it is one folder', () => {
    const { heldBytes, prefixes } = measure((index) => ({ name: nameOf(index) }));
    expect(prefixes).toBe(NAMES / 10_000);
    expect(heldBytes).toBeLessThan(A_FEW_PERCENT);
  });

  test('when blobs that are not selected lie in between', () => {
    const { heldBytes, prefixes } = measure((index) => ({
      name: nameOf(index),
      selected: index % 3_000 !== 1_500,
    }));
    expect(prefixes).toBeGreaterThan(NAMES / 3_000);
    expect(prefixes).toBeLessThan(5_000);
    expect(heldBytes).toBeLessThan(A_FEW_PERCENT);
  });

  test('when nothing of it is selected', () => {
    const { heldBytes, prefixes } = measure((index) => ({ name: nameOf(index), selected: false }));
    expect(prefixes).toBe(0);
    expect(heldBytes).toBeLessThan(A_FEW_PERCENT);
  });

  test('which a builder that kept the names would not pass', () => {
    const before = usedHeapBytes();
    const kept = Array.from({ length: NAMES }, (_, index) => ({ name: nameOf(index) }));
    expect(usedHeapBytes() - before).toBeGreaterThan(10 * A_FEW_PERCENT);
    expect(kept).toHaveLength(NAMES);
  });
});
