import type { Candidate } from '../candidate.ts';

const extension = '(?:,? ?(?:x|ext\\.?|extension) ?\\d{1,6})?';
const full = `(?:\\+?1[ .-]?)?(?:\\(\\d{3}\\) ?|\\d{3}[ .-])\\d{3}[ .-]\\d{4}${extension}`;
const international = '\\+\\d{1,3}(?:[ .-]?\\(?\\d{1,4}\\)?){2,5}';
const fullNumber = new RegExp(`(?<![\\w-]|\\d\\.)(?:${international}|${full})(?![\\w-])`, 'gi');
const labelled = new RegExp(
  `\\b(?:phone|telephone|tel|cell|mobile|call(?:ed|back)?|contact|pager|pgr|beeper|fax|home|work|ph|#)(?: (?:no|number|#))?[.:#]{0,2} {0,3}(?:at |to |is )?((?:\\d{3}[ .-]?\\d{3}[ .-]?\\d{4}|\\d{3}[ .-]\\d{4})${extension}|(?<=(?:pager|pgr|beeper)[^\\n]{0,12})\\d{4,7})(?![\\w-])`,
  'gi',
);
const localNumber = new RegExp(`(?<![\\w-]|[\\d$]\\.)555-\\d{4}${extension}(?![\\w-])`, 'g');
const extensionAlone = /\b(?:ext\.?|extension|x)[ .:]{1,2}(\d{3,5})\b/gi;
const faxCue = /\b(?:fax|facsimile|f)\b[^\n\d]{0,25}$/i;

/** Telephone and fax numbers: ten digits by their form, shorter ones by their label. */
export function detectPhones(view: string): Candidate[] {
  const candidates: Candidate[] = [];
  const add = (start: number, value: string, score: number, rule: string) => {
    const before = view.slice(Math.max(0, start - 32), start);
    const category = faxCue.test(before) ? 'Fax' : 'Phone';
    candidates.push({ start, end: start + value.length, category, score, rule });
  };
  for (const match of view.matchAll(fullNumber)) add(match.index, match[0], 0.95, 'phone-full');
  for (const match of view.matchAll(localNumber)) add(match.index, match[0], 0.7, 'phone-local');
  for (const pattern of [labelled, extensionAlone]) {
    for (const match of view.matchAll(pattern)) {
      const value = match[1] ?? '';
      add(match.index + match[0].length - value.length, value, 0.93, 'phone-labelled');
    }
  }
  return candidates;
}
