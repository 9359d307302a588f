import { DeidBatchError } from '../errors/deid-batch-error.ts';
import { commonPrefixLength, isInsideCodePoint } from './common-prefix.ts';

/** One listed name as the cover sees it. */
export interface CoverName {
  name: string;
  /** Undefined for a blob that is not selected: no prefix of a batch may start it. */
  document?: {
    bytes: number;
    /** Longest prefix that still holds the document's whole group, in UTF-16 units. */
    groupReach: number;
    /** 1 for the first document of each group, else 0. */
    newGroups: number;
  };
}

/** A prefix that selects whole groups of documents, at most the cap, and nothing else. */
export interface ExactPrefix {
  prefix: string;
  documents: number;
  bytes: number;
  groups: number;
}

export interface Cover {
  /** In listing order; none is a prefix of another. */
  prefixes: ExactPrefix[];
  /** Documents that no exact prefix holds, by what stands in the way. */
  uncovered: Uncovered;
}

export interface Uncovered {
  /** Every prefix that holds their whole group also holds other blobs, or too many documents. */
  byGroup: number;
  /** Their name is the beginning of other names that cannot be in a batch with them. */
  byName: number;
}

export interface CoverLimits {
  maxDocuments: number;
  /** No prefix is shorter than this, in UTF-16 units. */
  minPrefixLength: number;
}

/**
 * Finds the minimal cover of the selected documents by exact prefixes.
 *
 * A prefix is exact when all blobs under it are selected, they are at most `maxDocuments`, and no
 * group lies partly outside. Of two exact prefixes one starts the other or they hold nothing in
 * common, so every document has one shortest exact prefix, and these together are the only cover
 * of minimal size.
 *
 * Names arrive in listing order. All that is needed of the order is that the names under any
 * prefix arrive one after the other, which holds in ordinal, UTF-16 and hierarchical order; where
 * it does not, {@link CoverBuilder.add} throws ListingOutOfOrder. Memory: the path to the present
 * name, and the prefixes found.
 */
export class CoverBuilder {
  readonly #limits: CoverLimits;
  readonly #cover: Cover = { prefixes: [], uncovered: { byGroup: 0, byName: 0 } };
  /** Branching points from the listed prefix down to the last name, deepest last. */
  #path: Branch[] = [];
  #root = '';
  readonly #closedRoots = new Set<string>();
  #last: string | undefined;

  constructor(limits: CoverLimits) {
    this.#limits = limits;
  }

  /** Adds the next name of the listing of `root`, a prefix that was listed in full. */
  add(root: string, entry: CoverName): void {
    if (root !== this.#root || this.#last === undefined) {
      this.#closeDownTo(-1);
      if (this.#last !== undefined) this.#closedRoots.add(this.#root);
      if (this.#closedRoots.has(root)) throw outOfOrder();
      this.#root = root;
      this.#path = [newBranch(entry.name)];
    } else {
      this.#descend(this.#last, entry.name);
    }
    const branch = this.#path.at(-1);
    if (!branch || branch.named) throw outOfOrder();
    nameBranch(branch, entry);
    this.#last = entry.name;
  }

  /** The cover of all names that were added. */
  finish(): Cover {
    this.#closeDownTo(-1);
    return this.#cover;
  }

  /** Makes the branch for `name` the end of the path. */
  #descend(last: string, name: string): void {
    const shared = commonPrefixLength(last, name);
    this.#closeDownTo(shared);
    const parent = this.#path.at(-1);
    if (!parent || name.length === shared) return;
    const next = name.codePointAt(shared) ?? 0;
    if (parent.closed.has(next)) throw outOfOrder();
    this.#path.push(newBranch(name));
  }

  /** Closes all branches deeper than `depth`, so that the path ends in one at `depth`. */
  #closeDownTo(depth: number): void {
    for (;;) {
      const branch = this.#path.at(-1);
      if (!branch || branch.depth <= depth) return;
      this.#path.pop();
      let parent = this.#path.at(-1);
      if (depth >= 0 && (!parent || parent.depth < depth)) {
        parent = newBranch(branch.name.slice(0, depth));
        this.#path.push(parent);
      }
      this.#close(branch, parent);
    }
  }

  #close(branch: Branch, parent: Branch | undefined): void {
    const shortest = Math.max(
      parent ? parent.depth + 1 : this.#root.length,
      this.#limits.minPrefixLength,
    );
    const exact = findExactPrefix(branch, shortest, this.#limits);
    const prefixes = exact ? [exact] : branch.prefixes;
    const uncovered = exact ? NOTHING : branch.uncovered;
    if (!parent) {
      for (const prefix of prefixes) this.#cover.prefixes.push(prefix);
      addUncovered(this.#cover.uncovered, uncovered);
      return;
    }
    const first = branch.name.codePointAt(parent.depth) ?? 0;
    parent.closed.add(first);
    if (isCombiningMark(first)) parent.markFollows = true;
    parent.pure &&= branch.pure;
    parent.documents += branch.documents;
    parent.bytes += branch.bytes;
    parent.groups += branch.groups;
    parent.groupReach = Math.min(parent.groupReach, branch.groupReach);
    for (const prefix of prefixes) parent.prefixes.push(prefix);
    addUncovered(parent.uncovered, uncovered);
  }
}

/** All names that start with `name`: a blob's full name, or what several names have in common. */
interface Branch {
  name: string;
  depth: number;
  /** Whether a blob has exactly this name. */
  named: boolean;
  /** Whether all blobs under it are selected. */
  pure: boolean;
  documents: number;
  bytes: number;
  groups: number;
  groupReach: number;
  /** First code points, after `name`, of the branches below that are complete. */
  closed: Set<number>;
  /** Whether a combining mark follows `name` in some blob's name. */
  markFollows: boolean;
  /** The minimal cover of what lies below, in case this branch has no exact prefix. */
  prefixes: ExactPrefix[];
  uncovered: Uncovered;
}

const NOTHING: Uncovered = { byGroup: 0, byName: 0 };

function newBranch(name: string): Branch {
  return {
    name,
    depth: name.length,
    named: false,
    pure: true,
    documents: 0,
    bytes: 0,
    groups: 0,
    groupReach: Number.POSITIVE_INFINITY,
    closed: new Set(),
    markFollows: false,
    prefixes: [],
    uncovered: { byGroup: 0, byName: 0 },
  };
}

function nameBranch(branch: Branch, { document }: CoverName): void {
  branch.named = true;
  if (!document) {
    branch.pure = false;
    return;
  }
  branch.documents += 1;
  branch.bytes += document.bytes;
  branch.groups += document.newGroups;
  branch.groupReach = Math.min(branch.groupReach, document.groupReach);
  if (document.groupReach < branch.depth) branch.uncovered.byGroup += 1;
  else branch.uncovered.byName += 1;
}

function findExactPrefix(
  branch: Branch,
  shortest: number,
  limits: CoverLimits,
): ExactPrefix | undefined {
  if (!branch.pure || branch.documents === 0 || branch.documents > limits.maxDocuments) {
    return undefined;
  }
  const end = choosePrefixEnd(branch, shortest);
  if (end === undefined) return undefined;
  const { documents, bytes, groups } = branch;
  return { prefix: branch.name.slice(0, end), documents, bytes, groups };
}

/**
 * All ends from `shortest` to the branch's depth select the same blobs. Takes the last one after a
 * `/`, since people read folders, else the last one of all; never inside a code point or before a
 * combining mark, where a service that compares text instead of units might see no boundary.
 */
function choosePrefixEnd(branch: Branch, shortest: number): number | undefined {
  const { name } = branch;
  let fallback: number | undefined;
  for (let end = Math.min(branch.depth, branch.groupReach); end >= shortest; end -= 1) {
    if (end === 0) return end;
    const splitsMark =
      end === name.length ? branch.markFollows : isCombiningMark(name.codePointAt(end) ?? 0);
    if (splitsMark || isInsideCodePoint(name, end)) continue;
    if (name[end - 1] === '/') return end;
    fallback ??= end;
  }
  return fallback;
}

function addUncovered(sum: Uncovered, more: Uncovered): void {
  sum.byGroup += more.byGroup;
  sum.byName += more.byName;
}

function isCombiningMark(codePoint: number): boolean {
  return codePoint >= 0x300 && /\p{M}/u.test(String.fromCodePoint(codePoint));
}

function outOfOrder(): DeidBatchError {
  return new DeidBatchError(
    'ListingOutOfOrder',
    'The storage listed the names under one prefix in two separate places, or one name twice.',
    { hint: 'Run again; if it stays, the storage lists in an order that no plan can rely on.' },
  );
}
