import { describe, test } from 'vitest';
import { detectFacilities } from '../../../../src/emulator/engine/detectors/facilities.ts';
import { expectFound } from './expect-found.ts';

describe('hospitals and organisations', () => {
  test.each<[text: string, ...found: string[]]>([
    ['ST. BRENDAN REGIONAL MEDICAL CENTER', 'Hospital:ST. BRENDAN REGIONAL MEDICAL CENTER'],
    ['seen at Harbor View Clinic on', 'Hospital:Harbor View Clinic'],
    ["at Children's Hospital of Philadelphia", "Hospital:Children's Hospital of Philadelphia"],
    ['to Lakeshore Pines Assisted Living', 'Organization:Lakeshore Pines Assisted Living'],
    ['works for Pinnacle Freight Lines', 'Organization:Pinnacle Freight Lines'],
    ['at Portland State University', 'Organization:Portland State University'],
    ['HOSPITAL COURSE: seen in Heart Failure Clinic, the Emergency Department, Primary Care'],
  ])('%s', (text, ...found) => expectFound(detectFacilities, text, ...found));
});
