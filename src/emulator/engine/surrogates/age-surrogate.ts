import type { KeyedDigest } from './keyed-digest.ts';

const oldestTold = 89;

/** An age one or two away; above 89 it is 89. */
export function replaceAge(text: string, digest: KeyedDigest): string {
  return text.replace(/\d+/g, (digits) => {
    const age = Number(digits);
    if (age > oldestTold) return String(oldestTold);
    const random = digest.number('age', String(age));
    const distance = 1 + (random % 2);
    const isYounger = age > 2 && (age + distance > oldestTold || random % 4 < 2);
    return String(isYounger ? age - distance : age + distance);
  });
}
