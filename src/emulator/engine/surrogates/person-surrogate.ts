import { givenNames, isGivenName } from '../lexicon/given-names.ts';
import { surnames } from '../lexicon/surnames.ts';
import { normaliseText } from '../normalise-text.ts';
import type { KeyedDigest } from './keyed-digest.ts';
import { createSubstitution, type Substitution } from './substitution.ts';
import { canonicalise, capitalise, matchCase } from './text-case.ts';

const title = /^(?:dr|doctor|mr|mrs|ms|miss|mx|prof|professor|nurse|rev|jr|sr|ii|iii|iv)$/i;
const particle = /^(?:van|von|der|den|de|del|della|la|las|los|bin|ibn|al|el|dos|da|di|du)$/;
/** In capitals only: "Do" and "Ma" are names. */
const postNominal =
  /^(?:MD|DO|RN|NP|PA|PAC|MSW|LCSW|LICSW|LMSW|LSW|LMFT|LPC|LMHC|BSN|MSN|DNP|LPN|LVN|CNA|FNP|APRN|ARNP|CRNP|CPNP|CNM|CRNA|DPT|PT|OT|OTR|SLP|RD|RDN|RPH|EMT|RRT|DDS|DMD|DPM|MBBS|MPH|CHPN)$/;
const degree =
  'm\\.?d|d\\.?o|r\\.?n|ph\\.?d|psy\\.?d|pharm\\.?d|p\\.?a|d\\.?d\\.?s|d\\.?m\\.?d|[a-z]{0,4}np|[a-z]{0,2}msw';
const degreesBehindComma = new RegExp(`^(?:[,\\s]+(?:${degree})\\.?(?:-c)?)+$`, 'i');
const stems =
  'Ash Bar Bex Bram Brin Cal Carl Chel Cor Dal Den Dor Dun El Fair Fal Fen Gar Gil Glad Gran Hal Ham Har Hart Hol Kel Ken Kin Lan Lang Lin Mal Mar Mel Mor Nor Oak Pem Pen Quin Rad Ram Rock Rom Sel Shel Stan Sun Tal Thorn Tren Wal War Wel Wes Whit Wil Win Wood York'.split(
    ' ',
  );
const endings =
  'beck berg bourne bridge brook burn bury by combe cott croft dale den don field ford gate grove ham hurst land leigh ley low man mere more mont ridge shaw stead stock ston ter thorpe ton vale vane ville wald ward way well wick win wood worth'.split(
    ' ',
  );

/** Replaces the words of a person's name one by one; titles, credentials and particles stay. */
export function createPersonSurrogate(digest: KeyedDigest): (name: string) => string {
  const given = createSubstitution(givenNames, digest, 'given');
  const family = createSubstitution(surnames, digest, 'family');
  return (name) => {
    const cut = findCredentials(name);
    const hasCapital = /\p{Lu}/u.test(name);
    const replaced = name
      .slice(0, cut)
      .replace(/[\p{L}\p{M}\p{N}]+/gu, (word) =>
        hasCapital && particle.test(word) ? word : replaceWord(word, { given, family, digest }),
      );
    return replaced + name.slice(cut);
  };
}

function findCredentials(name: string): number {
  const commas = [...name.matchAll(/,/g)].map((match) => match.index);
  return commas.find((comma) => degreesBehindComma.test(name.slice(comma))) ?? name.length;
}

interface Sources {
  readonly given: Substitution;
  readonly family: Substitution;
  readonly digest: KeyedDigest;
}

/**
 * A word means the same wherever it stands, so "Whitlock, Marjorie" and "Marjorie" agree; a word
 * that is both a given and a family name always counts as given.
 */
function replaceWord(word: string, { given, family, digest }: Sources): string {
  if (title.test(word) || postNominal.test(word)) return word;
  const key = canonicalise(normaliseText(word));
  if (/^\p{N}+$/u.test(word)) return replaceDigits(word, digest);
  if (word.length <= 2 && !family.has(key) && !isGivenName(key))
    return replaceInitials(word, digest);
  const source = given.has(key) ? given : family;
  const name = source.has(key) ? source.replace(key) : inventSurname(key, digest);
  return matchCase(word, capitalise(name));
}

function inventSurname(key: string, digest: KeyedDigest): string {
  const random = digest.number('surname', key);
  const stem = stems[random % stems.length] ?? 'Ash';
  const ending = endings[Math.floor(random / stems.length) % endings.length] ?? 'ford';
  const name = `${stem}${ending}`.toLowerCase();
  return name === key ? `${name}er` : name;
}

function replaceInitials(word: string, digest: KeyedDigest): string {
  return word.replace(/\p{L}/gu, (letter) => {
    const step = 1 + (digest.number('initial', letter.toUpperCase()) % 25);
    const code = letter.toUpperCase().charCodeAt(0) - 65;
    const next = String.fromCharCode(65 + ((((code + step) % 26) + 26) % 26));
    return matchCase(letter, letter === letter.toLowerCase() ? next.toLowerCase() : next);
  });
}

function replaceDigits(word: string, digest: KeyedDigest): string {
  const step = 1 + (digest.number('name-digits', word) % 9);
  return word.replace(/\d/g, (digit) => String((Number(digit) + step) % 10));
}
