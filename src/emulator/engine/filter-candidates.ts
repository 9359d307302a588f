import type { Candidate } from './candidate.ts';
import { eponymHead } from './lexicon/common-words.ts';
import { isNameCategory } from './name-category.ts';

/** Drops what only looks like PHI, given the words around it. */
export function filterCandidates(view: string, candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter((candidate) => {
    if (candidate.end <= candidate.start) return false;
    const after = view.slice(candidate.end, candidate.end + 24);
    return !(isNameCategory(candidate.category) && candidate.score < 0.9 && eponymHead.test(after));
  });
}
