import { readFileSync } from 'node:fs';
import { parseSync } from 'oxc-parser';
import { describe, expect, test } from 'vitest';
import * as emulator from '../src/emulator/index.ts';
import * as library from '../src/index.ts';

/** Names that users rely on. A change here is a change of the interface: see CHANGELOG.md. */
const VALUES = [
  'DeidBatchError',
  'ERROR_CODES',
  'EXIT',
  'VERSION',
  'isDeidBatchError',
  'planRun',
  'resumeRun',
  'startRun',
  'submitJob',
];
const EMULATOR_VALUES = [
  'EmulatorError',
  'createRunnerIdentities',
  'createServiceIdentity',
  'parseFaultRules',
  'startEmulator',
];

describe('the public interface', () => {
  test('of the library exports these values', () => {
    expect(Object.keys(library).sort()).toEqual(VALUES);
  });

  test('of the emulator exports these values', () => {
    expect(Object.keys(emulator).sort()).toEqual(EMULATOR_VALUES);
  });

  test.each(['../src/index.ts', '../src/emulator/index.ts'])(
    '%s only re-exports, by name',
    (file) => {
      const source = readFileSync(new URL(file, import.meta.url), 'utf8');
      const { program } = parseSync(file, source);
      expect(program.body.length).toBeGreaterThan(3);
      expect(new Set(program.body.map(({ type }) => type))).toEqual(
        new Set(['ExportNamedDeclaration']),
      );
    },
  );

  test('names the version of the package', () => {
    const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    expect(library.VERSION).toBe(manifest.version);
  });
});
