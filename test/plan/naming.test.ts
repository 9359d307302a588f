import { describe, expect, test } from 'vitest';
import { createNaming } from '../../src/plan/naming.ts';

const SOURCE = 'https://storage.test/source';
const TARGET = 'https://storage.test/target';

const naming = (rules: { targetPrefix?: string; stripPrefix?: string } = {}) =>
  createNaming({
    sourceLocation: SOURCE,
    targetLocation: TARGET,
    targetPrefix: '',
    stripPrefix: '',
    ...rules,
  });

test('an output is named by the target prefix and the source name without what is stripped', () => {
  expect(naming().output('a/b')).toBe('a/b');
  expect(naming({ targetPrefix: 'out/' }).output('a/b')).toBe('out/a/b');
  expect(naming({ targetPrefix: 'out/', stripPrefix: 'a/' }).output('a/b')).toBe('out/b');
  expect(naming({ stripPrefix: 'a/p' }).output('a/p1')).toBe('1');
});

test('a name that does not start with what is stripped has no output', () => {
  const { covers } = naming({ stripPrefix: 'a/' });
  expect(['a/b', 'a/', 'a', 'b/a/', 'A/b'].map(covers)).toEqual([true, true, false, false, false]);
});

describe('a URL of 1,024 characters fits, one of 1,025 does not', () => {
  const room = 1_024 - `${SOURCE}/`.length;

  test.each([
    ['plain characters', 'a', 1],
    ['characters that stand for themselves', '-._~/', 5],
    ['a space', ' ', 3],
    ['a percent sign', '%', 3],
    ['a plus sign', '+', 3],
    ['two bytes of UTF-8', '\u00e9', 6],
    ['three bytes of UTF-8', '\u6f22', 9],
    ['a surrogate pair', '\u{1f600}', 12],
  ])('with %s', (_, piece, encodedLength) => {
    const count = Math.floor(room / encodedLength);
    const fitting = piece.repeat(count) + 'a'.repeat(room - count * encodedLength);
    const encoded = encodeURIComponent(fitting).replaceAll('%2F', '/');
    expect(`${SOURCE}/${encoded}`).toHaveLength(1_024);
    expect(naming().fits(fitting)).toBe(true);
    expect(naming().fits(`${fitting}a`)).toBe(false);
  });

  test('and so it is for the output, which may be longer', () => {
    const source = 'a'.repeat(room - 10);
    expect(naming({ targetPrefix: '1234567/ab/' }).fits(source)).toBe(false);
    expect(naming({ targetPrefix: '1234567/a/' }).fits(source)).toBe(true);
    // The source's own URL counts as well, however much is stripped.
    expect(naming({ stripPrefix: 'a'.repeat(500) }).fits('a'.repeat(room + 1))).toBe(false);
  });
});
