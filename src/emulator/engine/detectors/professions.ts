import { type Candidate, collectMatches } from '../candidate.ts';
import { professions } from '../lexicon/professions.ts';

const heads = `(?:${[...professions].sort((a, b) => b.length - a.length).join('|')})s?`;
const modifiers = '(?:[A-Za-z][a-z-]{1,15} ){0,3}?';
const value = `(?<value>${modifiers}${heads})`;
const lead =
  '(?:(?:currently |formerly |previously |now )?(?:works?|worked|working|employed|trained|serves|served|job) (?:[a-z-]{3,10} )?as (?:an? |the )?|used to (?:be|work as) an? |(?:retired|former|semi-retired|unemployed|disabled|by trade an?|by profession an?|ex-) ?|(?:occupation|profession|job(?: title)?|employment|vocation)[ \\t]{0,3}[:=-][ \\t]{0,4}(?:retired |former )?|career as an? |self-employed (?:as an? )?|makes (?:a|his|her) living as an? |owns? an? )';
const byCue = new RegExp(`\\b${lead}${value}\\b`, 'gi');
/** After "is a", "65yo male": only words that are not also care staff or a mere helper. */
const plainHeads = professions
  .filter(
    (p) =>
      !/^(?:nurse|physician|surgeon|therapist|aide|assistant|caregiver|model|manager|server|student|principal|worker|operator|marine|driver|tester|guard|captain|cook|interpreter|consultant|supervisor|porter|potter|producer|reporter|judge|dealer|officer|miner|cleaner|diver|broker|trainer|coach|technician|administrator|pharmacist|dentist|psychologist|counselor|paramedic|social worker|inspector|contractor)$/.test(
        p,
      ),
  )
  .sort((a, b) => b.length - a.length)
  .join('|');
const compounds =
  '(?:bus|truck|taxi|cab|delivery|forklift|school bus|long-haul truck|software|factory|construction|warehouse|farm|office|store|restaurant|project|machine|heavy equipment|crane|security|police|postal|line|sous|executive|music|math|science|english|high school|elementary school|kindergarten|preschool|college|university) (?:driver|worker|manager|operator|guard|officer|teacher|cook|chef|engineer|assistant|technician|professor|principal|coach|owner)';
const adjectives =
  '(?:(?:retired|former|local|full-time|part-time|busy|right-handed|left-handed|married|single|widowed|divorced) ){0,2}';
const plainValue = `(?<value>(?:[a-z][a-z-]{2,15} ){0,2}?(?:${compounds}|${plainHeads}))`;
const byCopula = new RegExp(
  `\\b(?:is|was|been|became|being) an? (?!(?:\\d|year))${adjectives}${plainValue}\\b`,
  'gi',
);
const afterSex = new RegExp(
  `\\b(?:male|female|man|woman|gentleman|lady|[MF]|y/?o|old),? (?:who is an? |and )?${adjectives}${plainValue}\\b`,
  'g',
);
/** "Works as a" proves whatever it is. */
const anyWork =
  /\b(?:works?|worked|working|employed|job) (?:[a-z-]{3,10} )?as an? (?<value>[a-z][a-z-]{2,15}(?: [a-z][a-z-]{2,15}){0,2}?)(?=[,.;:)\n]| (?:at|for|in|with|and|who|but|on|from|until|since|near)\b|$)/gm;
const labelled =
  /\b(?:occupation|profession|job title)[ \t]{0,3}[:=][ \t]{0,4}(?:retired |former )?(?!(?:none|unknown|retired|unemployed|disabled|n\/a|not )\b)(?<value>[A-Za-z][A-Za-z-]{2,15}(?: [A-Za-z-]{2,15}){0,2})(?=[ \t]{0,2}(?:$|[,.;|]))/gim;

/** Professions, where a cue says that it is what the person does. */
export function detectProfessions(view: string): Candidate[] {
  const find = (regex: RegExp, score: number) =>
    collectMatches(view, regex, { category: 'Profession', score, rule: 'profession' });
  return [
    ...find(byCue, 0.85),
    ...find(anyWork, 0.8),
    ...find(labelled, 0.84),
    ...find(byCopula, 0.7),
    ...find(afterSex, 0.7),
  ];
}
