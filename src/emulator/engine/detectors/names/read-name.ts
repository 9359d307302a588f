import { isAmbiguousName, isNeverName } from '../../lexicon/common-words.ts';
import { isGivenName } from '../../lexicon/given-names.ts';
import { isSurname } from '../../lexicon/surnames.ts';

/** A name as it stands in the text. */
export interface NameSpan {
  readonly start: number;
  readonly end: number;
  /** Its words without initials, nicknames, particles and titles. */
  readonly words: readonly string[];
}

export interface ReadOptions {
  /** Take words that are not capitalised, if a lexicon knows them. */
  readonly lowerCase: boolean;
  /** Take `Last, First`. */
  readonly lastFirst: boolean;
  /** Take `A.` for a whole name. */
  readonly initialAlone?: boolean;
}

const nameWord = /(?:[A-Z]')?[A-Z][A-Za-z]{1,24}(?:[-'][A-Z][A-Za-z]{1,24}){0,2}(?![\w@])/y;
const lowerWord = /[a-z]{2,20}(?:-[a-z]{2,20})?(?![\w@.-])/y;
const initial = /[A-Z]\.(?:[A-Z]\.){0,2}|[A-Z](?![\w'/.&:-])/y;
const particle =
  /(?:van der|van den|van|von|de la|de los|de|del|della|la|bin|ibn|al|el|dos|da|di|du|st\.)(?= [A-Z])/iy;
const nickname = /["'(][A-Z][a-z]{1,14}["')](?= )/y;
const generation = /,? (?:Jr|Sr|II|III|IV)\b\.?/y;
const maxParts = 5;

/** Reads a name that starts exactly here, or nothing. Never crosses a line. */
export function readName(view: string, at: number, options: ReadOptions): NameSpan | undefined {
  const words: string[] = [];
  let end = at;
  let position = at;
  let hasComma = false;
  for (let parts = 0; parts < maxParts; parts += 1) {
    const part = readPart(view, position, options, parts > 0);
    if (!part) break;
    if (part.isWord) words.push(part.text);
    end = position + part.text.length;
    const next = view.charAt(end);
    if (next === ',' && options.lastFirst && !hasComma && words.length === 1 && parts <= 1) {
      const first = end + (view.charAt(end + 1) === ' ' ? 2 : 1);
      if (!startsGivenName(view, first, options)) break;
      hasComma = true;
      position = first;
    } else if (next === ' ') position = end + 1;
    else break;
  }
  if (words.length === 0 && end - at < (options.initialAlone ? 2 : 4)) return undefined;
  end += matchLength(generation, view, end);
  return { start: at, end, words };
}

function startsGivenName(view: string, at: number, options: ReadOptions): boolean {
  const part = readPart(view, at, options, false);
  return part?.isWord === true;
}

function readPart(view: string, at: number, { lowerCase }: ReadOptions, isLater: boolean) {
  const word = matchText(nameWord, view, at);
  if (word !== '') return isNameWord(word) ? { text: word, isWord: true } : undefined;
  const short = matchText(initial, view, at);
  if (short !== '') return { text: short, isWord: false };
  if (isLater) {
    const nick = matchText(nickname, view, at);
    if (nick !== '') return { text: nick, isWord: false };
  }
  const prefix = matchText(particle, view, at);
  if (prefix !== '') return { text: prefix, isWord: false };
  if (!lowerCase) return undefined;
  const lower = matchText(lowerWord, view, at);
  const isKnown = lower !== '' && (isGivenName(lower) || isSurname(lower));
  return isKnown && !isNeverName(lower) && !(isAmbiguousName(lower) && isLater)
    ? { text: lower, isWord: true }
    : undefined;
}

/** Whether a capitalised word may be a part of a name at all. */
export function isNameWord(word: string): boolean {
  // "Young", "Will" and "Ana" are names as well as words: in ordinary spelling they may be either.
  return !isNeverName(word) || (/[a-z]/.test(word) && (isGivenName(word) || isSurname(word)));
}

export function matchText(sticky: RegExp, view: string, at: number): string {
  sticky.lastIndex = at;
  return sticky.exec(view)?.[0] ?? '';
}

function matchLength(sticky: RegExp, view: string, at: number): number {
  return matchText(sticky, view, at).length;
}
