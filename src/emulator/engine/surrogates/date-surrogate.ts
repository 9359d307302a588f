import {
  holidayNames,
  holidayPattern,
  monthNames,
  monthPattern,
  weekdayNames,
  weekdayPattern,
} from '../lexicon/date-words.ts';
import { type CivilDate, fromDayNumber, toDayNumber } from './calendar.ts';
import type { KeyedDigest } from './keyed-digest.ts';
import { matchCase } from './text-case.ts';

const month = `(?<mon>${monthPattern})`;
const year = "'?(?<y>\\d{4}|\\d{2}(?!\\d))";
/** Every way of writing a date that can be shifted, the most complete first. */
const forms: readonly RegExp[] = [
  '(?<!\\d)(?<y>\\d{4})(?<sep>[-/.])(?<m>\\d{1,2})\\k<sep>(?<d>\\d{1,2})(?!\\d)',
  '(?<!\\d)(?<m>\\d{1,2})(?<sep>[-/.])(?<d>\\d{1,2})\\k<sep>(?<y>\\d{4}|\\d{2})(?!\\d)',
  '(?<!\\d)(?<y>(?:19|20)\\d\\d)(?<m>[01]\\d)(?<d>[0-3]\\d)(?!\\d)',
  '(?<!\\d)(?<m>[01]\\d)(?<d>[0-3]\\d)(?<y>\\d{4}|\\d{2})(?!\\d)',
  `\\b(?<d>\\d{1,2})(?<ord>st|nd|rd|th)?(?: day)?(?: of)?[- ]?${month}(?:[- ,']{1,3}(?:of )?${year}|(?<y2>\\d{4}|\\d{2})(?!\\d))?`,
  `\\b${month}[- ]?(?<d>\\d{1,2})(?!\\d)(?<ord>st|nd|rd|th)?(?:,? ?(?:of )?${year})?`,
  `\\b${month}[ ,-]{1,2}(?:of )?${year}`,
  '(?<!\\d)(?<m>\\d{1,2})[/-](?<y>\\d{4})(?!\\d)',
  '(?<!\\d)(?<m>\\d{1,2})[/.-](?<d>\\d{1,2})(?!\\d)',
  '\\b(?<season>spring|summer|fall|autumn|winter)(?: of)? (?<y>\\d{4})',
  `\\b${month}(?![a-z])`,
  `\\b(?<wd>${weekdayPattern})(?![a-z])`,
  `\\b(?<hol>${holidayPattern})`,
  "(?<!\\d)'?(?<y>\\d{4}|(?<=')\\d{2})(?!\\d)",
].map((source) => new RegExp(source, 'gid'));

const seasons = ['winter', 'spring', 'summer', 'fall'];
/** A year for dates that name none. The shift is in whole leap cycles, so the choice hardly matters. */
const referenceYear = 2023;
const daysPerLeapCycle = 1461;

/**
 * The shift of one scope, in days, always back. Whole leap cycles change the year; 32 to 150 days
 * more change the month, and never whole weeks, so that the weekday changes as well.
 */
export function chooseShiftDays(digest: KeyedDigest): number {
  const random = digest.number('date', 'shift');
  const cycles = 1 + (random % 3);
  const extra = 32 + (Math.floor(random / 3) % 119);
  const days = cycles * daysPerLeapCycle + extra;
  return -(days % 7 === 0 ? days + 1 : days);
}

/** The text of a date with every date in it shifted, in the format that it has. */
export function shiftDateText(text: string, shiftDays: number): string {
  const edits: Array<{ start: number; end: number; text: string }> = [];
  for (const form of forms) {
    for (const match of text.matchAll(form)) {
      const end = match.index + match[0].length;
      if (edits.some((edit) => match.index < edit.end && edit.start < end)) continue;
      edits.push({ start: match.index, end, text: shiftMatch(match, shiftDays) });
    }
  }
  return edits
    .sort((a, b) => b.start - a.start)
    .reduce((result, e) => result.slice(0, e.start) + e.text + result.slice(e.end), text);
}

function shiftMatch(match: RegExpExecArray, shiftDays: number): string {
  const parts = match.groups ?? {};
  const isDayFirst = Number(parts.m) > 12 && Number(parts.d) <= 12;
  const read = { ...parts, ...(isDayFirst ? { m: parts.d, d: parts.m } : {}) };
  const shifted = fromDayNumber(toDayNumber(readDate(read)) + shiftDays);
  const target = isDayFirst ? { ...shifted, month: shifted.day, day: shifted.month } : shifted;
  const padded = ![parts.m, parts.d].some((part) => part?.length === 1);
  const write: Record<string, (old: string) => string> = {
    y: (old) => String(target.year).slice(-old.length),
    y2: (old) => String(target.year).slice(-old.length),
    m: () => String(target.month).padStart(padded ? 2 : 1, '0'),
    d: (old) =>
      String(target.day).padStart(old.startsWith('0') || (parts.m && padded) ? 2 : 1, '0'),
    mon: (old) =>
      writeLike(old, monthNames[target.month - 1] ?? old, old.replace('.', '').length <= 4),
    ord: () => ordinalSuffix(target.day),
    wd: (old) => writeWeekday(old, shiftDays),
    season: (old) => matchCase(old, seasons[Math.floor((target.month % 12) / 3)] ?? old),
    hol: (old) => writeHoliday(old, shiftDays),
  };
  return rewriteGroups(match, write);
}

function readDate(parts: Readonly<Record<string, string | undefined>>): CivilDate {
  const monthName = parts.mon?.slice(0, 3).toLowerCase();
  const named = monthNames.findIndex((name) => name.slice(0, 3).toLowerCase() === monthName) + 1;
  const season = parts.season?.toLowerCase().replace('autumn', 'fall') ?? '';
  const seasonMonth = seasons.indexOf(season) * 3 + 1;
  const month = Number(parts.m ?? 0) || named || (parts.season ? seasonMonth : 7);
  const day = Number(parts.d ?? 0) || 15;
  return { year: readYear(parts.y ?? parts.y2), month: Math.min(month, 12), day };
}

function readYear(text: string | undefined): number {
  if (text === undefined) return referenceYear;
  if (text.length > 2) return Number(text);
  return Number(text) + (Number(text) < 50 ? 2000 : 1900);
}

function writeLike(old: string, name: string, isShort: boolean): string {
  const isFull = !isShort || /^(?:may|june|july)$/i.test(old);
  const written = isFull && old.toLowerCase() !== 'may' ? name : name.slice(0, 3);
  return (
    matchCase(old, old.toLowerCase() === 'may' ? name : written) + (old.endsWith('.') ? '.' : '')
  );
}

function writeWeekday(old: string, shiftDays: number): string {
  const stem = old.slice(0, 3).toLowerCase();
  const index = weekdayNames.findIndex((name) => name.slice(0, 3).toLowerCase() === stem);
  const name = weekdayNames[(((index + shiftDays) % 7) + 7) % 7] ?? old;
  if (!/days?$/i.test(old))
    return matchCase(old, name.slice(0, 3)) + (old.endsWith('.') ? '.' : '');
  return matchCase(old, old.toLowerCase().endsWith('s') ? `${name}s` : name);
}

function writeHoliday(old: string, shiftDays: number): string {
  const index = holidayNames.findIndex((name) => old.toLowerCase().startsWith(name.toLowerCase()));
  // At least one step further, so that a known holiday never stays.
  const step = 1 + (Math.abs(shiftDays) % (holidayNames.length - 1));
  return matchCase(old, holidayNames[(Math.max(index, 0) + step) % holidayNames.length] ?? old);
}

function ordinalSuffix(day: number): string {
  if (day >= 11 && day <= 13) return 'th';
  return ['th', 'st', 'nd', 'rd'][day % 10] ?? 'th';
}

function rewriteGroups(
  match: RegExpExecArray,
  write: Readonly<Record<string, (old: string) => string>>,
): string {
  const groups = Object.entries(match.indices?.groups ?? {})
    .filter((entry) => entry[1] !== undefined)
    .sort((a, b) => b[1][0] - a[1][0]);
  let text = match[0];
  for (const [name, [from, to]] of groups) {
    const start = from - match.index;
    const end = to - match.index;
    const writer = write[name];
    if (writer) text = text.slice(0, start) + writer(text.slice(start, end)) + text.slice(end);
  }
  return text;
}
