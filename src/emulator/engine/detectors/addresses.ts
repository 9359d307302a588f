import { type Candidate, collectMatches } from '../candidate.ts';
import { states } from '../lexicon/places.ts';

const suffix =
  '(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Terrace|Ter|Circle|Cir|Way|Parkway|Pkwy|Highway|Hwy|Trail|Trl|Square|Sq|Loop|Alley|Plaza|Turnpike|Pike|Crescent|Cres|Row|Run|Path|Crossing|Xing|Bend|Ridge|Broadway|Walk|Mews|Close)';
const unit =
  '(?:,? (?:Apt|Apartment|Unit|Suite|Ste|Rm|Room|Floor|Fl|Bldg|Building|Lot|Trailer|Space|#)\\.? ?#?[A-Za-z0-9-]{1,6})?';
const direction = '(?:[NSEW]|NE|NW|SE|SW|North|South|East|West)';
const streetWord = "(?:[A-Z][A-Za-z'.]{0,20}|\\d{1,3}(?:st|nd|rd|th))";
const numbered = new RegExp(
  `(?<![\\w/.-])\\d{1,6}[A-Z]?(?:-\\d{1,4})? (?:${direction}\\.? )?(?:${streetWord} ){1,4}${suffix}\\b\\.?(?: ${direction}\\b\\.?)?${unit}`,
  'g',
);
const numberedLowerCase = new RegExp(
  `(?<![\\w/.-])\\d{1,6} (?:[a-z]{1,15} ){1,3}(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|court|ct|place|circle|way|parkway|pkwy)\\b\\.?${unit}`,
  'g',
);
const broadway = new RegExp(`(?<![\\w/.-])\\d{1,6} (?:${direction}\\.? )?Broadway\\b${unit}`, 'g');
const postBox = /\b(?:P\.? ?O\.? ?|Post Office )Box:? ?#?\d{1,7}/gi;
const ruralRoute = /\b(?:RR|Rural Route|HC) ?#?\d{1,3},? Box \d{1,5}/g;
const highway =
  /(?<![\w/.-])\d{2,6} (?:County Road|State Route|Highway|Hwy|Route|US|CR) \d{1,4}[A-Z]?\b/g;
const named =
  /\b(?:on|at|near|lives on|corner of|from) (?<value>(?:[A-Z][a-z]{2,15} ){1,2}(?:Street|Avenue|Road|Boulevard|Lane|Drive|Blvd|Ave|St|Rd))\b(?!\. [A-Z][a-z]+'s)/g;

const codes = states.map(([code]) => code).join('|');
const names = states.map(([, name]) => name).join('|');
const cityWord = "(?:(?:St|Ft|Mt)\\. )?[A-Z][A-Za-z'-]{1,20}";
const cityState = new RegExp(
  `\\b(?<city>${cityWord}(?: (?:of |du )?${cityWord}){0,2})(?<gap>, ?| )(?<state>(?:${codes}|${names}|Tex|Calif|Mass|Penn|Wash|Ariz|Fla)\\b)(?<zip>\\.?,? {1,3}\\d{5}(?:-\\d{4})?(?!\\d))?`,
  'g',
);
const bracketedState = new RegExp(`(?<=\\d{4,12} \\()(?<value>${codes})(?=\\))`, 'g');
const zipLabelled =
  /\bzip(?: ?code)?(?: is)?[ \t]{0,3}:?[ \t]{0,3}(?<value>\d{5}(?:-\d{4})?)(?!\d)/gi;
const notACity =
  /^(?:The|And|In|At|From|To|Of|For|Patient|Pt|Dr|By|With|Seen|Lives?|Or|Blood|Type|On|He|She)$/;

/** Streets, post boxes, zips, and a city by the state that follows it. */
export function detectAddresses(view: string): Candidate[] {
  const street = (regex: RegExp, score: number) =>
    collectMatches(view, regex, { category: 'Street', score, rule: 'street' });
  return [
    ...street(numbered, 0.95),
    ...street(numberedLowerCase, 0.8),
    ...street(broadway, 0.93),
    ...street(postBox, 0.96),
    ...street(ruralRoute, 0.95),
    ...street(highway, 0.9),
    ...street(named, 0.8),
    ...collectMatches(view, zipLabelled, { category: 'Zip', score: 0.95, rule: 'zip-label' }),
    ...collectMatches(view, bracketedState, {
      category: 'State',
      score: 0.8,
      rule: 'state-brackets',
    }),
    ...[...view.matchAll(cityState)].flatMap(readCityState),
  ];
}

function readCityState(match: RegExpExecArray): Candidate[] {
  const { city = '', gap = '', state = '', zip = '' } = match.groups ?? {};
  // "Boston MA" needs its zip as a proof: "Jane MD", "Is OK" and "Park OR" have the same form.
  if (gap === ' ' && zip === '') return [];
  const words = city.split(' ');
  while (words.length > 0 && notACity.test(words[0] ?? '')) words.shift();
  const name = words.join(' ');
  const cityEnd = match.index + city.length;
  const stateStart = cityEnd + gap.length;
  const stateEnd = stateStart + state.length;
  const digits = zip.replace(/^\D+/, '');
  const isCredential =
    zip === '' && /^(?:MD|MA|PA|OR|IN|ME|OK|HI|ID|CO|AL|DE|LA|MT|MS|PA|SC|VA)$/.test(state);
  const score = isCredential ? 0.55 : 0.9;
  const found: Candidate[] = [
    { start: stateStart, end: stateEnd, category: 'State', score, rule: 'state-after-city' },
  ];
  if (name !== '' && !/ (?:County|Parish)$/.test(name)) {
    const start = cityEnd - name.length;
    found.push({ start, end: cityEnd, category: 'City', score, rule: 'city-before-state' });
  }
  if (digits !== '') {
    const end = match.index + match[0].length;
    found.push({ start: end - digits.length, end, category: 'Zip', score: 0.95, rule: 'zip' });
  }
  return found;
}
