/** An expression for any of the phrases, the longest first, on word borders. */
export function buildPhrasePattern(list: readonly string[], flags = 'g'): RegExp {
  const sources = [...list].sort((a, b) => b.length - a.length).map(escapePattern);
  return new RegExp(`(?<![\\w.-])(?:${sources.join('|')})(?![\\w]|-[A-Za-z])`, flags);
}

function escapePattern(phrase: string): string {
  return phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
