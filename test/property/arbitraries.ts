import fc from 'fast-check';

// Few and short, so that names begin with each other, share folders and meet the globs below.
const NAME_PIECES = [
  ...['a', 'b', 'ab', 'p1', 'p2', 'x.txt', '.txt', '/', '/', '/', '//'],
  ...['.', '..', '/../', '/./', '.hidden', '#', '!', '-', ' ', '%20', '+', '@', '|', '~'],
  ...['{', '}', '[', ']', '(', ')', ',', '*', '?', '\\', '!(a)', '{a,b}'],
  // Composed and decomposed, a mark by itself, two that share their first UTF-16 unit, one above
  // them in UTF-16 order and below them in code point order, and an end of line to some.
  ...['\u00e9', 'e\u0301', '\u0301', '\u{1f600}', '\u{1f601}', '\ufffd', '\u6f22', '\u2028'],
];

/** Names of blobs, with everything in them that a path or a glob could take for something else. */
export const blobNames = fc
  .array(fc.constantFrom(...NAME_PIECES), { minLength: 1, maxLength: 7 })
  .map((pieces) => pieces.join(''));

const GLOB_PIECES = [
  ...['a', 'b', 'p1', 'x.txt', '.txt', '/', '/', '//', '.', '..', '#', '!', '.hidden'],
  ...['*', '*', '**', '**/', '/**', '/**/', '?', '*.txt'],
  ...['{a,b}', '{p{1,2},x}', '{a/,}', '{,a}', '{1..3}', '{a', 'a}', '{}'],
  ...['@(a|b)', '?(a)', '*(a|p1)', '+(ab|\u{1f600})', '!(a)', '!(*.txt)', '@(a', '|', ')'],
  ...['[ab]', '[!a]', '[a-c]', '[^/]', '[[:alpha:]]', '[\u{1f600}\u{1f601}]', '[', ']', '[z-a]'],
  ...['\\*', '\\{', '\\a', '\\\\', '\\[', '\\', '\\!'],
  ...['\u00e9', 'e\u0301', '\u{1f600}', '\u6f22', '\u2028'],
];

/** Globs of every kind, malformed ones too. */
export const globs = fc
  .array(fc.constantFrom(...GLOB_PIECES), { minLength: 1, maxLength: 5 })
  .map((pieces) => pieces.join(''));

const TREE_PIECES = [
  ...['a', 'a', 'a', 'b', 'b', 'aa', 'p1', 'p2', '/', '/', '/', '/', '-'],
  ...['e', 'e\u0301', '\u0301', '\u{1f600}', '\u{1f601}', '\ufffd'],
];

/** One blob of a container that is planned. */
export interface TreeBlob {
  name: string;
  selected: boolean;
  group: string;
}

/**
 * Containers of blobs whose names often begin with each other. Neighbours tend to share a group and
 * to be selected together, so that both feasible and infeasible plans come up often.
 */
export function containers({ maxBlobs }: { maxBlobs: number }): fc.Arbitrary<TreeBlob[]> {
  const name = fc
    .array(fc.constantFrom(...TREE_PIECES), { minLength: 1, maxLength: 5 })
    .map((pieces) => pieces.join(''));
  return fc
    .uniqueArray(
      fc.record({
        name,
        selected: fc.oneof(
          { weight: 4, arbitrary: fc.constant(true) },
          { weight: 1, arbitrary: fc.constant(false) },
        ),
        group: fc.oneof(
          { weight: 2, arbitrary: fc.constant('') },
          { weight: 1, arbitrary: fc.constantFrom('g1', 'g2') },
        ),
      }),
      { minLength: 1, maxLength: maxBlobs, size: 'max', selector: (blob) => blob.name },
    )
    .map((blobs) =>
      // Most belong to the group of their first folder, a few to one scattered over the container.
      blobs.map((blob) => ({
        ...blob,
        group: blob.group || `${blob.name.split('/')[0]}/`,
      })),
    );
}
