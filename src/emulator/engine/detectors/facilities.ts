import { type Candidate, collectMatches } from '../candidate.ts';
import { knownHospitals, knownOrganizations } from '../lexicon/organizations.ts';
import { buildPhrasePattern } from '../lexicon/phrase-pattern.ts';
import { words } from '../lexicon/word-list.ts';
import type { PhiCategory } from '../phi-category.ts';

const careHead =
  "(?:(?:Regional |Community |General |Memorial |University |County |Veterans |Family |Women's |Children's )?(?:Medical Cent(?:er|re)|Med\\.? Cent(?:er|re)|Medical Ctr\\.?|Health Cent(?:er|re)|Healthcare(?: System)?|Health System|Health Care|Health Services|Medical Group|Medical Associates|Medical Clinic|Surgery Cent(?:er|re)|Surgical Cent(?:er|re)|Cancer Cent(?:er|re)|Heart Cent(?:er|re)|Urgent Care|Nursing Home|Nursing Facility|Skilled Nursing|Nursing and Rehab(?:ilitation)?|Rehab(?:ilitation)?(?: Hospital| Center)?|Hospice|Infirmary|Sanatorium|Polyclinic|Clinics?|Hospitals?|Hosp\\.?|Eye Associates|Eye Institute|Imaging(?: Center| Associates)?|Radiology(?: Associates)?|Orthop(?:a)?edics|Cardiology(?: Associates)?|Dermatology|Pediatrics(?: Associates)?|Family Medicine|Family Practice|Internal Medicine(?: Associates)?|Primary Care|Oncology(?: Associates)?|Dialysis(?: Center)?|Behavioral Health|Mental Health(?: Center)?|Physical Therapy|Dental(?: Care| Group)?|Birth Center|Labs?|Laborator(?:y|ies)|Medical|Health|Physicians|Wellness Center|Recovery Center|Treatment Center|Home Health(?: Care)?|Counseling|Psychological Services|Memorial|Presbyterian|Infusion Center|Pain Center|Sleep Center|VAMC|VA))";
const organizationHead =
  "(?:(?:Learning|Community|Senior|Day|Cultural|Fitness|Convention|Child Care|Childcare|Distribution|Job Corps|Recreation|Call) Cent(?:er|re)|Products|Shipyards?|& Sons|and Sons|& Co\\.?|Brothers|Bros\\.|Communications|Energy|Petroleum|Pharmaceuticals|Orchards|Vineyards|Winery|Fisheries|Seafood|Poultry|Packing|Textiles|Timber|Logging|Concrete|Paving|Masonry|Flooring|Furniture|Janitorial|Laundry|Fire|Fire Rescue|Health Plan|Manor|Gardens|Estates|Villas?|Lodge|Assisted Living|Senior Living|Retirement (?:Home|Community|Village)|Memory Care|Adult Day(?: Care)?|Group Home|Homeless Shelter|Shelter|Mission|University|College|Community College|High School|Middle School|Elementary(?: School)?|School(?: District)?|Academy|Preschool|Daycare|Church|Temple|Synagogue|Mosque|Parish|Ministries|Foundation|Charities|Society|Pharmacy|Drugs?tore|Inc\\.?|LLC|L\\.L\\.C\\.|Ltd\\.?|Corp\\.?|Corporation|Company|Co\\.|Industries|Enterprises|Logistics|Freight(?: Lines)?|Trucking|Lines|Airlines|Railroad|Railway|Transit|Construction|Contractors|Contracting|Builders|Plumbing|Electric|Roofing|Landscaping|Manufacturing|Motors|Auto(?: Body| Parts| Repair)?|Steel|Foundry|Mills?|Mining|Lumber|Foods?|Bakery|Brewery|Restaurant|Diner|Cafe|Grill|Hotel|Motel|Inn|Casino|Bank|Credit Union|Insurance|Realty|Properties|Apartments|Farms?|Dairy|Nursery|Technologies|Systems|Software|Solutions|Consulting|Partners|Holdings|Group|Associates|Law Firm|LLP|Agency|Department|Police Department|Fire Department|Sheriff's Office|Correctional (?:Facility|Institution|Center)|Detention Center|Prison|Jail|Army|Union|Local \\d{1,4}|Ambulance|EMS|Institute|Laboratories|Station|Warehouse|Supermarket|Market|Hardware|Supply|Salon|Studio|News|Press|Theatre|Theater)";
const nameWord = "(?:St\\.|Mt\\.|Ft\\.|[A-Z][A-Za-z]{0,20}(?:['-][A-Za-z]{1,15}){0,2})";
const nameStart = `${nameWord}(?: (?:(?:of|and|&|de|del) (?:the )?)?${nameWord}){0,4}?`;
const tail =
  "(?: for (?:Special|Sick|Women|Children|Rehabilitation|Joint|Advanced) ?[A-Z]?[a-z]{0,12}(?: and [A-Z][a-z]{2,12})?)?(?: of (?:the )?[A-Z][A-Za-z'-]{1,18}(?: [A-Z][a-z]{1,15})?|,? (?:Los Angeles|Boston|New York|Chicago|Philadelphia|Seattle|Houston))?";

const careName = new RegExp(
  `(?<![\\w.'-])${nameStart} ${careHead}(?![\\w'-]| Plan\\b)${tail}`,
  'g',
);
const upperCareName =
  /(?<![\w.'-])(?:ST\. |MT\. )?(?:[A-Z][A-Z'&-]{1,20} (?:OF |AND |THE )?){1,5}(?:MEDICAL CENTER|HEALTH CENTER|HEALTHCARE|HEALTH SYSTEM|HOSPITAL|CLINIC|INFIRMARY|NURSING HOME|URGENT CARE|CANCER CENTER|REHABILITATION CENTER|HEALTH|IMAGING|MEDICAL GROUP|HOSPICE)\b(?! (?:COURSE|NOTE|STAY|DAY|VISIT|SUMMARY|RECORD|NUMBER|PROBLEM|MEDICATIONS|DISCHARGE|ADMISSION))/g;
const organizationName = new RegExp(
  `(?<![\\w.'-])${nameStart} ${organizationHead}(?![\\w'-])(?: of [A-Z][a-z]{2,15}(?: [A-Z][a-z]{2,15})?)?`,
  'g',
);
const universityOf =
  /\bUniversity of (?:the )?[A-Z][a-z]{2,15}(?:(?: at| of)? [A-Z][a-z]{2,15}){0,2}(?: (?:Medical Center|Hospitals?|Health(?: System|care)?|Clinics?))?/g;
const homeOf =
  /\b(?:Veterans|Soldiers'?|Sailors'?|Children's|Sisters|House|Church|Church of|Our Lady|Home|Friends|Bank|City|Temple|School|School District|College|Archdiocese|Diocese) (?:Home )?of (?:the )?[A-Z][a-z]{2,15}(?: [A-Z][a-z]{2,15}){0,2}(?: (?:Medical Center|Hospital|Clinic|Health|School))?/g;
const saint =
  /(?<![\w.])(?:St\.?|Saint|Our Lady of) [A-Z][a-z]{2,14}(?:'s?)?(?! (?:Street|St\b|Ave|Paul|Louis|Petersburg|Lucie|Cloud|Johns Wort))\b'?(?: (?:Hospital|Medical Center|Clinic|Hosp|Health|Regional|Memorial))?/g;
const lowerCareName =
  /\b(?<value>(?!(?:The|Our|Seen|At|In|This|Pain|Eye|Sleep|Coumadin|Foot|Outpatient|Follow|Wound|Urgent) )[A-Z][A-Za-z'.]{1,15}(?: [A-Z][a-z]{1,15}){0,2} (?:hospital|clinic|medical center|nursing home|urgent care))\b/g;
const allLowerCareName =
  /\b(?:at|to|from|@) (?<value>(?:st\.? |mt\.? )?(?!(?:the|our|this|an?|local|outside|another|hospital|clinic|same|that) )[a-z']{3,14} (?:[a-z']{3,14} ){0,2}(?:hospital|medical center|nursing home|hospice))\b/g;
const generalShort =
  /\b(?:at|to|from|@|near) (?<value>(?:[A-Z]{2,5}|[A-Z][a-z]{2,14})(?: [A-Z][a-z]{2,14})? (?:General|Memorial|Methodist|Regional|Presbyterian|Baptist|Lutheran|Deaconess|Adventist|Med))\b/g;
const labelledOrganization =
  /\b(?:[Ee]mployer|EMPLOYER|[Ff]uneral home|DME|[Pp]harmacy|PHARMACY|[Ss]chool|[Cc]arrier|[Hh]ome health(?: agency)?)[ \t]{0,2}:[ \t]{0,4}(?<value>[A-Z][A-Za-z'-]{2,18}(?: (?:(?:and|&|of) )?[A-Z][A-Za-z'-]{1,18}){0,3})\b(?!:)/g;
const labelledFacility =
  /\b(?:[Ff]acility|FACILITY|[Hh]ospital|HOSPITAL|[Cc]linic|CLINIC|CLINIC NAME)[ \t]{0,2}:[ \t]{0,4}(?<value>[A-Z][A-Za-z'.-]{2,18}(?: (?:(?:and|&|of) )?[A-Z][A-Za-z'-]{1,18}){1,3})\b(?!:)/g;
const residence =
  /\b(?:resides|residing|resident (?:of|at)|lives at|living at|placed at|discharged? to|d\/c to|transfer(?:red)? to)(?: at)? (?<value>[A-Z][a-z]{2,14} (?:[A-Z][a-z]{2,14} )?(?:Terrace|Place|Pointe?|Court|Village|Commons|Woods|Oaks|Pines|Springs|Ridge|Hills?|House|Haven|Grove|Creek|Meadows|Heights|Acres|Center|Villa))\b/g;
const centerShort =
  /\b(?:at|to|from|by|near) (?:the )?(?<value>(?:[A-Z][A-Za-z'-]{2,18} ){2,4}(?:Center|Centre))\b/g;
const admittedTo =
  /\b(?:hospitalized|admitted|inpatient|hospitalization|rehab) (?:at|to) (?<value>[A-Z][A-Za-z'.]{1,15}(?: [A-Z][a-z'.]{1,15}){0,2})\b(?! (?:ICU|ED|Unit|Floor|Service))/g;
const employer =
  /\b(?:works? (?:for|at)|worked (?:for|at)|working (?:for|at)|employed (?:by|at|with)|employer:|retired from|job at|manager at|employee (?:of|at)|laid off from|drives for|attends|enrolled at|student at|graduated from|volunteers (?:at|for|with)) (?:the )?(?<value>[A-Z][A-Za-z&'-]{2,18}(?: (?:(?:and|&|of) )?[A-Z][A-Za-z&'-]{1,18}){0,3})\b/g;

/** Words that describe a department: a name made of these alone names nobody. */
const genericWords = new Set(
  words(`
  the a an our this that outpatient inpatient pain eye primary care family internal general-practice wound diabetes
  cardiology oncology dermatology neurology pulmonary sleep dental women's mental behavioral public home health physical
  therapy medical medicine emergency urgent acute skilled nursing surgery surgical day same-day preop clinic clinical
  hospital center rehab rehabilitation infusion dialysis radiology imaging laboratory lab labs lipid coumadin
  anticoagulation orthopedic orthopedics gi gu ent ob/gyn obgyn podiatry psychiatry psychiatric pediatric
  pediatrics geriatric allergy ed er icu in at from to of and for with seen admitted admit discharged discharge
  transferred follow followup follow-up visit his her their patient pt pts she he it is was by electronic health
  occupational speech reproductive sexual national heart global world community rural academic referring local tertiary
  transitional palliative hospice adult sports spine hand foot fertility prenatal postpartum vaccine vaccination covid
  memory stroke trauma burn cancer breast bariatric transplant hepatology nephrology urology rheumatology
  endocrinology endocrine hematology infectious disease infection preventive preventative review current past social
  immunization respiratory vascular cardiac cardiovascular kidney liver lung renal bone joint health-care oral skin hair
  department dept state department's insurance private system systems nervous digestive immune urinary
  reports report partners group associates police fire station market high middle school elementary nursing
  failure headache movement disorder disorders valve arrhythmia pacemaker device hypertension asthma copd epilepsy
  dementia wellness weight nutrition travel lung pacer epilepsy survivorship genetics concussion
  counseling psychological gastroenterology pulmonology neurosurgery plastic otolaryngology audiology ophthalmology optometry gynecology
  obstetrics maternal fetal fracture hernia lymphedema anesthesia interventional telemetry observation step-down
  icu micu sicu ccu nicu picu medsurg med-surg
  personal auto motor intensive security services case management social learning senior day fire products energy
  self unemployed none unknown retired disabled`),
);
const leadIns =
  /^(?:(?:The|At|In|From|To|Our|This|Seen|Admitted|Transferred|Discharged|Follow-up|Followup|Patient|Pt|Facility|Location|Site|Hospital|Clinic|Name|Dear|His|Her|Their|She|He|And|Also|When|Since|After|Before|Per|Via|With|Saw|Called|Referred|Provider|Employer|Pharmacy|School|Attended|Attends|An?|On|For|By|Of|Dr\.|Rec|Records?|Went|Mr\.|Mrs\.|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?: of| to| from| at| the| in)?,? )+/;

const knownCare = buildPhrasePattern(knownHospitals);
const known = buildPhrasePattern(knownOrganizations);

/** Hospitals and other organisations: by what they are called at the end, by cue, by renown. */
export function detectFacilities(view: string): Candidate[] {
  const care = (regex: RegExp, score: number) => collect(view, regex, 'Hospital', score);
  const organization = (regex: RegExp, score: number) =>
    collect(view, regex, 'Organization', score);
  return [
    ...care(careName, 0.88),
    ...care(upperCareName, 0.86),
    ...care(saint, 0.8),
    ...care(lowerCareName, 0.8),
    ...care(allLowerCareName, 0.7),
    ...care(generalShort, 0.78),
    ...care(centerShort, 0.78),
    ...care(admittedTo, 0.87),
    ...care(knownCare, 0.77),
    ...organization(organizationName, 0.84),
    ...organization(universityOf, 0.83),
    ...organization(homeOf, 0.87),
    ...organization(employer, 0.79),
    ...organization(known, 0.8),
    ...organization(labelledOrganization, 0.78),
    ...care(labelledFacility, 0.78),
    ...organization(residence, 0.75),
  ];
}

function collect(view: string, regex: RegExp, category: PhiCategory, score: number): Candidate[] {
  return collectMatches(view, regex, { category, score, rule: `facility-${category}` }).flatMap(
    (candidate) => {
      const text = view.slice(candidate.start, candidate.end);
      const start = candidate.start + (leadIns.exec(text)?.[0].length ?? 0);
      const rest = view.slice(start, candidate.end);
      return isGeneric(rest) ? [] : [{ ...candidate, start }];
    },
  );
}

function isGeneric(name: string): boolean {
  return name
    .toLowerCase()
    .split(/[ ,&.]+/)
    .every((word) => word === '' || genericWords.has(word));
}
