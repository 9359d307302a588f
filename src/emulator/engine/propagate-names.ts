import type { Candidate } from './candidate.ts';
import { eponymHead, isAmbiguousName, isNeverName } from './lexicon/common-words.ts';
import { isNameCategory } from './name-category.ts';

const word = /(?<![\w'@.-])[A-Za-z][A-Za-z]{1,24}(?:[-'][A-Z][A-Za-z]{1,24}){0,2}(?![\w@])/g;
const minScore = 0.76;

/**
 * Finds the words of the names that are already known wherever else they stand, so that
 * "Whitlock" is found again without its title.
 */
export function propagateNames(view: string, entities: readonly Candidate[]): Candidate[] {
  const known = collectNameWords(view, entities);
  if (known.size === 0) return [];
  const found: Candidate[] = [];
  let next = 0;
  for (const match of view.matchAll(word)) {
    const start = match.index;
    const end = start + match[0].length;
    while ((entities[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next += 1;
    if ((entities[next]?.start ?? Number.POSITIVE_INFINITY) < end) continue;
    const source = known.get(match[0]);
    if (!source || eponymHead.test(view.slice(end, end + 24))) continue;
    if (isAmbiguousName(match[0]) && !/[a-z,] $/.test(view.slice(Math.max(0, start - 2), start)))
      continue;
    found.push({
      start,
      end,
      category: source.category,
      score: source.score - 0.1,
      rule: 'name-again',
    });
  }
  return joinNeighbours(view, found);
}

function collectNameWords(view: string, entities: readonly Candidate[]): Map<string, Candidate> {
  const known = new Map<string, Candidate>();
  for (const entity of entities) {
    if (!isNameCategory(entity.category) || entity.score < minScore) continue;
    for (const [text] of view.slice(entity.start, entity.end).matchAll(word)) {
      if (text.length < 3 || isNeverName(text)) continue;
      for (const form of spellings(text)) if (!known.has(form)) known.set(form, entity);
    }
  }
  return known;
}

/** A name in capitals is found in ordinary spelling as well, and the other way round. */
function spellings(text: string): string[] {
  const capitalised = text.charAt(0).toUpperCase() + text.slice(1);
  const ordinary = capitalised.replace(/[A-Za-z]+/g, (w) => w.charAt(0) + w.slice(1).toLowerCase());
  const forms = [text, capitalised, capitalised.toUpperCase()];
  return text === text.toUpperCase() ? [...forms, ordinary] : forms;
}

function joinNeighbours(view: string, found: readonly Candidate[]): Candidate[] {
  const joined: Candidate[] = [];
  for (const candidate of found) {
    const last = joined.at(-1);
    if (last && /^ (?:[A-Z]\.? )?$/.test(view.slice(last.end, candidate.start))) {
      joined[joined.length - 1] = { ...last, end: candidate.end };
    } else joined.push(candidate);
  }
  return joined;
}
