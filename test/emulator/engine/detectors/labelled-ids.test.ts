import { describe, test } from 'vitest';
import { detectLabelledIds } from '../../../../src/emulator/engine/detectors/labelled-ids.ts';
import { expectFound } from './expect-found.ts';

describe('a label explains a number', () => {
  test.each<[text: string, ...found: string[]]>([
    ['MRN: 00482-1193', 'MedicalRecord:00482-1193'],
    ['chart no. FX-20981', 'MedicalRecord:FX-20981'],
    ['Account #: A7730021984', 'Account:A7730021984'],
    ['CDL # K084729916', 'License:K084729916'],
    ['DEA BS4471926, NPI 1093817465', 'License:BS4471926', 'License:1093817465'],
    ['Medicare ID: 1EG4-TE5-MK72', 'HealthPlan:1EG4-TE5-MK72'],
    ['serial number PJN482817S', 'Device:PJN482817S'],
    ['Fingerprint ID FP-00391-R2', 'BioID:FP-00391-R2'],
    ['lot AC52B7741A', 'Unknown:AC52B7741A'],
    ['Job ID 558102', 'IDNum:558102'],
    ['VIN 1G4HP57M79U114023', 'Vehicle:1G4HP57M79U114023'],
    ['mrn 5520981', 'MedicalRecord:5520981'],
    ['visit 3 of 5, plan 12 weeks, a lot of pain, group therapy, MRN: pending'],
  ])('%s', (text, ...found) => expectFound(detectLabelledIds, text, ...found));
});
