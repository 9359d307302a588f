/** What a plan has to respect, in the plainest form. */
export interface CoverProblem {
  /** Every blob of the container; `group` is undefined without groups. */
  blobs: readonly { name: string; selected: boolean; group: string | undefined }[];
  /** The prefixes that were listed. */
  prefixes: readonly string[];
  maxDocuments: number;
  minPrefixLength: number;
}

/**
 * The least number of batches, found by trying everything: all prefixes of all names, and all ways
 * to put them together. Undefined when there is no way.
 */
export function countBatchesByBruteForce(problem: CoverProblem): number | undefined {
  const documents = problem.blobs.filter((blob) => blob.selected).map((blob) => blob.name);
  const choices = new Set<string>();
  for (const name of documents) {
    const characters = [...name];
    for (let count = 0; count <= characters.length; count += 1) {
      const prefix = characters.slice(0, count).join('');
      if (isPermitted(prefix, problem)) {
        choices.add(documents.map((other) => (other.startsWith(prefix) ? '1' : '0')).join(''));
      }
    }
  }
  const masks = [...choices].map((bits) => BigInt(`0b${bits}`));
  return fewest(masks, (1n << BigInt(documents.length)) - 1n);
}

function isPermitted(prefix: string, problem: CoverProblem): boolean {
  const { blobs, prefixes, maxDocuments, minPrefixLength } = problem;
  if (prefix.length < minPrefixLength) return false;
  if (!prefixes.some((listed) => prefix.startsWith(listed))) return false;
  const inside = blobs.filter(({ name }) => name.startsWith(prefix));
  const outside = blobs.filter(({ name }) => !name.startsWith(prefix));
  if (inside.length > maxDocuments) return false;
  return inside.every(
    ({ name, selected, group }) =>
      selected &&
      (prefix === '' || !/^\p{M}/u.test(name.slice(prefix.length))) &&
      !outside.some((other) => other.selected && group !== undefined && other.group === group),
  );
}

/** The fewest of `masks` that hold each bit of `left` exactly once. */
function fewest(masks: readonly bigint[], left: bigint): number | undefined {
  if (left === 0n) return 0;
  const lowest = left & -left;
  let best: number | undefined;
  for (const mask of masks) {
    if ((mask & lowest) === 0n || (mask & ~left) !== 0n) continue;
    const rest = fewest(masks, left & ~mask);
    if (rest !== undefined && (best === undefined || rest + 1 < best)) best = rest + 1;
  }
  return best;
}
