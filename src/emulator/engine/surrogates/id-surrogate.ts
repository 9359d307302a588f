import type { KeyedDigest } from './keyed-digest.ts';
import { canonicalise } from './text-case.ts';

/** Replaces each digit by a digit and each letter by a letter of its case; the rest stays. */
export function replaceCharacters(text: string, kind: string, digest: KeyedDigest): string {
  const bytes = digest.bytes(kind, canonicalise(text).replaceAll(' ', ''));
  const pick = (alphabet: string) => alphabet.charAt(bytes.next().value % alphabet.length);
  return text.normalize('NFC').replace(/[\p{L}\p{N}]/gu, (character) => {
    if (/\p{N}/u.test(character)) return pick('0123456789');
    return /\p{Lu}/u.test(character)
      ? pick('ABCDEFGHJKLMNPQRSTUVWXYZ')
      : pick('abcdefghijkmnopqrstuvwxyz');
  });
}

/** Writes digits, in order, over the digits of a text; the rest stays. */
export function overwriteDigits(text: string, digits: string): string {
  let next = 0;
  return text.replace(/\p{Nd}/gu, (old) => digits.charAt(next++) || old);
}
