import type { Candidate } from './candidate.ts';

/** The best candidates, ordered, without overlaps: the better score wins, then the longer span. */
export function mergeCandidates(candidates: readonly Candidate[]): Candidate[] {
  const ranked = [...candidates].sort(
    (a, b) => b.score - a.score || b.end - b.start - (a.end - a.start) || a.start - b.start,
  );
  const length = ranked.reduce((longest, { end }) => Math.max(longest, end), 0);
  // A map of the taken units keeps this linear where thousands of candidates overlap in a chain.
  const taken = new Uint8Array(length);
  const picked = ranked.filter(({ start, end }) => {
    for (let at = start; at < end; at += 1) if (taken[at] === 1) return false;
    taken.fill(1, start, end);
    return true;
  });
  return picked.sort((a, b) => a.start - b.start);
}
