import { describe, expect, test } from 'vitest';
import { compileGroupBy } from '../../src/plan/group-by.ts';

describe('folder:N is the first N segments of the name', () => {
  test.each([
    ['folder:1', 'p1/a.txt', 'p1'],
    ['folder:2', 'p1/2024/a.txt', 'p1/2024'],
    ['folder:2', 'p1/a.txt', undefined],
    ['folder:1', 'a.txt', undefined],
    ['folder:1', 'p1/', 'p1'],
    ['folder:2', 'p1//a.txt', 'p1/'],
    ['folder:1', '/a.txt', undefined],
    ['folder:2', '/p1/a.txt', '/p1'],
    ['folder:1', '\u{1f600}/a', '\u{1f600}'],
  ])('%s of %j is %j', (expression, name, group) => {
    expect(compileGroupBy(expression)(name)).toBe(group);
  });
});

describe('an expression gives its capture `group`', () => {
  test.each([
    ['(?<group>p[0-9]+)/', 'notes/p17/a.txt', 'p17'],
    ['(?P<group>p[0-9]+)/', 'notes/p17/a.txt', 'p17'],
    ['^(?:x/)?(?<group>[^/]+)/(?<rest>.*)$', 'x/p1/a', 'p1'],
    ['(?<group>p[0-9]+)/', 'notes/a.txt', undefined],
    ['(?<group>[0-9]*)', 'notes/a.txt', undefined],
    ['a(?<group>b)?', 'a', undefined],
    ['(?<group>.)$', 'a\u{1f600}', '\u{1f600}'],
    ['(?<group>e\u0301+)', 'xe\u0301y', 'e\u0301'],
    ['(?i)(?<group>P1)', 'p1', 'p1'],
    // Not "folder:" and a number, since it is not at the start.
    ['(?<group>folder:1)', 'folder:1', 'folder:1'],
  ])('%s on %j is %j', (expression, name, group) => {
    expect(compileGroupBy(expression)(name)).toBe(group);
  });

  test('in linear time, whatever the expression and the name', () => {
    const groupOf = compileGroupBy('^(?<group>(a+)+)+$');
    // A backtracking engine would take longer than the universe exists.
    expect(groupOf(`${'a'.repeat(1_000)}!`)).toBeUndefined();
    expect(groupOf('a'.repeat(1_000))).toBe('a'.repeat(1_000));
  });
});

describe('a group expression that cannot work is refused', () => {
  test.each([
    ['folder:'],
    ['folder:0'],
    ['folder:-1'],
    ['folder:1.5'],
    ['folder:1000'],
    ['folder:x'],
    ['folder:1\n'],
    ['(p[0-9]+)'],
    ['p[0-9]+'],
    ['(?<name>p[0-9]+)'],
    ['(?<Group>p)'],
    ['(?<group>p'],
    ['(?<group>['],
    ['(?<group>a)(?=b)'],
    ['(?<group>a)\\1'],
  ])('%j', (expression) => {
    expect(() => compileGroupBy(expression)).toThrow(
      expect.objectContaining({ code: 'InvalidGroupBy', exitCode: 2, hint: expect.any(String) }),
    );
  });

  test('without repeating it, since it may hold a name', () => {
    expect(() => compileGroupBy('(?<group>jane-doe')).not.toThrow(/jane/);
  });
});
