/** Splits a block of words separated by blanks; a word may not occur twice. */
export function words(block: string): readonly string[] {
  return [...new Set(block.trim().split(/\s+/))];
}

/** Splits a block of phrases, one per `|`, with line breaks as blanks. */
export function phrases(block: string): readonly string[] {
  return [...new Set(block.split('|').map((phrase) => phrase.trim().replace(/\s+/g, ' ')))];
}

/** A membership test that ignores case. The list must be in lower case. */
export function wordSet(list: Iterable<string>): (word: string) => boolean {
  const set = new Set(list);
  return (word) => set.has(word.toLowerCase());
}
