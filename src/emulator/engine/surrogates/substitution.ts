import type { KeyedDigest } from './keyed-digest.ts';

/** Maps each member of a list to another member, one to one, in an order that only the key knows. */
export interface Substitution {
  readonly has: (member: string) => boolean;
  /** The member that replaces this one; never the same. */
  readonly replace: (member: string) => string;
}

/**
 * Shuffles the list by the key and replaces each member by its successor: different members never
 * get the same surrogate, and none keeps its own.
 */
export function createSubstitution(
  list: readonly string[],
  digest: KeyedDigest,
  kind: string,
): Substitution {
  let order: Map<string, string> | undefined;
  const successors = () => {
    order ??= linkSuccessors(shuffle(list, digest, kind));
    return order;
  };
  return {
    has: (member) => successors().has(member),
    replace: (member) => successors().get(member) ?? member,
  };
}

function linkSuccessors(order: readonly string[]): Map<string, string> {
  return new Map(order.map((member, i) => [member, order[(i + 1) % order.length] ?? member]));
}

function shuffle(list: readonly string[], digest: KeyedDigest, kind: string): string[] {
  const order = [...list];
  const bytes = digest.bytes(kind, 'order');
  for (let i = order.length - 1; i > 0; i -= 1) {
    // Three bytes over lists of a few thousand: the bias is far below anything observable.
    const random = (bytes.next().value << 16) | (bytes.next().value << 8) | bytes.next().value;
    const j = random % (i + 1);
    const [a, b] = [order[i], order[j]];
    if (a !== undefined && b !== undefined) [order[i], order[j]] = [b, a];
  }
  return order;
}
