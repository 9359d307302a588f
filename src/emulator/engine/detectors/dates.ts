import { type Candidate, collectMatches } from '../candidate.ts';
import {
  holidayPattern,
  monthPattern,
  seasonPattern,
  weekdayPattern,
} from '../lexicon/date-words.ts';

const month = '(?:0?[1-9]|1[0-2])';
const day = '(?:0?[1-9]|[12]\\d|3[01])';
const year = '(?:1[89]|20)\\d\\d';
const ordinalDay = `${day}(?:st|nd|rd|th)?`;
const notBefore = '(?<![\\w/.:-]|\\d,)';
const notAfter = '(?![\\w/%]|[-.:]\\d)';
const nameMonth = `(?:${monthPattern})`;
const weekday = `(?:(?:${weekdayPattern}),? )?`;

const pattern = (source: string, flags = 'gi') => new RegExp(source, flags);

/** Complete dates, whose form proves them. */
const complete: readonly RegExp[] = [
  pattern(`${notBefore}${year}([-/.])${month}\\1${day}(?!\\d|[-/]\\d|\\.\\d)`),
  pattern(`${notBefore}${month}([-/.])${day}\\1(?:${year}|\\d\\d)${notAfter}`),
  pattern(`${notBefore}${day}([-/.])${month}\\1(?:${year}|\\d\\d)${notAfter}`),
  pattern(`(?<![\\w/.:-])${day}[- ]?${nameMonth}[- ,']{0,2}(?:${year}|\\d\\d)${notAfter}`),
  pattern(
    `(?<![\\w/])${weekday}\\b${nameMonth} ?${ordinalDay}(?:,? ?(?:(?:of )?${year}|'\\d\\d)|, \\d\\d(?=[\\s,;)]))?(?![\\w/%]|\\.\\d)`,
  ),
  pattern(
    `(?<![\\w/.])${weekday}(?:the )?${ordinalDay}(?: day)?(?: of)? \\b${nameMonth}\\b(?:,? (?:${year}|'\\d\\d))?(?![\\w/%])`,
  ),
  pattern(`\\b${nameMonth}[ ,-]{1,2}(?:of )?(?:${year}|'\\d\\d)${notAfter}`),
  pattern(`\\b(?:the )?(?:(?:early|late|mid)[ -])?(?:${seasonPattern})(?: of)? ${year}\\b`),
];

const dobCompact = pattern(
  `\\b(?:dob|dos|date)[: ]{1,3}(?<value>${year}[01]\\d[0-3]\\d|[01]\\d[0-3]\\d(?:${year}|\\d\\d))\\b`,
);
const monthYear = pattern(`${notBefore}(?<value>${month}/${year})${notAfter}`);
const dateCue =
  '(?:on|since|until|till|from|by|dated?|dob|for|of|to|through|thru|before|after|between|and|around|about|scheduled|due|seen|at|last|next|exp(?:ires)?|began|started|starting|lmp|last [a-z]{2,12}|deceased|died|admitted|admit|discharged?|visit|appt|f/u|[-(,:])';
const monthDay = pattern(
  `(?:\\b|(?<=[-(,:]))(?<=${dateCue}[: ]{0,3}(?:the )?)(?<!(?:/10|[ (]\\d) (?:to|and|-) ?)(?<value>${month}/${day})${notAfter}(?! ?(?:bilat|strength|pain|scale|mg|on |in |points?|murmur|systolic|motor|power|correct|recall|fields?))`,
);
const monthDayAtTime = pattern(`${notBefore}${month}/${day}(?= (?:at|@) \\d{1,2}:?\\d\\d\\b)`);
const monthDayAtStart = pattern(
  `^[ \\t-]{0,4}(?<value>${month}/${day})(?=[ :-])(?! ?(?:bilat|strength|pain))`,
  'gm',
);
const dayRange = pattern(
  `${notBefore}${month}/${day} ?- ?${month}/${day}(?:/(?:${year}|\\d\\d))?${notAfter}`,
);
const bareYear = pattern(
  `\\b(?:in|since|until|till|through|before|after|during|circa|early|late|mid|year|around|by|back to|from|deceased|died|born|retired|diagnosed|dx)[ -](?:(?:early|late|mid)[ -])?(?<value>${year})(?! ?(?:m[lg]|cc|calories|kcal|steps|guidelines?|update|hours|hrs|units|copies|cells|patients))(?![\\w/%-]|[.,:]\\d)`,
);
const yearRange = pattern(`(?<![\\w/.-])${year}(?: ?- ?| to )(?:${year}|present)\\b`);
const yearBehindEvent = pattern(
  '(?<=[A-Za-z]{3} \\(?|\\()(?<value>(?:19[3-9]\\d|20[0-3]\\d))(?=[.,;)]|$)(?!\\.\\d|,\\d)',
  'gm',
);
const weekdayAlone = pattern(
  `\\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\\b|\\b(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAYS?\\b|\\b(?:Mon|Tues?|Wed|Thurs?|Fri)\\b(?=[ ,.;)/]|$)`,
  'gm',
);
const saturday =
  /\b(?:on|visited|next|last|this|seen|until|by|due|every|and|here) (?<value>Sat|Sun)\b/g;
const lowerMonth = pattern(
  '\\b(?:since|in|last|until|early|late|mid|next|this) (?<value>january|february|april|june|july|august|september|october|november|december)\\b',
  'g',
);
const lowerWeekday = pattern(
  '\\b(?:on|last|next|this|every|until|by) (?<value>(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\\b',
);
const holiday = pattern(`\\b(?:${holidayPattern})\\b`);
const monthAloneCue =
  '(?:in|since|until|till|by|last|this|next|early|late|mid|of|from|through|during|every|to|before|after|around|between|and|each)';
const monthAlone = pattern(
  `\\b${monthAloneCue}[ -](?:(?:early|late|mid)[ -])?(?<value>(?:January|February|April|June|July|August|September|October|November|December|Jan|Feb|Aug|Sept?|Oct|Nov|Dec|(?<!(?:to|and|of) )(?:March|May)))\\b(?! [A-Z][a-z])`,
  'g',
);

/** Dates in many formats; relative dates and durations are none. */
export function detectDates(view: string): Candidate[] {
  const find = (regex: RegExp, score: number, rule: string) =>
    collectMatches(view, regex, { category: 'Date', score, rule });
  return [
    ...complete.flatMap((regex) => find(regex, 0.95, 'date-complete')),
    ...find(dobCompact, 0.96, 'date-compact'),
    ...find(monthYear, 0.9, 'date-month-year'),
    ...find(dayRange, 0.9, 'date-range'),
    ...find(monthDay, 0.8, 'date-month-day'),
    ...find(monthDayAtTime, 0.8, 'date-month-day'),
    ...find(monthDayAtStart, 0.8, 'date-month-day'),
    ...find(bareYear, 0.7, 'date-year'),
    ...find(yearRange, 0.8, 'date-year-range'),
    ...find(weekdayAlone, 0.8, 'date-weekday'),
    ...find(lowerWeekday, 0.75, 'date-weekday'),
    ...find(holiday, 0.85, 'date-holiday'),
    ...find(monthAlone, 0.75, 'date-month'),
    ...find(saturday, 0.75, 'date-weekday'),
    ...find(lowerMonth, 0.72, 'date-month'),
    ...find(yearBehindEvent, 0.66, 'date-year'),
  ];
}
