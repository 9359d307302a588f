import { type Candidate, collectMatches } from '../candidate.ts';

const ssn = /(?<![\w-])(?!000|666)\d{3}-\d{2}-\d{4}(?![\w-])/g;
const ssnLabelled =
  /\b(?:ssn?|ss ?#|social(?: security)?(?: (?:no|num|number|#))?)[.:#]{0,2}(?: (?:is|on file|of record|was|number))?[ \t]{0,4}[:#]?[ \t]{0,4}(?<value>(?:[\dx*]{3}[- ]?[\dx*]{2}[- ]?)?\d{4})(?![\w-])/gi;
const vin = /(?<![\w-])(?=[A-Z]{0,16}\d)(?=\d{0,16}[A-Z])[A-HJ-NPR-Z0-9]{17}(?![\w-])/g;
const makes =
  'Acura|Audi|BMW|Buick|Cadillac|Chevrolet|Chevy|Chrysler|Dodge|Ford|GMC|Harley-Davidson|Honda|Hyundai|Infiniti|Jeep|Kia|Lexus|Lincoln|Mazda|Mercedes|Mercury|Mitsubishi|Nissan|Oldsmobile|Pontiac|Porsche|Ram|Saturn|Subaru|Tesla|Toyota|Volkswagen|VW|Volvo|Yamaha|Kawasaki';
const car = new RegExp(
  `\\b(?:19|20)\\d\\d (?:${makes})(?: [A-Z][A-Za-z0-9-]{1,15}){0,2}(?:, VIN(?: ?#|:)? [A-HJ-NPR-Z0-9]{17})?`,
  'g',
);
const plate =
  /\b(?:plates?|tag|license plate)(?: (?:no|number|#))?[.:#]{0,2} {0,3}(?<value>(?:[A-Z]{2} )?(?=[A-Z -]{0,4}\d)[A-Z0-9]{1,4}[- ]?[A-Z0-9]{2,5})(?![\w-])/g;
const username =
  /\b(?:user ?name|user ?id|login(?: id| name)?|log-?in|screen ?name|portal (?:id|user|login)|handle|skype|twitter|instagram|venmo|user)(?: (?:is|name))?[ \t]{0,2}[:=]?[ \t]{0,3}["']?(?<value>@?(?=[A-Za-z.]{0,30}[\d_.@])[A-Za-z][\w.-]{2,30}\w|@[\w.]{3,30})/gi;
const atHandle = /(?<![\w@.])@[A-Za-z](?=[\w.]{0,28}[\d_])[\w.]{2,28}\w(?![\w@])/g;
const mac = /(?<![\w:-])[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}(?![\w:-])/g;
const udi = /\(01\)\d{14}(?:\(\d{2}\)[A-Z0-9]{1,20}){0,4}/g;
const longNumber = /(?<![\w.,/$+-])\d{8,16}(?![\w/%-]|[.,]\d)/g;
const card = /(?<![\w-])\d{4}([ -])\d{4}\1\d{4}\1\d{3,4}(?![\w-])/g;
const coded = /(?<![\w./-])(?=[A-Z-]{0,8}\d)[A-Z]{1,5}-?\d{5,10}(?:-?[A-Z0-9]{1,6})?(?![\w/-])/g;
const codedInBrackets = /\((?<value>#?[A-Z]{2,5}-\d{4,10}|#\d{4,12})(?=\))/g;

/** Numbers whose form alone gives them away. */
export function detectUnlabelledIds(view: string): Candidate[] {
  return [
    ...collectMatches(view, ssn, { category: 'SocialSecurity', score: 0.92, rule: 'ssn-form' }),
    ...collectMatches(view, ssnLabelled, {
      category: 'SocialSecurity',
      score: 0.99,
      rule: 'ssn-label',
    }),
    ...collectMatches(view, vin, { category: 'Vehicle', score: 0.9, rule: 'vin' }),
    ...collectMatches(view, car, { category: 'Vehicle', score: 0.985, rule: 'car' }),
    ...collectMatches(view, plate, { category: 'Vehicle', score: 0.985, rule: 'plate' }),
    ...collectMatches(view, username, { category: 'Username', score: 0.95, rule: 'username' }),
    ...collectMatches(view, atHandle, { category: 'Username', score: 0.8, rule: 'at-handle' }),
    ...collectMatches(view, mac, { category: 'Device', score: 0.9, rule: 'mac-address' }),
    ...collectMatches(view, udi, { category: 'Device', score: 0.98, rule: 'udi' }),
    ...collectMatches(view, card, { category: 'Account', score: 0.9, rule: 'card' }),
    ...collectMatches(view, longNumber, { category: 'IDNum', score: 0.6, rule: 'long-number' }),
    ...collectMatches(view, coded, { category: 'IDNum', score: 0.55, rule: 'coded-number' }),
    ...collectMatches(view, codedInBrackets, { category: 'IDNum', score: 0.7, rule: 'bracketed' }),
  ];
}
