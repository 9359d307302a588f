import type { Candidate } from '../candidate.ts';
import type { PhiCategory } from '../phi-category.ts';

interface IdRule {
  readonly category: PhiCategory;
  /** Alternatives of a pattern that ignores case. */
  readonly labels: string;
}

/** Earlier rules are more special: "license plate" is a vehicle before it is a license. */
const rules: readonly IdRule[] = [
  {
    category: 'MedicalRecord',
    labels:
      'mrn|mr ?#|mr no|medical rec(?:ord)?s?|med(?:ical)? ?rec(?:ord)?|chart|record|patient id|pt id|patient (?:number|no|#)|emrn|mpi|hosp(?:ital)? ?(?:number|no|id|#)|unit (?:number|no)|ehr',
  },
  {
    category: 'HealthPlan',
    labels:
      'health ?plan|member|membership|subscriber|policy|policyholder|group|grp|medicare|medicaid|mbi|hicn?|beneficiary|insurance(?: (?:plan|policy|member|card|id))?|ins(?:\\.|urance)? ?(?:plan|id|no|#)|ins plan|plan|payer|hpbn?|tricare|blue ?cross(?: blue ?shield)?|bcbs|aetna|cigna|humana|kaiser id|coverage|rx ?(?:bin|grp|pcn)|rxbin|rxgrp|health insurance|hic number',
  },
  {
    category: 'Vehicle',
    labels:
      'license plate|licence plate|plate|tag number|vin|vehicle(?: identification| id)?|registration plate',
  },
  {
    category: 'Account',
    labels:
      'account|acct|a/c|billing(?: account)?|bank account|routing|invoice|guarantor|har|financial|fin|iban|card|credit card|visa|mastercard|checking',
  },
  {
    category: 'License',
    labels:
      "cdl|dl|driver'?s? ?licen[sc]e|licen[sc]e|lic|dea|npi|certificate|certification|cert|state lic|permit|upin|registration|medical licen[sc]e|nursing licen[sc]e|rn licen[sc]e|pharmacy licen[sc]e",
  },
  {
    category: 'Device',
    labels:
      'serial|ser|s/n|sn|device(?: id| identifier| serial)?|implant|udi|imei|pacemaker|model|mac(?: address)?|generator|pump|lead|meter|transmitter|monitor id|lens',
  },
  {
    category: 'BioID',
    labels:
      'finger ?prints?(?: id)?|thumb ?print|bio(?:metric)?(?: id| template)?|retina(?:l)?(?: scan| id)?|iris(?: scan| id)?|voice ?print(?: id)?|palm(?: scan| vein| print)(?: id)?|face ?(?:id|print|scan)|dna(?: id| profile| sample)|genetic id',
  },
  { category: 'Unknown', labels: 'lot|batch' },
  {
    category: 'IDNum',
    labels:
      'id|ident(?:ifier|ification)?|job|case|accession|acc|acsn|order|specimen|sample|study|site|subject|student|employee|emp|badge|staff|ticket|reference|ref(?: code)?|confirmation|encounter|enc|csn|visit|claim|auth(?:orization)?|prior auth(?:orization)?|passport|requisition|req|rx|prescription|referral|incident|report|docket|inmate|booking|doc|document|tracking|service|military|veteran|va|tribal|alien|green card|visa number|tax|ein|itin|enrollment|protocol|participant|donor|room key|locker|appointment|call|transaction|session|dictation|message|note|form|national id|nhs|code',
  },
];

/** These words are common in prose: a number must follow a colon, a hash, or `number`. */
const prosaicLabel =
  /^(?:record|chart|group|plan|member|case|order|report|visit|study|site|subject|call|note|form|code|job|service|doc|rx|claim|req|acc|va|policy|model|lead|pump|meter|card|plate|monitor|device|implant|medicare|medicaid|specimen|sample|ticket|ref|tax|protocol|message|session|staff|registration|permit|certificate|cert|lens|generator|pacemaker|coverage|fin|har|visa|batch|enc|referral|incident|prescription|appointment|document|medical rec(?:ord)?s?)$/i;

const label = new RegExp(
  `(?<![a-z0-9-])(?:${rules.map((rule) => `(?<${rule.category}>${rule.labels})`).join('|')})(?![a-z])`,
  'gi',
);
/** What may stand between a label and its value. */
const link =
  /(?: ?\([a-z]{2,4}\))?(?: {0,3}(?:numbers?|num|no|nbr|id|code)\b\.?)?(?: (?:is|was|of|on file|ending in))?[ \t]{0,4}[:#=]{0,2}[ \t]{0,8}["'(]?/iy;
const explicitLink = /[:#=]|\b(?:numbers?|num|no|nbr|id|code)\b/i;
const value =
  /#?(?:(?=[A-Z-]{0,12}\d)[A-Z0-9](?:[A-Z0-9]|[-.](?=[A-Z0-9])){2,29}|\d{2,5}(?: \d{2,6}){1,5})(?![A-Za-z0-9])/y;
const lowerCaseValue = /#?(?=[a-z-]{0,6}\d)[a-z0-9](?:[a-z0-9]|-(?=[a-z0-9])){3,29}(?![a-z0-9])/y;
/** So many characters are an identifier even where the label is an ordinary word. */
const longEnoughAlone = 6;
const dateLike = /^(?:\d{1,2}[.-]\d{1,2}[.-]\d{2,4}|(?:19|20)\d\d-\d\d-\d\d)$/;

/** Numbers that a label explains: `MRN: 00482-1193`, `Account #: A773`, `CDL # K084`. */
export function detectLabelledIds(view: string): Candidate[] {
  const candidates: Candidate[] = [];
  for (const match of view.matchAll(label)) {
    const rank = rules.findIndex((rule) => match.groups?.[rule.category] !== undefined);
    const rule = rules[rank];
    const found = rule && readValue(view, match.index, match[0]);
    if (!found) continue;
    candidates.push({
      ...found,
      category: rule.category,
      // Later rules are less special, so they lose where both see the same number.
      score: 0.98 - rank / 200,
      rule: `id-${rule.category}`,
    });
  }
  return candidates;
}

function readValue(view: string, labelStart: number, labelText: string) {
  const linkStart = labelStart + labelText.length;
  const linkText = matchAt(link, view, linkStart) ?? '';
  const start = linkStart + linkText.length;
  const isLowerCase = labelText === labelText.toLowerCase();
  const text = matchAt(value, view, start) ?? (isLowerCase && matchAt(lowerCaseValue, view, start));
  if (!text || dateLike.test(text)) return undefined;
  const needsProof = prosaicLabel.test(labelText) && !explicitLink.test(linkText);
  return needsProof && text.length < longEnoughAlone
    ? undefined
    : { start, end: start + text.length };
}

function matchAt(sticky: RegExp, view: string, at: number): string | undefined {
  sticky.lastIndex = at;
  return sticky.exec(view)?.[0];
}
