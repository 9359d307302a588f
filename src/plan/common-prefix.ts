/** Length in UTF-16 units of what `a` and `b` start with in common, ending between code points. */
export function commonPrefixLength(a: string, b: string): number {
  const limit = Math.min(a.length, b.length);
  let length = 0;
  while (length < limit && a.charCodeAt(length) === b.charCodeAt(length)) length += 1;
  return isInsideCodePoint(a, length) || isInsideCodePoint(b, length) ? length - 1 : length;
}

/** Whether cutting `text` at `index` would tear a surrogate pair apart. */
export function isInsideCodePoint(text: string, index: number): boolean {
  return isHighSurrogate(text.charCodeAt(index - 1)) && isLowSurrogate(text.charCodeAt(index));
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
