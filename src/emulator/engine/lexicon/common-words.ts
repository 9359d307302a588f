import { wordSet, words } from './word-list.ts';

const isWordAndName = wordSet(
  words(`
will may april june august rose grace hope faith joy mark frank bill art gene rich rob drew sue pat chase grant
dean earl king young hill park parks brown green white black gray long short wood woods stone rice bush wells
fields lake rivers banks cook baker day days price cross love power powers strong small little best moody frost
snow winter winters summer summers church bishop pope page read reed field bell ball berry hand foot head heart
lane street west east north south marsh ford case means mays moon noble sharp swift savage wise violet viola
iris ivy holly hazel pearl ruby opal amber ginger daisy fern flora lily olive autumn crystal dawn destiny eve
melody misty sandy sunny summer star angel jesus ray guy jack buddy bud major prince duke buck cliff glen dale
brook rusty sage sky sonny van victor max miles norm otis penny queen randy robin rocky spring stormy ward
chance christian cole cooper carter mason hunter tanner taylor tyler parker porter fisher gardner miller
turner walker weaver carpenter butler farmer shepherd archer singer hall house barnes bird fox wolf lamb bass
fish swan crane drake crow good sweet rush pace pool key link mills gill bond cash gold silver golden law love
nail self story sun sung song do so an in on to he she her his him my me so ma mai long lan min no oh see sing
son an an ha le la li lo lu mo hay may song do dung kai kay jan feb mar dec sat sun mon wed fri gay hardy
hale blood bone bones neck chest back arm leg ankle knee hip nurse patient doctor said seen noted given rest
test tests right left per case may gates rains storm west major minor hood land person peoples royal english
french german irish welsh scott norman roman blue rose bloom branch forest heath mead meadows rhodes roads
mercy angel trinity precious dot ebony unity justice early street way point dick ora merry merrill iron mass
kidney liver lung brain skin nail pill pill cure cost sale counts count core chan char noon nova jade asia
brooklyn dallas austin houston phoenix paris london sydney madison jackson lincoln washington cleveland
charlotte savannah carolina virginia georgia dakota denver boston trenton camden orlando
lance stern block burns crew storm temple tab lock head crow marker cutter drop spears sparks rocks rush
bends flowers flower root seal seals battle battles person ready steel steele vine waters wall walls ring
mills mouse pollen pen pitt poll posey rash reach ridge ripple ross sharp shook sheets shore shock slaughter
steady stiff stout stump swallow tally tremor welch wick wilder wing wire worth yarn`),
);

/** Words that no name contains, although notes capitalise them. */
export const isNeverName = wordSet(
  words(`
a about above abdomen abdominal abnormal absent access accompanied according account ace acetaminophen acid active
activity acute address adenosine adl admission admit admits admitted adult advanced advil advised affect african
after age aged agency ago albumin alcohol alert all allergic allergies allergy also although am amended american
amlodipine an and anemia anesthesia angina ankle answer antibiotic antibiotics any appearance appears applicable
applied appointment appt approved are area arm arrival arrived arthritis as ascend asian aspirin assessed
assessment assigned assisted asthma at atrial attending author authorization available average aware back bactrim
balance baseline bcbs be because bed been before began behavior being below best better between bilateral biopsy
birth bladder blood blue bmi body bone both bowel bp brain breast breath bridge brief brought building but by ca
cad call called caller calls came cancer cardiac cardiology care caregiver case cc cell center certificate cervical
change changes chart check chest chf chief child childhood children chronic city claim clear client clinic clinical
clinician close code cold college color colon colonoscopy come comes comment comments comparison complaint
complaints complete completed complications concern concerns condition confirmed confusion congestive consent
consider considering consult consultant consultation contact contacted contacts continue continued contraindications
contrast control copd copy coronary correlate cough could counseled count county course cr creatinine critical ct
culture current currently daily data date dated dates day days dear death deceased decreased deep deficit degree
denied denies department depression dermatology description details device diabetes diabetic diagnosed diagnoses
diagnosis diagnostic dialysis dictated did died diet differential digital direct director discharge discharged
discussed disease disorder disposition distress do dob doctor documented does dosage dose double doctors dr draft
dress drug drugs dt due during dx dysfunction dyspnea each ear early echo ed edema education ef effect effective
effectiveness effects efficacy ekg elderly electronic electronically elevated email emergency emergent employee
employer employment encounter end endoscopy ent entered episode er esophagus est ethanol etiology etoh evaluate
evaluated evaluation evening event every evidence exam examination examined excellent exercise exertion
experienced explained exposure extension extremities extremity eye eyes face facility failure fall falls family
fasting father fax febrile feels fell female fever fibrillation file final finding findings first five floor flu
fluid follow followed following follows for foot form former found four fracture free from full function functional
further gait gave general generalized gi girl give given glucose goal goals good got grade gram grandmother great
gross group growth guardian guideline guidelines had hand has have having hbp hct hdl he head headache health
hearing heart heent height hello help hemoglobin hep hepatic hepatitis her here hi high him hip hispanic his history
hold home hospice hospital hospitalization hospitalized hour hours house how however hpi hr htn human husband hx
hypertension i icd icu id ideal identified identification if ill illness im imaging immediate impact impaired
impression improved improving in inc incident include includes including increase increased indication indications
indicated infection infectious influenza info information informed infusion inhaler initial initially initiated
injection injury inpatient insurance insulin intact intake interaction interactions interim internal interpreter
interval interview intern into intravenous intubated involved is issue issues it its iv jaw job joint jr kidney
knee known lab laboratory labs laceration last lasix lasted late latest later latino laterality leave left leg legal
lesion lesions less level levels license life limited line lipid list listed live liver lives living loc local
location long low lower lumbar lump lung lungs lupus lymph made mail main major male man management manager manages
manufacturer mass may md me medicaid medical medicare medication medications medicine meds member memory mental met
metastatic metformin method mg mgmt mid middle mild minimal minute minutes missed mobile model moderate mom
monitoring month months mood more morning most mother motor mr mri mrs ms mrn much multiple muscle my name named
names narrative nausea navy neck need needs negative neuro neurologic neurological neurology never new next night
no non none nor normal not note noted notes nothing notified now number numbness nurse nurses nursing nutrition
objective observation obtained occupation occupational of off office officer ok old on oncology one onset open
operation operative opioid option options or oral orally order ordered orders organization oriented orthopedic
osteoarthritis other our out outcome outpatient outside over overall overnight oxygen pacemaker page paged pager
pain palliative pancreatic para parent parents part partner past path pathology patient patients pay payer pcn pcp
pediatric pelvic pelvis pending penicillin per perrl person personal pharmacist pharmacy phone physical physician
physicians pin place placed plan plans plate please pmh pneumonia po policy portal portable position positive
possible post pre pregnancy pregnant preliminary prescribed prescription prescriber present presented presenting
presents pressure prevention previous primary principal prior priority private prn problem problems procedure
procedures prognosis program progress prostate protocol provided provider providers psych psychiatric psychiatry
psychology pt ptsd pulmonary pulse pupils purpose quality question questions race radiology radiologist range rash
rate re reaction read ready reason reassess rec received recent recently recheck recommend recommendation
recommendations recommended record records red ref refer reference referral referred referring reflex refill
regarding regimen registered regular rehab rehabilitation related relation relationship release religion
remained reminder remote renal repeat reply report reported reports request requested required requires residence
resident residents residual resolved respiratory response rest result results resumed return returned returns
review reviewed reviews rheumatology right risk risks rn road room routine rr rx safety said same sample saw say
says scan schedule scheduled school score screening season second secondary section see seen seizure senior sent
sepsis serial serum service services session severe sex she short shortness should shoulder side sign signed
significant signature signs similar since single sinus site skin sleep slight small smoker smoking snf so soap
social soft some son source spanish speaker speaking speaks special specialist specimen speech spine spoke
spouse st stable staff stage standard start started state stated states status std stent step still stomach stool
stop street strength stress stroke student studies study subject subjective subscriber sudden suggested
suicidal summary supervisor supplement supplements support surgeon surgery surgical surrogate swelling symptoms
syndrome system systems take taken takes taking team tech technician technique technologist teen tel telephone
temp temperature test tested testing tests than thank thanks that the their them then therapist therapy there
therapeutic these they third this those though three through throughout thyroid time title to today told tolerated
tolerating tomorrow too took total toxicology transcribed transcriptionist transfer transferred transplant transport
trauma traumatic treat treated treatment treatments triage trial triglycerides troponin tubes tumor two tx type
ultrasound unable under undergoing underwent unit university unknown unremarkable until up update updated upon
upper urgent uri urinary urine urology us use used username using usual uti vaccine vaccination valve various
vascular vehicle vein very veteran veterans via vin viral virus visit visits vision vital vitals vs walk walking
wants warfarin was we weak weakness web website week weeks weight well went were what when where whether which
while white who whole whose why wife will with within without witness woman women work worked working works worse
worsening would wound xray year years yes yesterday yo you your zip
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri
january february march july september october november december jan feb mar apr jun jul aug sep sept oct nov dec
christmas thanksgiving easter halloween
abg aca acc aha ada acei adhd afib aids aki als ama ams ana ards avr bid bipap bnp bph bun cabg cbc cdc cdl cdiff
cf cga ckd cmp cms cns co cpap cpr crp csf cva cvs cxr dea dka dm dmv dnr doa dot dvt ecg eeg ems esr esrd etc fda
fev gcs gerd gfr gyn hba1c hcg hcv hiv hmo hpv hs ibs ibd icd inr ip iud iui iud ivf jnc jvd kub ldl lft lmp lpn
lvef mi mva nad nka nkda npi npo nsaid nsr ob obgyn osa ot pa pac pad pap pcr pe pet pft picc plt pmhx pmd pod ppd
ppi ppo psa pth ptt pvd qd qhs qid ra rbc rom ros rsv sle sn sob spo2 ssn ssri sub t1dm t2dm tb tbi tia tid tpa
tsh tte uri url usa utd uv vad vre wbc wnl
chaddock babinski framingham gleason wells mcgill nyha ferriman-gallwey apgar braden glasgow hamilton epworth
medtronic resmed abbott dexcom omron philips siemens stryker zimmer pfizer moderna novartis
lyme barrett crohn hodgkin parkinson alzheimer marfan cushing guillain-barre huntington sjogren raynaud graves
hashimoto tourette bell kawasaki kaposi ewing wilms wilson addison down turner klinefelter
humira eliquis xarelto plavix spiriva lipitor norvasc lantus jardiance ozempic tylenol motrin zoloft lexapro
prozac xanax ativan ambien coumadin lovenox zofran norco percocet vicodin keflex zithromax augmentin cipro flagyl
bactrim singulair advair symbicort albuterol synthroid nexium prilosec zocor crestor januvia trulicity metoprolol
mirtazapine gabapentin neurontin lyrica cymbalta effexor wellbutrin seroquel abilify risperdal depakote lamictal
clinic hospital center centre institute associates university college department ward unit suite floor
english spanish vietnamese mandarin cantonese arabic russian korean tagalog portuguese creole caucasian hispanic
latina black asian indian native christian catholic jewish muslim baptist
na goldmann penrose sure right okay hi hello pylori coli difficile diff aureus pneumoniae influenzae albicans leiden agent receptionist operator
myself everyone someone anyone nobody
i'm i've it's he's she's don't didn't can't won't isn't wasn't that's there's
mycobacterium staphylococcus escherichia streptococcus
hyperlipidemia prediabetes dementia anxiety bipolar schizophrenia melanoma lymphoma leukemia carcinoma sarcoma
adenocarcinoma cellulitis pancreatitis appendicitis cholecystitis diverticulitis bronchitis sinusitis gout
`),
);

/** Names that are ordinary words as well: they need more than a capital letter to count. */
export function isAmbiguousName(word: string): boolean {
  return isWordAndName(word) || isNeverName(word);
}

/** `X disease`, `X sign`: a name followed by one of these is an eponym, not a person. */
export const eponymHead =
  /^(?:'s|s'|')?[ -](?:ankle|rules|disease|syndrome|sign|reflex|reflexes|scores?|criteria|test|tests|testing|catheter|scale|index|classification|lymphoma|sarcoma|tumor|palsy|chorea|phenomenon|esophagus|dementia|body|bodies|thyroiditis|contracture|fracture|procedure|maneuver|manoeuvre|method|position|law|rule|stain|agar|tube|drain|ganz|barre|johnson syndrome|murmur|nodes?|spots?|lines?|triad|tetralogy|anemia|angle|grade|stage|staging|nomogram|equation|formula|heart study|study|trial|risk|cells?|hernia|operation|repair|technique|pouch|incision|clamp|forceps|retractor|needle|collar|splint|sleeve|point|tenderness|pain|gangrene|neuroma|aneurysm|ring|diverticulum|duct|gland|loop|canal|ligament|fascia|membrane|glands|breathing|respirations?|lumpectomy|coma)\b/i;
