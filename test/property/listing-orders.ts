/** The orders in which storage accounts list names. */
export const LISTING_ORDERS = {
  /** Flat accounts: by code points. */
  ordinal: (names: readonly string[]) => [...names].sort(compareBytes),
  /** Azurite: by UTF-16 units, so a surrogate pair comes before U+FFFD. */
  utf16: (names: readonly string[]) => [...names].sort(),
  /** Hierarchical namespaces: segment by segment, so `A/x` comes before `A-B`. */
  hierarchical: (names: readonly string[]) => [...names].sort(compareSegments),
} as const satisfies Record<string, (names: readonly string[]) => string[]>;

function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function compareSegments(a: string, b: string): number {
  const left = a.split('/');
  const right = b.split('/');
  for (const [index, segment] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    const order = compareBytes(segment, other);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}
