import { type Candidate, collectMatches } from '../../candidate.ts';
import { isAmbiguousName, isNeverName } from '../../lexicon/common-words.ts';
import { isGivenName } from '../../lexicon/given-names.ts';
import { isSurname } from '../../lexicon/surnames.ts';

const dotted =
  /\b(?:from|to|by|author|sent|cc|user|entered|signed)[ \t]{0,2}:?[ \t]{1,4}(?<value>[a-z]\.[ ]?[a-z]{3,16})(?![\w@.])/gi;
const typistInitials =
  /\b(?:transcribed|typed|t)(?::? [\d/:-]{4,10})?(?: by|:)[ \t]{1,3}(?<value>[a-z]{2,3})\b(?=[ \t]*$)/gim;
const lowerCredential =
  /(?<![\w@.-])(?<value>[a-z]{3,14}(?: [a-z]{3,14})?,? (?:md|rn|pa-c|np|lpn|lcsw|crna|do|msw|arnp|cnm))(?![\w-])/g;
const inBrackets =
  /(?<=([A-Z])[a-z]{1,20} (?:[A-Z]\. )?[A-Z][a-z]{1,20}(?:-[A-Z][a-z]{1,20})? \(["']?)(?<value>\1[A-Z]|[A-Z][a-z]{2,12})(?=["']?\))/g;

/** Short forms of names: `r.steinberg`, a typist's initials, `jenny, pa-c`, the bracketed nickname. */
export function detectShortNames(view: string): Candidate[] {
  const doctor = (pattern: RegExp, rule: string) =>
    collectMatches(view, pattern, { category: 'Doctor', score: 0.8, rule });
  return [
    ...doctor(dotted, 'name-dotted'),
    ...doctor(typistInitials, 'name-typist'),
    ...doctor(lowerCredential, 'name-credential').filter(({ start, end }) => {
      const [last = ''] = view.slice(start, end).split(/,? [a-z-]+$/);
      return last.split(' ').every(isFirmName);
    }),
    ...collectMatches(view, inBrackets, {
      category: 'Patient',
      score: 0.74,
      rule: 'name-nickname',
    }).filter(({ start, end }) => {
      const text = view.slice(start, end);
      return text.length === 2 || (isGivenName(text) && !isNeverName(text));
    }),
  ];
}

function isFirmName(word: string): boolean {
  return (isGivenName(word) || isSurname(word)) && !isAmbiguousName(word);
}
