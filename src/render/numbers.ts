const FORMAT = new Intl.NumberFormat('en-US');

/** `1234567` as `1,234,567`. */
export function formatCount(count: number): string {
  return FORMAT.format(count);
}

/** Bytes in the largest unit that keeps them at or above one: `12.3 MB` (powers of 1,000). */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let amount = bytes;
  let unit = 0;
  while (amount >= 1_000 && unit < units.length - 1) {
    amount /= 1_000;
    unit += 1;
  }
  return `${unit === 0 ? amount : amount.toFixed(1)} ${units[unit]}`;
}

/** `1 batch`, `2 batches`. */
export function formatQuantity(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
