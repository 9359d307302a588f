import type { Candidate } from './candidate.ts';
import { eponymHead } from './lexicon/common-words.ts';
import { isNameCategory } from './name-category.ts';

const firmScore = 0.9;

/** Drops what only looks like PHI, given the words around it. */
export function filterCandidates(view: string, candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter((candidate) => {
    if (candidate.end <= candidate.start) return false;
    const after = view.slice(candidate.end, candidate.end + 24);
    return !(mayBeEponym(candidate) && eponymHead.test(after));
  });
}

function mayBeEponym({ category, score }: Candidate): boolean {
  return (
    score < firmScore &&
    (isNameCategory(category) || category === 'Hospital' || category === 'City')
  );
}
