import type { Candidate, Detector } from './candidate.ts';
import { detectAddresses } from './detectors/addresses.ts';
import { detectAges } from './detectors/ages.ts';
import { detectContacts } from './detectors/contacts.ts';
import { detectDates } from './detectors/dates.ts';
import { detectFacilities } from './detectors/facilities.ts';
import { detectLabelledIds } from './detectors/labelled-ids.ts';
import { detectCredentialedNames } from './detectors/names/credentialed-names.ts';
import { detectCuedNames } from './detectors/names/cued-names.ts';
import { detectLexiconNames } from './detectors/names/lexicon-names.ts';
import { detectShortNames } from './detectors/names/short-names.ts';
import { detectPhones } from './detectors/phones.ts';
import { detectPlaces } from './detectors/places.ts';
import { detectProfessions } from './detectors/professions.ts';
import { detectUnlabelledIds } from './detectors/unlabelled-ids.ts';
import { filterCandidates } from './filter-candidates.ts';
import { mergeCandidates } from './merge-candidates.ts';
import { normaliseText } from './normalise-text.ts';
import { propagateNames } from './propagate-names.ts';
import { snapToCharacters } from './snap-to-characters.ts';

const detectors: readonly Detector[] = [
  detectContacts,
  detectPhones,
  detectLabelledIds,
  detectUnlabelledIds,
  detectDates,
  detectAges,
  detectAddresses,
  detectPlaces,
  detectFacilities,
  detectProfessions,
  detectCuedNames,
  detectCredentialedNames,
  detectLexiconNames,
  detectShortNames,
];

/** The PHI in a text: ordered spans that do not overlap and never cut a character. */
export function detectEntities(text: string): Candidate[] {
  const view = normaliseText(text);
  const candidates = detectors.flatMap((detect) => detect(view));
  const merged = mergeCandidates(filterCandidates(view, candidates));
  const again = propagateNames(view, merged);
  return mergeCandidates([...merged, ...again].map((found) => snapToCharacters(text, found)));
}
