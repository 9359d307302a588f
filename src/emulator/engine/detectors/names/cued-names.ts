import type { Candidate } from '../../candidate.ts';
import { isAmbiguousName } from '../../lexicon/common-words.ts';
import { isGivenName } from '../../lexicon/given-names.ts';
import { isSurname } from '../../lexicon/surnames.ts';
import type { PhiCategory } from '../../phi-category.ts';
import { type NameSpan, readName } from './read-name.ts';

interface Cue {
  /** Ends where the name starts. */
  readonly pattern: RegExp;
  readonly category: PhiCategory;
  readonly score: number;
  /** How much the cue proves: with `any` the next capitalised words are a name. */
  readonly accepts: 'any' | 'known';
  /** The cue itself belongs to the span. */
  readonly includesCue?: boolean;
}

const doctorRoles =
  'attending|pcp|primary care(?: physician| provider| doctor)?|physician|provider|surgeon|anesthesiologist|anesthetist|cardiologist|neurologist|oncologist|pulmonologist|nephrologist|psychiatrist|psychologist|radiologist|pathologist|hospitalist|dermatologist|urologist|endocrinologist|gastroenterologist|rheumatologist|pediatrician|obstetrician|gynecologist|ophthalmologist|podiatrist|orthopedist|intensivist|internist|consultant|resident|intern|fellow|nurse practitioner|nurse|rn|lpn|cna|hha|pca|midwife|therapist|physical therapist|social worker|case manager|care manager|counselor|dietitian|nutritionist|pharmacist|technologist|technician|tech|clinician|doctor|dentist|optometrist|chiropractor|paramedic|medic|emt|scribe|transcriptionist|interpreter|author|assistant|chaplain|charge nurse|triage nurse|ordering|referring|performing|interpreting|supervising|admitting|discharging|consulting|treating|prescriber|dictated|transcribed|verified|cosigner';
const doctorActs =
  'dictated|transcribed|electronically signed|e-signed|signed|cosigned|co-signed|authenticated|verified|reviewed|approved|finalized|read|interpreted|performed|seen|examined|evaluated|ordered|prescribed|referred|placed|repaired|done|completed|authored|written|entered|documented|reported|assisted|administered|obtained|collected|attested|recorded|assessed|managed|followed|treated|given|typed|taken|inserted|removed|diagnosed|supervised|attended|accompanied by nurse';
const kin =
  'wife|husband|spouse|son|daughter|mother|father|mom|mum|dad|sister|brother|niece|nephew|aunt|uncle|grandmother|grandfather|grandson|granddaughter|grandma|grandpa|cousin|partner|girlfriend|boyfriend|fiancee?|friend|roommate|neighbor|neighbour|caregiver|guardian|son-in-law|daughter-in-law|mother-in-law|father-in-law|sister-in-law|brother-in-law|stepson|stepdaughter|stepmother|stepfather|twin|companion|proxy|poa|hcp|next of kin|nok|emergency contact|contact person|dtr|dau|granddtr|gdtr|stepdtr|hub|dpoa|hcpoa|mpoa|health ?care proxy';
const link = '(?: ?\\([^)\\n]{1,12}\\))?(?: name)?[ \\t]{0,3}[:#=-][ \\t]{0,8}';

const cues: readonly Cue[] = [
  {
    pattern: /\b(?:dr|doctor|prof|professor)\b\.? /gi,
    category: 'Doctor',
    score: 0.97,
    accepts: 'any',
    includesCue: true,
  },
  {
    pattern: /\b(?:Rev|Reverend|Pastor|Rabbi|Fr|Deacon)\b\.? (?=[A-Z][a-z])/g,
    category: 'Doctor',
    score: 0.85,
    accepts: 'any',
  },
  { pattern: /\b(?:mr|mrs|ms|miss|mx)\b\.? /gi, category: 'Patient', score: 0.96, accepts: 'any' },
  {
    pattern: /\b(?:nurse|sister|midwife) (?=[A-Z][a-z])/gi,
    category: 'Doctor',
    score: 0.8,
    accepts: 'known',
  },
  {
    pattern: new RegExp(
      `\\b(?:${doctorRoles})(?: (?:md|physician|provider|surgeon|nurse|doctor|by|of record|on call|therapist))?(?:\\/[a-z]{2,12})?${link}`,
      'gi',
    ),
    category: 'Doctor',
    score: 0.93,
    accepts: 'any',
  },
  {
    pattern: new RegExp(`\\b(?:${doctorRoles}),? (?:is |was |named )?(?=[A-Z])`, 'gi'),
    category: 'Doctor',
    score: 0.86,
    accepts: 'known',
  },
  {
    pattern: new RegExp(
      `\\b(?:${doctorActs})(?: and (?:${doctorActs}))? by[ \\t]{0,2}:?[ \\t]{0,4}`,
      'gi',
    ),
    category: 'Doctor',
    score: 0.88,
    accepts: 'any',
  },
  {
    pattern:
      /\b(?:cc|dear|sincerely|regards|thank you|thanks|respectfully|attn|attention|dictating|from|to)[ \t]{0,2}[:,][ \t\n]{0,4}/gi,
    category: 'Doctor',
    score: 0.8,
    accepts: 'known',
  },
  {
    pattern:
      /\b(?:discussed with|d\/w|consulted|per|paged|w\/|signed out to|report (?:given )?to|handoff to|sign(?:ed)? off to|notified|spoke with|spoke to) (?=[A-Z])/gi,
    category: 'Doctor',
    score: 0.78,
    accepts: 'known',
  },
  {
    pattern: new RegExp(
      `\\b(?:patient|pt|client|resident|member|name|pt name|patient name|full name|last name|first name|maiden name|legal name|preferred name|subject|re|regarding|insured|subscriber|policyholder|guarantor|responsible party|informant|historian|mother|father|spouse|emergency contact|next of kin|nok|poa|surrogate|veteran|inmate|student|baby|infant|employee|claimant|donor|recipient|witness)(?:'s)?${link}`,
      'gi',
    ),
    category: 'Patient',
    score: 0.92,
    accepts: 'any',
  },
  {
    pattern:
      /\b(?:named|called|name is|goes by|aka|a\.k\.a\.|known as|nicknamed|prefers to be called|this is|i am|i'm) ["']?/gi,
    category: 'Patient',
    score: 0.86,
    accepts: 'any',
  },
  {
    pattern: new RegExp(`\\b(?:${kin}),? (?:is |was |named |called )?["'(]?(?=[A-Z])`, 'gi'),
    category: 'Patient',
    score: 0.86,
    accepts: 'any',
  },
  {
    pattern: new RegExp(`\\b(?:${kin})${link}`, 'gi'),
    category: 'Patient',
    score: 0.9,
    accepts: 'any',
  },
  {
    pattern:
      /\b(?:patient|pt|patients like|patient like|patient,|pt,|resident|client|veteran|baby (?:boy|girl)|infant|for|of|about) (?=[A-Z])/gi,
    category: 'Patient',
    score: 0.84,
    accepts: 'known',
  },
  {
    pattern: /\b(?:patient|pt|name|client)[ \t]{0,2}:?[ \t]{1,4}(?=[a-z])/g,
    category: 'Patient',
    score: 0.82,
    accepts: 'known',
  },
];

/** Names that a title, a role label, a kinship or an act announces. */
export function detectCuedNames(view: string): Candidate[] {
  return cues.flatMap((cue) => {
    const candidates: Candidate[] = [];
    for (const match of view.matchAll(cue.pattern)) {
      const found = readCued(view, match, cue);
      if (found) candidates.push(found);
    }
    return candidates;
  });
}

function readCued(view: string, match: RegExpExecArray, cue: Cue): Candidate | undefined {
  const cueEnd = match.index + match[0].length;
  const name = readNameAfterTitle(view, cueEnd, match[0]);
  if (!name) return undefined;
  const { start, end, hasTitle } = name;
  if (!hasTitle && cue.accepts === 'known' && !isKnownName(name)) return undefined;
  if (!hasTitle && cue.accepts === 'any' && !isPlausibleName(view, name, match[0]))
    return undefined;
  return {
    start: cue.includesCue ? match.index : start,
    end,
    category: cue.category,
    score: cue.score,
    rule: `name-cue-${cue.category}`,
  };
}

const title = /(?:Dr|Mr|Mrs|Ms|Miss|Prof)\.? (?=[A-Z])/y;

function readNameAfterTitle(view: string, at: number, cueText: string) {
  title.lastIndex = at;
  const skipped = title.exec(view)?.[0].length ?? 0;
  const lowerCase = cueText === cueText.toLowerCase();
  const name = readName(view, at + skipped, {
    lowerCase,
    lastFirst: true,
    initialAlone: /^(?:dr|mr|mrs|ms)\b/i.test(cueText),
  });
  return name && { ...name, start: at, hasTitle: skipped > 0 };
}

/** A lexicon knows at least one of its words, and not only as an ordinary word. */
export function isKnownName({ words }: Pick<NameSpan, 'words'>): boolean {
  const known = words.filter((word) => isGivenName(word) || isSurname(word));
  return (
    known.some((word) => !isAmbiguousName(word)) ||
    (known.length > 1 && known.length === words.length)
  );
}

const abbreviation = /^[A-Z]{2,5}$/;

/** Rules out headings and abbreviations that follow a label or a title: "Patient: ED". */
function isPlausibleName(view: string, name: NameSpan, cueText: string): boolean {
  if (isKnownName(name)) return true;
  const [first = ''] = name.words;
  if (abbreviation.test(first) && name.words.length === 1) return false;
  const isTitle = /^(?:dr|doctor|mr|mrs|ms|miss|mx|prof|professor)\b/i.test(cueText);
  // Behind a label, one unknown word before a colon is another label.
  return isTitle || view.charAt(name.end) !== ':';
}
