/** Writes a word or phrase in the letter case of a model: all upper, all lower, or as it is. */
export function matchCase(model: string, text: string): string {
  const hasUpper = /\p{Lu}/u.test(model);
  const hasLower = /\p{Ll}/u.test(model);
  if (hasUpper && !hasLower && model.length > 1) return text.toUpperCase();
  return !hasUpper && hasLower ? text.toLowerCase() : text;
}

/** Writes each word with a capital. */
export function capitalise(text: string): string {
  return text.replace(/[a-z]+/g, (word) => word.charAt(0).toUpperCase() + word.slice(1));
}

/** The form under which two spellings of a value count as the same. */
export function canonicalise(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
