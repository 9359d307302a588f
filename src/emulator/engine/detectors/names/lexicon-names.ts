import type { Candidate } from '../../candidate.ts';
import { isAmbiguousName, isNeverName } from '../../lexicon/common-words.ts';
import { isGivenName } from '../../lexicon/given-names.ts';
import { isSurname } from '../../lexicon/surnames.ts';
import { isNameWord, readName } from './read-name.ts';

const capitalised =
  /(?<![\w'.@/-])(?:[A-Z]')?[A-Z][A-Za-z]{1,24}(?:[-'][A-Z][A-Za-z]{1,24}){0,2}|(?<![\w'.@/-])[A-Z]\.(?= ?[A-Z][a-z])/g;
const lastFirst =
  /(?<![\w'-])(?<last>(?:[A-Z]')?[A-Z][A-Za-z]{1,20}(?:-[A-Z][A-Za-z]{1,20})?), ?(?<first>[A-Z][A-Za-z]{1,16})(?: [A-Z]\b\.?)?(?![\w'@-])/g;
const lowerPair =
  /(?<![\w'@.-])(?<first>[a-z]{3,12})(?=(?<rest> (?:[a-z]\.? )?(?<last>[a-z]{3,14}))(?![\w'@-]))/g;
const doctorContext =
  /(?:\b(?:by|with|per|nurse|physician|surgeon|provider|attending|resident|doctor|consultant|dr\.?|rn|w\/|therapist)[ :]{1,2})$/i;
const roleBehind =
  /^,? (?:is |was )?(?:the |our |his |her |my )?(?:on-call |attending |charge |primary |staff )?(?:pharmacist|nurse|physician|surgeon|therapist|pcp|cardiologist|neurologist|oncologist|social worker|case manager|dietitian|technologist|midwife|resident|hospitalist|radiologist|psychologist|psychiatrist|counselor|doctor|provider)\b/i;
const facilityHead =
  /^(?:'s)? (?:Hospital|Hosp|Clinic|Medical|Health|Center|Street|St\b|Ave|Road|Rd|Lane|County|University|College|School|Institute|Memorial|Regional|General|Foundation|Pharmacy|Office|disease|syndrome|sign)/i;

/** Names that the lexicons give away without any cue. */
export function detectLexiconNames(view: string): Candidate[] {
  return [...detectCapitalised(view), ...detectLastFirst(view), ...detectLowerCase(view)];
}

function detectCapitalised(view: string): Candidate[] {
  const candidates: Candidate[] = [];
  let consumed = 0;
  for (const match of view.matchAll(capitalised)) {
    if (match.index < consumed) continue;
    const score = scoreStart(view, match.index, match[0]);
    if (score === 0) continue;
    const name = readName(view, match.index, { lowerCase: false, lastFirst: false });
    if (!name || facilityHead.test(view.slice(name.end, name.end + 14))) continue;
    consumed = name.end;
    const isDoctor =
      doctorContext.test(view.slice(Math.max(0, name.start - 14), name.start)) ||
      roleBehind.test(view.slice(name.end, name.end + 40));
    candidates.push({
      start: name.start,
      end: name.end,
      category: isDoctor ? 'Doctor' : 'Patient',
      score,
      rule: 'name-lexicon',
    });
  }
  return candidates;
}

const nextWord = / (?:[A-Z]\.? )?([A-Z][A-Za-z]{1,24}(?:[-'][A-Z][A-Za-z]{1,24}){0,2})(?![\w@])/y;
const nextInitial = / [A-Z]\b(?![\w'/&-])/y;

/** How likely a capitalised word starts a name, given the word behind it. 0: not at all. */
function scoreStart(view: string, at: number, token: string): number {
  const end = at + token.length;
  nextWord.lastIndex = end;
  const next = nextWord.exec(view)?.[1];
  const nextIsName = next !== undefined && isNameWord(next);
  if (token.endsWith('.')) {
    const last = /^ ?([A-Z][A-Za-z'-]+)/.exec(view.slice(end, end + 26))?.[1] ?? '';
    return isSurname(last) && !isNeverName(last) && !isAmbiguousName(last) ? 0.78 : 0;
  }
  const isGiven = isGivenName(token);
  const isFirm = isGiven && !isAmbiguousName(token);
  if (isFirm && nextIsName) return isSurname(next) ? 0.85 : 0.76;
  if (isGiven && nextIsName && isSurname(next) && !isAmbiguousName(next)) return 0.8;
  nextInitial.lastIndex = end;
  if (isGiven && next === undefined && nextInitial.test(view)) return isFirm ? 0.82 : 0.6;
  if (isAmbiguousName(token)) return 0;
  if (nextIsName && isSurname(next) && !isAmbiguousName(next) && /[a-z]/.test(token)) return 0.66;
  return isFirm && !isSurname(token) && /[a-z]/.test(token) ? 0.6 : 0;
}

function detectLastFirst(view: string): Candidate[] {
  const candidates: Candidate[] = [];
  for (const match of view.matchAll(lastFirst)) {
    const { last = '', first = '' } = match.groups ?? {};
    if (isNeverName(first) || isNeverName(last) || (!isGivenName(first) && !isUpper(last)))
      continue;
    const isKnown = isSurname(last) || (isUpper(last) && !isUpper(first) && last.length > 3);
    if (
      !isKnown ||
      (isGivenName(last) && !isUpper(last)) ||
      (!isGivenName(first) && !isSurname(last))
    )
      continue;
    candidates.push({
      start: match.index,
      end: match.index + match[0].length,
      category: 'Patient',
      score: isUpper(last) ? 0.88 : 0.8,
      rule: 'name-last-first',
    });
  }
  return candidates;
}

function isUpper(word: string): boolean {
  return word === word.toUpperCase();
}

function detectLowerCase(view: string): Candidate[] {
  const candidates: Candidate[] = [];
  for (const match of view.matchAll(lowerPair)) {
    const { first = '', last = '', rest = '' } = match.groups ?? {};
    if (!isGivenName(first) || isAmbiguousName(first) || isNeverName(first)) continue;
    if (!isSurname(last) || isAmbiguousName(last) || isNeverName(last)) continue;
    candidates.push({
      start: match.index,
      end: match.index + first.length + rest.length,
      category: doctorContext.test(view.slice(Math.max(0, match.index - 14), match.index))
        ? 'Doctor'
        : 'Patient',
      score: 0.75,
      rule: 'name-lower-case',
    });
  }
  return candidates;
}
