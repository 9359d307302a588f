import { describe, expect, test } from 'vitest';
import { type Behaviour, DEFAULT_BEHAVIOUR } from '../../../src/emulator/service/behaviour.ts';
import { isSelected } from '../../../src/emulator/service/select-documents.ts';

function select(
  names: string[],
  source: { prefix?: string; extensions?: string[] },
  behaviour: Partial<Behaviour> = {},
): string[] {
  const { prefix = '', extensions = ['*'] } = source;
  return names.filter((name) =>
    isSelected(
      name,
      { location: 'https://storage.test/source', prefix, extensions },
      { ...DEFAULT_BEHAVIOUR, ...behaviour },
    ),
  );
}

describe('the prefix', () => {
  const names = ['p/a.txt', 'p0/a.txt', 'P/a.txt', 'q/p/a.txt', 'p'];

  test('is a string, not a folder', () => {
    expect(select(names, { prefix: 'p' })).toEqual(['p/a.txt', 'p0/a.txt', 'p']);
    expect(select(names, { prefix: 'p/' })).toEqual(['p/a.txt']);
    expect(select(names, { prefix: '' })).toEqual(names);
  });

  test('may be compared without regard to case', () => {
    const behaviour = { prefixComparison: 'ignoreCase' } as const;
    expect(select(names, { prefix: 'p/' }, behaviour)).toEqual(['p/a.txt', 'P/a.txt']);
  });

  test('may be taken for a folder', () => {
    const behaviour = { partialPrefix: 'folders' } as const;
    expect(select(names, { prefix: 'p' }, behaviour)).toEqual(['p/a.txt', 'p']);
    expect(select(names, { prefix: 'q/p/a' }, behaviour)).toEqual([]);
    expect(select(names, { prefix: '' }, behaviour)).toEqual(names);
  });
});

describe('the extensions', () => {
  const names = ['a.txt', 'b.csv', 'README', 'v1.0/README', 'c.TXT'];

  test.each(['include', 'exclude'] as const)('["*"] with extensionlessNames %s', (value) => {
    const selected = select(names, {}, { extensionlessNames: value });
    expect(selected).toEqual(value === 'include' ? names : ['a.txt', 'b.csv', 'c.TXT']);
  });

  test.each([
    ['any', ['a.txt', 'a.txt', 'a.txt']],
    ['dot', ['a.txt', undefined, undefined]],
    ['star', [undefined, 'a.txt', undefined]],
    ['bare', [undefined, undefined, 'a.txt']],
  ] as const)('extensionSyntax %s', (extensionSyntax, expected) => {
    const selected = ['.txt', '*.txt', 'txt'].map(
      (extension) => select(names, { extensions: [extension] }, { extensionSyntax })[0],
    );
    expect(selected).toEqual(expected);
  });

  test('add up', () => {
    expect(select(names, { extensions: ['.txt', '.csv'] })).toEqual(['a.txt', 'b.csv']);
  });
});
