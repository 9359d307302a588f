import { describe, expect, test } from 'vitest';
import { createMatcher, MAX_BRACE_ALTERNATIVES, type MatchRules } from '../src/match.ts';
import type { ListedBlob } from '../src/model/document.ts';

function match(rules: Partial<MatchRules>) {
  return createMatcher({
    patterns: ['**'],
    excludes: [],
    maxBytes: 2_000_000,
    modifiedSinceMs: 0,
    ...rules,
  });
}

function blob(name: string, facts: Partial<ListedBlob> = {}): ListedBlob {
  return { name, bytes: 1, etag: '0x1', modifiedAtMs: 0, ...facts };
}

describe('a glob sees the full blob name as plain text', () => {
  test.each([
    ['**/*.txt', 'a.txt', true],
    ['**/*.txt', 'a/b/c.txt', true],
    ['**/*.txt', 'a/b.txt/c', false],
    ['*.txt', 'a/b.txt', false],
    // Dots
    ['**/*.txt', '.hidden/.a.txt', true],
    ['**', '.a', true],
    ['*', '..a', true],
    // Slashes
    ['a//b', 'a//b', true],
    ['a//b', 'a/b', false],
    ['a/b', 'a//b', false],
    ['a/**/b', 'a//b', true],
    ['/a', '/a', true],
    ['/a', 'a', false],
    ['a', '/a', false],
    ['**/a', '/a', true],
    // Characters that start a comment or a negation elsewhere
    ['#a', '#a', true],
    ['!a', '!a', true],
    ['!a', 'b', false],
    ['a#', 'a#', true],
    // Segments of dots, which no wildcard matches
    ['a/../b', 'a/../b', true],
    ['a/./b', 'a/./b', true],
    ['a/../b', 'b', false],
    ['a/./b', 'a/b', false],
    ['**/b', 'a/../b', false],
    // Alternatives
    ['{a,b}/c', 'b/c', true],
    ['{a,b}/c', 'c/c', false],
    ['{a,{b,c}}', 'c', true],
    ['p{1..3}', 'p3', true],
    ['p{1..3}', 'p4', false],
    ['@(a|b)', 'b', true],
    ['!(a)', 'b', true],
    ['!(a)', 'a', false],
    ['+(ab)', 'abab', true],
    // Classes
    ['[ab]', 'b', true],
    ['[!ab]', 'b', false],
    ['[[:digit:]]', '7', true],
    // Escapes
    ['\\*', '*', true],
    ['\\*', 'a', false],
    ['\\{a,b\\}', '{a,b}', true],
    // Unicode
    ['?', '\u{1f600}', true],
    ['[\u{1f600}]', '\u{1f600}', true],
    ['[\u{1f600}]', '\u{1f601}', false],
    ['\u00e9', 'e\u0301', false],
    ['A', 'a', false],
  ])('%j on %j: %j', (pattern, name, isMatch) => {
    expect(match({ patterns: [pattern] }).classify(blob(name))).toBe(
      isMatch ? 'selected' : 'notMatched',
    );
  });
});

describe('only what can match is listed', () => {
  test.each<[string[], string[]]>([
    [['notes/2024/*.txt'], ['notes/2024/']],
    [['notes/p?/**'], ['notes/p']],
    [['**/*.txt'], ['']],
    [['a/b.txt'], ['a/b.txt']],
    [
      ['b/**', 'a/**'],
      ['a/', 'b/'],
    ],
    [['a/**', 'a/b/**', 'a'], ['a']],
    [['{a,b}/*'], ['a/', 'b/']],
    [['{a,**}/*'], ['']],
    [['a{b,c}'], ['ab', 'ac']],
    [['a/+(b)'], ['a/']],
    [['a\\*b'], ['a']],
    [['!a', '#b'], ['']],
    [['#b'], ['#b']],
    [['/a//../*'], ['/a//../']],
    [['\u{1f600}*'], ['\u{1f600}']],
  ])('%j lists %j', (patterns, prefixes) => {
    expect(match({ patterns }).prefixes).toEqual(prefixes);
  });
});

describe('a blob that is skipped has one reason, and an exclude wins over every pattern', () => {
  const matcher = match({
    patterns: ['notes/**', 'notes/keep.txt', '_deid-batch/**'],
    excludes: ['**/drafts/**', '**/*.tmp'],
    maxBytes: 100,
    modifiedSinceMs: 1_000,
  });

  test.each<[string, Partial<ListedBlob>, string]>([
    ['notes/a.txt', { bytes: 100, modifiedAtMs: 1_000 }, 'selected'],
    ['notes/a.txt', { bytes: 101, modifiedAtMs: 1_000 }, 'tooLarge'],
    ['notes/a.txt', { bytes: 0, modifiedAtMs: 1_000 }, 'selected'],
    ['notes/a.txt', { bytes: 100, modifiedAtMs: 999 }, 'notModified'],
    ['notes/drafts/a.txt', { bytes: 101, modifiedAtMs: 0 }, 'excluded'],
    ['notes/a.tmp', { modifiedAtMs: 1_000 }, 'excluded'],
    ['other/a.txt', { modifiedAtMs: 1_000 }, 'notMatched'],
    ['_deid-batch/lock', { modifiedAtMs: 1_000 }, 'reserved'],
    ['_deid-batch', { modifiedAtMs: 1_000 }, 'notMatched'],
  ])('%s with %j is %s', (name, facts, verdict) => {
    expect(matcher.classify(blob(name, facts))).toBe(verdict);
  });
});

describe('a glob that cannot be relied on is refused', () => {
  test.each([
    ['empty', ''],
    ['expands to nothing', '{,}'],
    ['expands to nothing often', '{,}'.repeat(14)],
    ['more alternatives than the limit', `{1..${MAX_BRACE_ALTERNATIVES + 1}}`],
    ['a product of braces', '{a,b}'.repeat(11)],
    ['a product of braces without end', '{a,b}'.repeat(500)],
    ['a sequence without end', '{1..999999999}'],
    ['alternatives so long that the library cuts them off', `{1..900}${'a'.repeat(5_000)}`],
    ['longer than the library reads', 'a'.repeat(70_000)],
  ])('%s', (_, pattern) => {
    for (const rules of [{ patterns: [pattern] }, { excludes: [pattern] }]) {
      expect(() => match(rules)).toThrow(expect.objectContaining({ code: 'InvalidPattern' }));
    }
  });

  test('but as many alternatives as the limit are all matched', () => {
    const matcher = match({ patterns: [`p{1..${MAX_BRACE_ALTERNATIVES}}`] });
    expect(matcher.classify(blob(`p${MAX_BRACE_ALTERNATIVES}`))).toBe('selected');
    expect(matcher.prefixes).toHaveLength(9); // p1 to p9 begin all others
  });

  test('and the message does not repeat the pattern, which may hold a name', () => {
    const attempt = () => match({ patterns: [`jane-doe${'{a,b}'.repeat(20)}`] });
    expect(attempt).toThrow(/alternatives/);
    expect(attempt).not.toThrow(/jane/);
  });
});
