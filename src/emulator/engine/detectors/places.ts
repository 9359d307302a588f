import { type Candidate, collectMatches } from '../candidate.ts';
import { isNeverName } from '../lexicon/common-words.ts';
import { buildPhrasePattern } from '../lexicon/phrase-pattern.ts';
import { cities, countries, states } from '../lexicon/places.ts';
import { phrases } from '../lexicon/word-list.ts';

/** Cities that are more often a person, a scale or a word: these count only behind a cue. */
const needsCue = new Set(
  phrases(`
  Madison|Austin|Jackson|Lincoln|Charlotte|Aurora|Henderson|Chandler|Gilbert|Irving|Garland|Norman|Tyler|Gary|
  Monroe|Warwick|Quincy|Lynn|Camden|Augusta|Mobile|Dover|Concord|Bend|Eugene|Everett|Montgomery|Salem|Trenton|
  Corona|Glasgow|Lancaster|Compton|Beaumont|Sydney|Lowell|Hayward|Davenport|Ogden|Redmond|Flint|Denton|Mesa|
  Orlando|Savannah|Dallas|Phoenix|Houston|Brooklyn|Paris|Cleveland|Denver`),
);
const cue =
  /\b(?:in|from|to|near|of|at|around|outside|live[sd]?|via|visit(?:ed|ing|s)?|our|my|their|the|and|city[: ]{1,2}|town[: ]{1,2}|address[: ]{1,2}|leaving|left)[ ,]{1,2}$/i;
const cityName = buildPhrasePattern(cities);
const countryName = buildPhrasePattern(countries);
const stateName = buildPhrasePattern(states.map(([, name]) => name));

const heads =
  'County|Parish|Park|Skate Park|Beach|Lake|River|Mountain|Mountains|Island|Islands|Valley|Forest|Bridge|Airport|Stadium|Arena|Mall|Shopping Center|Plaza|Trailhead|Campground|Harbor|Marina|Pier|Bay|Creek|Canyon|Fairgrounds|Zoo|Speedway|Golf Course|Country Club|Cemetery|Reservation|Township|Village|Neighborhood|District|Ranch|Reservoir|Falls|Station|Interstate|Turnpike|Casino|Market|Library|Museum|Gym|Theater|Racetrack';
const namedPlace = new RegExp(
  `\\b(?<value>(?!(?:The|In|At|From|To|Near|Of|County|Point|Foley|And|Lives?|Patient|Pt|Emergency|Physical|Gait|Work|Nursing|Nurse|Nurses|Nurses'|Police|Fire|Gas|School) )[A-Z][A-Za-z'.-]{1,18} (?:(?!(?:${heads})\\b)(?:of|the|[A-Z][A-Za-z'-]{1,18}) ){0,2}(?:${heads}))\\b(?! (?:Hospital|Medical|Clinic|Health|Surgery|Care|Imaging|Jail|[A-Z][a-z]+ (?:Hospital|Medical|Clinic|Center)))`,
  'g',
);
const fromUnknown =
  /\b(?:lives? in|living in|resides? in|residing in|moved (?:here )?(?:from|to)|born in|raised in|grew up in|native of|relocated (?:from|to)|travel(?:l?ed|s) to|flew to|trip to|returned from|vacation in|drove (?:from|to)|originally from|house in|home in) (?:rural |downtown |suburban |nearby )?(?<value>[A-Z][a-z]{2,16}(?: [A-Z][a-z]{2,16})?)\b(?! (?:County|Hospital|Medical|Clinic|Health|Street|Assisted|Nursing))/g;
const cityBySuffix =
  /\b(?:in|near|from|outside) (?<value>(?:[A-Z][a-z]{2,10} )?[A-Z][a-z]{2,9}(?:ville|burg|burgh|field|port|wood|dale|ford|boro|borough|mouth|haven|view|bury|polis|stead|ton))\b(?! (?:County|Hospital|Medical|Clinic|Health|Street|Road|Ave|[A-Z][a-z]+ (?:Hospital|Clinic|Center|Medical)))/g;
const road =
  /\b(?:Interstate|Highway|Hwy|Route|US|State Road|SR)[ -]\d{1,4}\b|\bI-\d{1,3}(?= (?:north|south|east|west|near|at|in|exit)\b)/g;
const endsClause = /\b(?:in|from|near) (?<value>[A-Z][a-z]{4,14})(?=[.,;)](?:\s|$))/g;
const lowerCaseCity = new RegExp(
  `\\b(?:lives in|living in|resides in|moved (?:from|to)|born in|from|in) (?<value>${cities
    .filter(
      (city) =>
        !/^(?:Mobile|Reading|Bend|Corona|Flint|Mesa|Norman|Gary|Compton|Concord)$/.test(city),
    )
    .map((city) => city.toLowerCase().replace('.', '\\.'))
    .join('|')})\\b(?! (?:syndrome|scale|coma))`,
  'g',
);

/** Places by their names and by what they are: cities, states, countries, parks, counties. */
export function detectPlaces(view: string): Candidate[] {
  return [
    ...collectMatches(view, cityName, { category: 'City', score: 0.75, rule: 'city' }).filter(
      ({ start, end }) =>
        !needsCue.has(view.slice(start, end)) ||
        cue.test(view.slice(Math.max(0, start - 16), start)),
    ),
    ...collectMatches(view, stateName, { category: 'State', score: 0.74, rule: 'state' }).filter(
      ({ start, end }) =>
        !/^(?:Washington|Virginia|Georgia)$/.test(view.slice(start, end)) ||
        /\b(?:in|from|to|of|rural|,)[ ]{1}$|, $/i.test(view.slice(Math.max(0, start - 8), start)),
    ),
    ...collectMatches(view, countryName, {
      category: 'CountryOrRegion',
      score: 0.76,
      rule: 'country',
    }),
    ...collectMatches(view, namedPlace, {
      category: 'LocationOther',
      score: 0.78,
      rule: 'named-place',
    }),
    ...collectMatches(view, cityBySuffix, { category: 'City', score: 0.72, rule: 'city-suffix' }),
    ...collectMatches(view, endsClause, {
      category: 'City',
      score: 0.58,
      rule: 'city-ends-clause',
    }).filter(({ start, end }) => !isNeverName(view.slice(start, end))),
    ...collectMatches(view, road, { category: 'LocationOther', score: 0.8, rule: 'road' }),
    ...collectMatches(view, fromUnknown, { category: 'City', score: 0.7, rule: 'lives-in' }),
    ...collectMatches(view, lowerCaseCity, { category: 'City', score: 0.65, rule: 'city-lower' }),
  ];
}
