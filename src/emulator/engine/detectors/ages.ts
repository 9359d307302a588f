import { type Candidate, collectMatches } from '../candidate.ts';

const number = '(?<value>\\d{1,3})';
const unit = '(?:years?|yrs?|months?|mos?|weeks?|wks?|days?)';

const patterns: readonly RegExp[] = [
  /(?<![\w./-])(?<value>1?\d{1,2})(?=[ -]?(?:years?|yrs?|months?|mos?|weeks?|wks?|days?)\.?[ -](?:old|of age)\b)/gi,
  /(?<![\w./-])(?<value>1?\d{1,2})(?=[ -]?y[ ./]{0,2}o\b)/gi,
  /(?<![\w./-])(?<value>1?\d{1,2})(?= ?(?:yr?s?|m\/?o|w\/?o|d\/?o)\b\.?,? ?(?:old|[mf]\b|male|female|man|woman|boy|girl))/gi,
  /(?<![\w./-])(?<value>[1-9]\d)(?=[MF]\b(?![-/]))/g,
  /(?<=^|[\n:,(] {0,3}|\ba |\bpt |\bis )(?<value>[1-9]\d)(?= ?(?:M|F|male|female)\b(?! ?[-/]))/g,
  new RegExp(
    `\\b(?:aged?|ages)(?: (?:of|is|about|approximately))?[ \\t]{0,3}[:=]?[ \\t]{0,5}${number}\\b(?![./%-]\\d| ?(?:${unit} ago))`,
    'gi',
  ),
  /\b(?:he|she|who|patient|pt|they)(?:'s| is|'re| was) (?:now |about |only )?(?<value>[1-9]\d)(?=[.,;]| and\b)(?!\.\d)/gi,
  /\b[A-Z][a-z]{1,20} [A-Z][a-z]{1,20}(?:-[A-Z][a-z]{1,20})?(?: \(|, )(?<value>[1-9]\d?)(?=\)|, (?!\d))/g,
  /(?<=\b(?:Mr|Mrs|Ms|Miss|pt|Pt|patient|son|daughter|sister|brother|wife|husband|mother|father|cousin|niece|nephew|child)\.?(?: [A-Z][A-Za-z'-]{1,20}){1,2}, )(?<value>\d{1,2})(?=[,;.)]|$)/gm,
  /\b(?:cancer|mi|died|passed(?: away)?|disease|diagnosed|stroke|cad|cabg|onset|menarche|menopause|dementia|dm|diabetes) (?:at|@) (?:age )?(?<value>\d{1,2})(?=[.,;)]|$| (?:and|of|from|with|after)\b)/gim,
  /\bturn(?:ed|ing|s) (?<value>\d{1,3})\b(?! (?:degrees|times))/gi,
  /(?<![\w./-])(?<value>1?\d{1,2})(?=[ -](?:year|yr)[ -](?:gentleman|lady|woman|man|male|female))/gi,
  /\b(?<value>(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)(?=[ -]years?[ -]old)/gi,
];

/** Ages: the number only, not the unit. */
export function detectAges(view: string): Candidate[] {
  return patterns.flatMap((pattern) =>
    collectMatches(view, pattern, { category: 'Age', score: 0.9, rule: 'age' }),
  );
}
