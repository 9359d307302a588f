const asciiOf: ReadonlyMap<string, string> = new Map([
  ...pairs('‘’‚‛′ʼ`´', "'"),
  ...pairs('“”„‟″', '"'),
  ...pairs('‐‑‒–—−﹣', '-'),
  // Zero-width and odd blanks hide inside numbers: as blanks they cannot.
  ...pairs('\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a', ' '),
  ...pairs('\u200b\u200c\u200d\u2060\u202f\u205f\u3000\ufeff\u00ad', ' '),
  // Look-alikes of Latin letters.
  ...[...'АВЕКМНОРСТУХасеорхуіјѕԁ'].map(
    (c, i) => [c, 'ABEKMHOPCTYXaceopxyijsd'.charAt(i)] as const,
  ),
  ...[...'ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο'].map((c, i) => [c, 'ABEZHIKMNOPTYXo'.charAt(i)] as const),
  ...[...'ØøĐđŁłıÆæŒœß'].map((c, i) => [c, 'OoDdLliAaOos'.charAt(i)] as const),
]);

function pairs(from: string, to: string): Array<readonly [string, string]> {
  return [...from].map((character) => [character, to] as const);
}

/**
 * The text with every UTF-16 unit folded to the ASCII unit that it stands for, if there is one:
 * accents, full-width forms, typographic quotes, look-alikes. Same length, so offsets hold in both.
 * A combining mark repeats the letter that it sits on, so that it does not split the word.
 */
export function normaliseText(text: string): string {
  return text.replace(/[^\0-\x7f]/g, foldUnit);
}

function foldUnit(unit: string, offset: number, text: string): string {
  const known = asciiOf.get(unit);
  if (known !== undefined) return known;
  if (/\p{M}/u.test(unit)) {
    const base = text.charAt(offset - 1);
    return /[A-Za-z]/.test(base) ? base.toLowerCase() : unit;
  }
  const first = unit.normalize('NFKD').charAt(0);
  return first >= ' ' && first <= '~' ? first : unit;
}
