import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMatcher } from '../../src/match.ts';
import type { SkipReason } from '../../src/model/selection.ts';
import { blobNamed } from '../plan/plan-listing.ts';
import { blobNames, globs } from './arbitraries.ts';

const ruleGlobs = fc.oneof({ weight: 4, arbitrary: globs }, fc.constantFrom('**', '*', '**/*'));
const rules = fc.record({
  patterns: fc.array(ruleGlobs, { minLength: 1, maxLength: 3 }),
  excludes: fc.array(ruleGlobs, { maxLength: 2 }),
});

/** Names that share the folder of a pattern come up often enough to be matched. */
const listings = fc.uniqueArray(
  fc.oneof(
    blobNames,
    fc.tuple(globs, blobNames).map(([glob, name]) => glob + name),
    globs,
  ),
  { minLength: 1, maxLength: 40, size: 'max' },
);

test('listing only the prefixes that can match finds what the full listing holds', () => {
  const seen = { selected: 0, pruned: 0, excluded: 0, unrestricted: 0 };
  fc.assert(
    fc.property(rules, listings, (given, names) => {
      fc.pre(!given.patterns.concat(given.excludes).some(isNothing));
      const matcher = createMatcher({ ...given, maxBytes: 1_000, modifiedSinceMs: 0 });
      const classify = (name: string) => matcher.classify(blobNamed(name));
      const inFullListing = names.filter((name) => classify(name) === 'selected');
      const listed = matcher.prefixes.flatMap((prefix) =>
        names.filter((name) => name.startsWith(prefix)),
      );
      // No name twice: none of the prefixes starts with another one.
      expect(listed.filter((name) => classify(name) === 'selected').sort()).toEqual(
        inFullListing.sort(),
      );
      expect(new Set(listed).size).toBe(listed.length);

      seen.selected += inFullListing.length;
      seen.pruned += names.length - listed.length;
      seen.excluded += names.filter((name) => classify(name) === 'excluded').length;
      if (matcher.prefixes.includes('')) seen.unrestricted += 1;
    }),
    { numRuns: 1_000 },
  );
  expect(seen.selected).toBeGreaterThan(500);
  expect(seen.pruned).toBeGreaterThan(500);
  expect(seen.excluded).toBeGreaterThan(50);
  expect(seen.unrestricted).toBeGreaterThan(100);
});

test('a blob is selected when a pattern alone selects it and no exclude alone does', () => {
  const seen = { selected: 0, excluded: 0, notMatched: 0 };
  const alone = (glob: string, name: string) =>
    createMatcher({ patterns: [glob], excludes: [], maxBytes: 1_000, modifiedSinceMs: 0 }).classify(
      blobNamed(name),
    ) === 'selected';
  fc.assert(
    fc.property(rules, blobNames, ({ patterns, excludes }, name) => {
      fc.pre(!patterns.concat(excludes).some(isNothing));
      const expected: 'selected' | SkipReason = !patterns.some((glob) => alone(glob, name))
        ? 'notMatched'
        : excludes.some((glob) => alone(glob, name))
          ? 'excluded'
          : 'selected';
      const matcher = createMatcher({ patterns, excludes, maxBytes: 1_000, modifiedSinceMs: 0 });
      expect(matcher.classify(blobNamed(name))).toBe(expected);
      seen[expected as keyof typeof seen] += 1;
    }),
    { numRuns: 1_000 },
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(5);
});

test('a name with its magic characters escaped matches itself and is listed by itself', () => {
  fc.assert(
    fc.property(blobNames, blobNames, (name, other) => {
      fc.pre(!name.includes('\\') && other !== name && other !== `${name}/`);
      const literal = name.replace(/[*?[\]{}()!+@|,]/g, (character) => `\\${character}`);
      const matcher = createMatcher({
        patterns: [literal],
        excludes: [],
        maxBytes: 1_000,
        modifiedSinceMs: 0,
      });
      expect(matcher.classify(blobNamed(name))).toBe('selected');
      expect(matcher.classify(blobNamed(other))).toBe('notMatched');
    }),
  );
});

/** Globs that expand to nothing at all are refused; match.test.ts has them. */
function isNothing(glob: string): boolean {
  return /^(\{,*\})+$/.test(glob) && glob.includes(',');
}
