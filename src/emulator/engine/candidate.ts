import type { PhiCategory } from './phi-category.ts';

/** A stretch of text that one rule takes for PHI. Offsets are UTF-16 units, the end exclusive. */
export interface Candidate {
  readonly start: number;
  readonly end: number;
  readonly category: PhiCategory;
  /** Confidence between 0 and 1; the better candidate wins where two overlap. */
  readonly score: number;
  /** The rule that found it, for tests and for tuning. */
  readonly rule: string;
}

/** Finds candidates in a normalised view. Pure; order and overlaps do not matter. */
export type Detector = (view: string) => Candidate[];

export type Finding = Pick<Candidate, 'category' | 'score' | 'rule'>;

/**
 * One candidate for each match of a global pattern: its group `value`, which must be the last thing
 * the pattern consumes (look-ahead may follow), or else the whole match.
 */
export function collectMatches(view: string, pattern: RegExp, finding: Finding): Candidate[] {
  const candidates: Candidate[] = [];
  for (const match of view.matchAll(pattern)) {
    const end = match.index + match[0].length;
    const length = match.groups?.value?.length ?? match[0].length;
    candidates.push({ ...finding, start: end - length, end });
  }
  return candidates;
}
