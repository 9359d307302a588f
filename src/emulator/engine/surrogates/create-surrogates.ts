import type { PhiCategory } from '../phi-category.ts';
import { replaceAge } from './age-surrogate.ts';
import {
  replaceEmail,
  replaceIpAddress,
  replacePhone,
  replaceSocialSecurity,
  replaceUrl,
  replaceUsername,
} from './contact-surrogate.ts';
import { chooseShiftDays, shiftDateText } from './date-surrogate.ts';
import { replaceCharacters } from './id-surrogate.ts';
import { createKeyedDigest, type KeyedDigest } from './keyed-digest.ts';
import { createPersonSurrogate } from './person-surrogate.ts';
import {
  replaceCity,
  replaceCountry,
  replacePlaceName,
  replaceProfession,
  replaceState,
  replaceStreet,
} from './place-surrogate.ts';
import { canonicalise } from './text-case.ts';
import { replaceVehicle } from './vehicle-surrogate.ts';

/** Makes up a value for a value, the same one for the same category, value and key. */
export type ReplaceValue = (category: PhiCategory, text: string) => string;

/** The surrogates of one scope. They depend on the key alone, so any worker makes the same. */
export function createSurrogates(jobKey: Uint8Array): ReplaceValue {
  const digest = createKeyedDigest(jobKey);
  const replacePerson = createPersonSurrogate(digest);
  const shiftDays = chooseShiftDays(digest);
  const remembered = new Map<string, string>();

  const propose = (category: PhiCategory, text: string, source: KeyedDigest): string => {
    switch (category) {
      case 'Patient':
      case 'Doctor':
        return replacePerson(text);
      case 'Date':
        return shiftDateText(text, shiftDays);
      case 'Age':
        return replaceAge(text, source);
      case 'Phone':
      case 'Fax':
        return replacePhone(text, source);
      case 'Email':
        return replaceEmail(text, source);
      case 'Url':
        return replaceUrl(text, source);
      case 'IPAddress':
        return replaceIpAddress(text, source);
      case 'SocialSecurity':
        return replaceSocialSecurity(text, source);
      case 'Username':
        return replaceUsername(text, source);
      case 'City':
        return replaceCity(text, source);
      case 'State':
        return replaceState(text, source);
      case 'CountryOrRegion':
        return replaceCountry(text, source);
      case 'Street':
        return replaceStreet(text, source);
      case 'Hospital':
      case 'Organization':
      case 'LocationOther':
        return replacePlaceName(text, category, source);
      case 'Vehicle':
        return replaceVehicle(text, source);
      case 'Profession':
        return replaceProfession(text, source);
      case 'Account':
      case 'BioID':
      case 'Device':
      case 'HealthPlan':
      case 'IDNum':
      case 'License':
      case 'MedicalRecord':
      case 'Zip':
      case 'Unknown':
        return replaceCharacters(text, category, source);
    }
  };

  return (category, text) => {
    const key = `${category}\0${text}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const surrogate = firstThatDiffers(text, (attempt) =>
      propose(category, text, attempt === 0 ? digest : retryDigest(digest, attempt)),
    );
    remembered.set(key, surrogate);
    return surrogate;
  };
}

const maxAttempts = 8;

/** No original may stay: where the made-up value equals it, the next one is taken. */
function firstThatDiffers(text: string, propose: (attempt: number) => string): string {
  const original = canonicalise(text);
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const surrogate = propose(attempt);
    if (surrogate !== text && canonicalise(surrogate) !== original) return surrogate;
  }
  // Nothing in it can be varied: titles alone, or no letter and no digit.
  return 'X'.repeat(original === 'x'.repeat(text.length) ? text.length + 1 : text.length || 1);
}

function retryDigest(digest: KeyedDigest, attempt: number): KeyedDigest {
  return {
    number: (kind, value) => digest.number(`${kind}#${attempt}`, value),
    bytes: (kind, value) => digest.bytes(`${kind}#${attempt}`, value),
  };
}
