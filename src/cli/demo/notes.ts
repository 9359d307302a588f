/** One file of the demonstration: a synthetic note, or something that must not be selected. */
export interface DemoFile {
  name: string;
  text: string;
}

/** What the demonstration selects, leaves out and keeps together. */
export const DEMO_SELECTION = {
  pattern: 'notes/**/*.txt',
  exclude: 'notes/archive/**',
  groupBy: 'folder:2',
} as const;

const PATIENTS = 42;
const FEWEST_NOTES = 5;
const OVER_THE_LIMIT_BYTES = 2_100_000;

const GIVEN_NAMES = ['Marjorie', 'Walter', 'Denise', 'Howard', 'Yolanda', 'Curtis', 'Beatrice'];
const FAMILY_NAMES = ['Whitlock', 'Okafor', 'Brennan', 'Castellanos', 'Dunmore', 'Lindqvist'];
const DOCTORS = ['Alan Pierce', 'Susan Hartley', 'Miguel Ortega', 'Priya Raman', 'Ellen Marsh'];
const COMPLAINTS = [
  'shortness of breath on exertion',
  'a follow-up of type 2 diabetes',
  'lower back pain after lifting',
  'palpitations at night',
  'a persistent dry cough',
];

/**
 * All files: 42 patients with 5 to 10 notes each (no real person is in them), one empty note, and
 * decoys among them that a cover by prefixes has to work around.
 */
export function createDemoFiles(): DemoFile[] {
  const patients = Array.from({ length: PATIENTS }, (_, index) => createPatient(index));
  return [
    ...patients.flatMap((patient) => patient.notes),
    { name: `${folderOf(11)}visit-99-cancelled.txt`, text: '' },
    { name: `${folderOf(6)}scan-of-consent.pdf`, text: 'not a text' },
    { name: `${folderOf(19)}lab-values.csv`, text: 'analyte,value\nHbA1c,7.1\n' },
    { name: `${folderOf(29)}export-of-everything.txt`, text: 'x'.repeat(OVER_THE_LIMIT_BYTES) },
    { name: 'notes/archive/p0003/visit-01.txt', text: 'Patient: Mr. Walter Okafor\n' },
    { name: 'notes/archive/p0017/visit-01.txt', text: 'Patient: Ms. Denise Brennan\n' },
    { name: 'readme.txt', text: 'Not below notes/, so no pattern matches it.\n' },
  ];
}

/** Two notes of one patient, whose surrogates must agree. */
export const SHOWN_NOTES = [`${folderOf(2)}visit-01.txt`, `${folderOf(2)}visit-02.txt`] as const;

function createPatient(index: number): { notes: DemoFile[] } {
  const notes = FEWEST_NOTES + (index % 6);
  return {
    notes: Array.from({ length: notes }, (_, visit) => ({
      name: `${folderOf(index)}visit-${String(visit + 1).padStart(2, '0')}.txt`,
      text: writeNote(index, visit),
    })),
  };
}

function folderOf(patient: number): string {
  return `notes/p${String(patient + 1).padStart(4, '0')}/`;
}

function writeNote(patient: number, visit: number): string {
  const given = pick(GIVEN_NAMES, patient);
  const family = pick(FAMILY_NAMES, Math.floor(patient / GIVEN_NAMES.length) + patient);
  const age = 34 + ((patient * 7) % 60);
  const day = String(1 + ((patient + visit * 5) % 28)).padStart(2, '0');
  const month = String(1 + (visit % 12)).padStart(2, '0');
  const record = 40_000_000 + patient * 7_919;
  return [
    `Patient: ${family}, ${given}`,
    `MRN: ${record}`,
    `Date of visit: ${month}/${day}/2026`,
    `Attending: Dr. ${pick(DOCTORS, patient + visit)}`,
    '',
    `${given} ${family} is a ${age}-year-old patient seen for ${pick(COMPLAINTS, patient + visit)}.`,
    `Vital signs were stable, blood pressure ${118 + visit}/76. ${given} can be reached at (555) 555-01${String(patient + 10).padStart(2, '0')}.`,
    `Next appointment on ${month}/28/2026 with Dr. ${pick(DOCTORS, patient + visit)}.`,
    '',
  ].join('\n');
}

function pick(values: readonly string[], index: number): string {
  return values[index % values.length] ?? '';
}
