import { cities, countries, placeEndings, placeStems, states } from '../lexicon/places.ts';
import { professions } from '../lexicon/professions.ts';
import { replaceCharacters } from './id-surrogate.ts';
import type { KeyedDigest } from './keyed-digest.ts';
import { canonicalise, matchCase } from './text-case.ts';

const keptHead =
  /\b(?:(?:Regional |General |Memorial |University |Community )?(?:Medical Center|Health Center|Urgent Care|Nursing Home|Assisted Living|Eye Associates|Behavioral Health|Hospital|Clinic|Hospice|Health|Imaging|University|College|High School|School|Pharmacy|Church|Lines|Inc\.?|LLC|Company|Bank|Hotel|Associates|Group|County|Park|Beach|Lake|River|Island|Bridge|Airport|Mall))$/i;
const structural =
  /^(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|place|pl|terrace|ter|circle|cir|way|parkway|pkwy|highway|hwy|trail|trl|square|sq|loop|alley|plaza|pike|turnpike|row|run|path|north|south|east|west|n|s|e|w|ne|nw|se|sw|apt|apartment|unit|suite|ste|rm|room|floor|fl|bldg|building|lot|trailer|p|o|po|box|post|office|rr|rural|route|county|state|us|th|nd|rd)$/i;

/** A made-up two-word name; the word at the end that says what it is stays. */
export function replacePlaceName(text: string, kind: string, digest: KeyedDigest): string {
  const head = keptHead.exec(text)?.[0];
  const body = head ? text.slice(0, -head.length).trim() : text;
  const random = digest.number(kind, canonicalise(body));
  const stem = placeStems[random % placeStems.length] ?? 'Cedar';
  const ending = placeEndings[Math.floor(random / 64) % placeEndings.length] ?? 'Hill';
  const fallbackHead = kind === 'Hospital' ? 'Hospital' : '';
  return matchCase(text, [stem, ending, head ?? fallbackHead].filter(Boolean).join(' '));
}

/** Another number, other names; "Street", "Apt" and "P.O. Box" stay. */
export function replaceStreet(text: string, digest: KeyedDigest): string {
  const key = canonicalise(text);
  return text
    .replace(/\d+/g, (digits) => replaceCharacters(digits, `street:${key}`, digest))
    .replace(/[\p{L}\p{M}]{2,}/gu, (word) => {
      if (structural.test(word)) return word;
      const random = digest.number('street', canonicalise(word));
      return matchCase(word, placeStems[random % placeStems.length] ?? 'Cedar');
    });
}

/** A code gives a code and a name gives a name, of the same other state. */
export function replaceState(text: string, digest: KeyedDigest): string {
  const wanted = canonicalise(text);
  const index = states.findIndex((pair) => pair.some((form) => form.toLowerCase() === wanted));
  const step = 1 + (digest.number('state', 'step') % (states.length - 1));
  const from = index >= 0 ? index : digest.number('state', wanted) % states.length;
  const [code, name] = states[(from + step) % states.length] ?? ['WY', 'Wyoming'];
  return matchCase(text, text.length <= 2 ? code : name);
}

export function replaceCity(text: string, digest: KeyedDigest): string {
  return pickOther(text, cities, 'city', digest);
}

export function replaceCountry(text: string, digest: KeyedDigest): string {
  return pickOther(text, countries, 'country', digest);
}

export function replaceProfession(text: string, digest: KeyedDigest): string {
  return matchCase(text, pickOther(text, professions, 'profession', digest));
}

function pickOther(
  text: string,
  list: readonly string[],
  kind: string,
  digest: KeyedDigest,
): string {
  return matchCase(text, list[digest.number(kind, canonicalise(text)) % list.length] ?? text);
}
