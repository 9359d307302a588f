import type { Candidate } from '../../candidate.ts';
import { isGivenName } from '../../lexicon/given-names.ts';
import { isSurname } from '../../lexicon/surnames.ts';
import { isNameWord } from './read-name.ts';

const strong =
  'M\\.?D\\.?|D\\.O\\.|Ph\\.?D\\.?|Psy\\.?D\\.?|Pharm\\.?D\\.?|DPM|D\\.?D\\.?S\\.?|D\\.?M\\.?D\\.?|DVM|MBBS|R\\.?N\\.?|BSN|MSN|DNP|LPN|LVN|CNA|NP|FNP|ANP|PNP|ARNP|APRN|CRNP|CNM|CRNA|CNS|P\\.?A\\.?-C\\.?|PAC|LCSW|LICSW|MSW|LMSW|LSW|LISW(?:-S)?|LCPC|CCM|CDE|CDCES|BCBA|RNFA|CST|PTA|COTA|LAT|ATC|RVT|CNRN|CCRN|MBA|MHA|MS|LMFT|LPC|LMHC|PT|DPT|OTR(?:/L)?|OT|SLP|CCC-SLP|RD|RDN|LD|RPh|EMT(?:-[BPI])?|RT|RRT|RDMS|MA|PA|DO|DC|OD|AuD|MPH|FACS|FACC|FACP|FAAP|MFT|CMA|RMA|FNP-(?:BC|C)|[A-Z]{1,4}NP(?:-B?C)?|NP-C|CHPN|OCN|CEN|LAc|N\\.D\\.|CAA';
const credentials = new RegExp(
  `(?:,| |, )(?:${strong})(?![\\w-])(?:,? (?:${strong})(?![\\w-])){0,3}`,
  'g',
);
const particle = '(?:van|von|de|del|la|der|di|da|al|el|bin|St\\.)';
const word = "(?:[A-Z]')?[A-Z][A-Za-z]{1,24}(?:[-'][A-Z][A-Za-z]{1,24}){0,2}";
const nameBefore = new RegExp(
  `(?:(?:Dr|Prof|Mr|Ms|Mrs)\\. )?(?:(?:${word}|[A-Z]\\.?),? (?:${particle} ){0,2}){0,4}${word}(?:,? (?:Jr|Sr|II|III)\\.?)?$`,
);
/** These are also states, verbs or fields. */
const doubtful = /^[, ]{1,2}(?:MA|MS|PA|DO|PT|OT|RT|OD|DC|LD|RD)$/;

const maxNameLength = 72;

/** Names before a credential are care professionals: "Prakash Venkataraman, MD". */
export function detectCredentialedNames(view: string): Candidate[] {
  const candidates: Candidate[] = [];
  for (const match of view.matchAll(credentials)) {
    const line = view
      .slice(Math.max(0, match.index - maxNameLength), match.index)
      .split('\n')
      .at(-1);
    const before = nameBefore.exec(line ?? '')?.[0];
    const name = before && trimLead(before);
    if (!name) continue;
    const parts = name.split(/[ ,]+/);
    const words = parts.filter((part) => part.length > 2);
    const isKnown = words.some((part) => isGivenName(part) || isSurname(part));
    if (doubtful.test(match[0]) && !(isKnown && words.length > 1)) continue;
    if (parts.length < 2 && !isKnown && match[0].startsWith(' ')) continue;
    candidates.push({
      start: match.index - name.length,
      end: match.index + match[0].length,
      category: 'Doctor',
      score: 0.96,
      rule: 'name-credential',
    });
  }
  return candidates;
}

/** Drops the words at the front that belong to the sentence: "Seen By Jo Castellano". */
function trimLead(before: string): string {
  const parts = before.split(' ');
  for (let last = parts.length - 1; last >= 0; last -= 1) {
    const bare = (parts[last] ?? '').replace(/[.,]+$/, '');
    const isPart =
      bare.length < 2 ||
      /^(?:Dr|Prof|Jr|Sr|II|III|van|von|de|del|la|der|di|da|al|el|bin|St)$/.test(bare);
    if (!isPart && !isNameWord(bare)) return parts.slice(last + 1).join(' ');
  }
  // Of "Whitlock, Marjorie Young, April" only the last pair is one name.
  return before;
}
