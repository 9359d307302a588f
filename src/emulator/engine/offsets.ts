/** A position or a length in the three units that the service reports. */
export interface StringIndex {
  readonly utf8: number;
  readonly utf16: number;
  readonly codePoint: number;
}

export type TextEncoding = keyof StringIndex;

/** Walks a text once, forwards, and tells each position in all three units. */
export function createOffsetCursor(text: string): (utf16: number) => StringIndex {
  let at: StringIndex = { utf8: 0, utf16: 0, codePoint: 0 };
  return (utf16) => {
    if (utf16 < at.utf16) throw new RangeError(`offset ${utf16} is before ${at.utf16}`);
    at = advance(at, text.slice(at.utf16, utf16));
    return at;
  };
}

/** Length of a piece of text in all three units. */
export function measureText(piece: string): StringIndex {
  return advance({ utf8: 0, utf16: 0, codePoint: 0 }, piece);
}

function advance(from: StringIndex, piece: string): StringIndex {
  let { utf8, codePoint } = from;
  for (const character of piece) {
    codePoint += 1;
    utf8 += utf8Length(character.codePointAt(0) ?? 0);
  }
  return { utf8, codePoint, utf16: from.utf16 + piece.length };
}

// A lone surrogate takes three bytes, those of the replacement character.
function utf8Length(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}

/**
 * The UTF-16 offsets of offsets in another unit, which must ascend. An offset inside a character
 * gives the character's start; one beyond the end gives the end.
 */
export function toUtf16Offsets(
  text: string,
  encoding: TextEncoding,
  offsets: readonly number[],
): number[] {
  const result: number[] = [];
  let at: StringIndex = { utf8: 0, utf16: 0, codePoint: 0 };
  for (const character of text) {
    const next = advance(at, character);
    while (result.length < offsets.length && (offsets[result.length] ?? 0) < next[encoding]) {
      result.push(at.utf16);
    }
    at = next;
  }
  while (result.length < offsets.length) result.push(text.length);
  return result;
}
