import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isGivenName } from '../../../../src/emulator/engine/lexicon/given-names.ts';
import { surnames } from '../../../../src/emulator/engine/lexicon/surnames.ts';
import type { PhiCategory } from '../../../../src/emulator/engine/phi-category.ts';
import { createSurrogates } from '../../../../src/emulator/engine/surrogates/create-surrogates.ts';

const scope = (seed: number) => createSurrogates(new Uint8Array(32).fill(seed));
const dayMs = 86_400_000;
const iso = (day: number) => new Date(day * dayMs).toISOString().slice(0, 10);

describe('names', () => {
  const replace = scope(1);

  test('the parts of a name agree wherever they stand', () => {
    const [last = '', first = ''] = replace('Patient', 'Whitlock, Marjorie A.').split(/, | /);
    expect(replace('Patient', 'Whitlock')).toBe(last);
    expect(replace('Patient', 'WHITLOCK')).toBe(last.toUpperCase());
    expect(replace('Patient', 'Marjorie')).toBe(first);
    expect(replace('Doctor', 'Dr. Marjorie Whitlock, MD')).toBe(`Dr. ${first} ${last}, MD`);
    expect(replace('Patient', 'Susan Whitlock-Reyes')).toContain(` ${last}-`);
  });

  test('short names that look like titles or particles do not stay', () => {
    expect(replace('Patient', 'Al Do')).not.toMatch(/\b(?:Al|Do)\b/);
    expect(replace('Patient', 'Ludwig van Horn')).toContain(' van ');
  });

  test('titles, credentials and generations stay', () => {
    expect(replace('Doctor', 'Ruth Steinberg, M.D., Ph.D.')).toMatch(/^\w+ \w+, M\.D\., Ph\.D\.$/);
    expect(replace('Patient', 'John Doe Jr.')).toMatch(/^\w+ \w+ Jr\.$/);
  });

  test('different family names of the lexicon never get the same surrogate', () => {
    const replaced = surnames
      .filter((name) => !isGivenName(name))
      .map((name) => replace('Patient', name));
    expect(replaced.length).toBeGreaterThan(1000);
    expect(new Set(replaced).size).toBe(replaced.length);
  });
});

describe('dates', () => {
  test('day differences survive', () => {
    const day = fc.integer({ min: -20_000, max: 25_000 });
    fc.assert(
      fc.property(day, day, fc.nat(255), (a, b, seed) => {
        const replace = scope(seed);
        const shifted = [a, b].map((n) => Date.parse(replace('Date', iso(n))) / dayMs);
        expect((shifted[1] ?? 0) - (shifted[0] ?? 0)).toBe(b - a);
      }),
    );
  });

  test('one date in many formats stays one date, in its format', () => {
    const replace = scope(3);
    const [y, m, d] = replace('Date', '2024-11-09').split('-').map(Number);
    expect(replace('Date', '11/09/2024').split('/').map(Number)).toEqual([m, d, y]);
    expect(replace('Date', '11.09.24').split('.').map(Number)).toEqual([m, d, (y ?? 0) % 100]);
    expect(replace('Date', '13/07/1970')).toMatch(/^\d\d\/\d\d\/19\d\d$/);
    expect(replace('Date', 'November 9th, 2024')).toMatch(
      new RegExp(`^[A-Z][a-z]+ ${d}(st|nd|rd|th), ${y}$`),
    );
    expect(replace('Date', '9-Nov-2024')).toMatch(new RegExp(`^${d}-[A-Z][a-z]{2}-${y}$`));
    expect(replace('Date', 'NOV 9 2024')).toMatch(new RegExp(`^[A-Z]{3} ${d} ${y}$`));
  });

  test('weekdays, months, seasons and holidays give others', () => {
    const replace = scope(4);
    expect(replace('Date', 'Sundays')).toMatch(/^[A-Z][a-z]+days$/);
    expect(replace('Date', 'the fall of 2019')).toMatch(
      /^the (winter|spring|summer|fall) of 20\d\d$/,
    );
    for (const text of ['Sundays', 'April', '1991', 'Christmas', 'the fall of 2019', 'May 2018']) {
      expect(replace('Date', text)).not.toBe(text);
    }
  });
});

describe('reserved ranges', () => {
  const replace = scope(5);
  test.each<[PhiCategory, string, RegExp]>([
    ['Phone', '(218) 471-0147', /^\(\d{3}\) 555-01\d\d$/],
    ['Phone', '206 471 0133 x22', /^\d{3} 555 01\d\d x\d\d$/],
    ['Phone', '+1 206.471.0133', /^\+1 \d{3}\.555\.01\d\d$/],
    ['Fax', '471-0199', /^555-01\d\d$/],
    ['SocialSecurity', '536-88-2014', /^9\d\d-\d\d-\d{4}$/],
    ['Email', 'amber.jf@clinic.org', /^[a-z0-9]+@example\.com$/],
    ['Url', 'https://clinic.org/a', /^https:\/\/example\.com\/[a-z0-9]+$/],
    ['IPAddress', '10.44.7.213', /^192\.0\.2\.\d+$/],
    ['IPAddress', 'fe80::1', /^2001:db8::[0-9a-f:]+$/],
    ['MedicalRecord', 'FX-20981', /^[A-Z]{2}-\d{5}$/],
    ['Zip', '55805-1234', /^\d{5}-\d{4}$/],
    ['Vehicle', 'OK 4TR-8821', /^[A-Z]{2} \d[A-Z]{2}-\d{4}$/],
    ['Vehicle', '2009 Buick, VIN 1G4HP57M79U114023', /^20\d\d [A-Z]\w+ \w+, VIN [A-Z0-9]{17}$/],
    ['State', 'MN', /^[A-Z]{2}$/],
    ['Street', '88 Quail Hollow Ln Apt 4B', /^\d\d [A-Z][a-z]+ [A-Z][a-z]+ Ln Apt \dB$/],
    ['Hospital', 'ST. BRENDAN REGIONAL MEDICAL CENTER', /^[A-Z ]+ REGIONAL MEDICAL CENTER$/],
  ])('%s %s', (category, text, form) => {
    expect(replace(category, text)).toMatch(form);
  });

  test('an age moves a little, and above 89 it is 89', () => {
    expect(Math.abs(Number(replace('Age', '36')) - 36)).toBeLessThanOrEqual(2);
    expect(replace('Age', '97')).toBe('89');
    expect(replace('Age', '90')).toBe('89');
    expect(Number(replace('Age', '89'))).toBeLessThan(89);
  });
});

test('another key gives other surrogates', () => {
  const text: ReadonlyArray<[PhiCategory, string]> = [
    ['Patient', 'Marjorie Whitlock'],
    ['Date', '2024-11-09'],
    ['MedicalRecord', '00482-1193'],
    ['Phone', '(218) 555-0147'],
  ];
  const under = (seed: number) =>
    text.map(([category, value]) => scope(seed)(category, value)).join();
  expect(under(1)).not.toBe(under(2));
});
