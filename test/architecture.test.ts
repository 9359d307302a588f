import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';
import { describe, expect, test } from 'vitest';

const SRC = fileURLToPath(new URL('../src', import.meta.url));

const STEPS = ['list', 'match', 'plan', 'preflight', 'submit', 'poll', 'verify', 'report'];
const FLOW = [...STEPS, 'run'];
const ROOMS = ['options', 'identity', 'storage', 'service', 'journal', 'telemetry', 'render'];

/** Who may import whom; what is not listed is forbidden. A room may always import itself. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  model: [],
  clock: [],
  outage: ['errors', 'clock'],
  errors: ['model'],
  wire: ['model'],
  options: ['model', 'errors'],
  render: ['model', 'errors'],
  match: ['model', 'errors'],
  // The survey applies the matcher that it is given, so it knows its type.
  plan: ['model', 'errors', 'match'],
  report: ['model', 'errors'],
  list: ['model', 'errors', 'clock'],
  preflight: ['model', 'errors', 'clock'],
  submit: ['model', 'errors', 'clock', 'outage'],
  poll: ['model', 'errors', 'clock', 'outage'],
  verify: ['model', 'errors', 'clock', 'outage'],
  run: [...STEPS, 'model', 'errors', 'clock', 'outage', 'journal'],
  identity: ['model', 'errors', 'clock'],
  storage: ['model', 'errors', 'clock'],
  service: ['model', 'errors', 'clock', 'wire'],
  journal: ['model', 'errors', 'clock'],
  telemetry: ['model', 'errors', 'clock'],
  connect: [...FLOW, ...ROOMS, 'model', 'errors', 'clock'],
  // The functions behind the public interface: they open connections and start the flow.
  api: [...FLOW, ...ROOMS, 'connect', 'model', 'errors', 'clock', 'wire'],
  index: [...FLOW, ...ROOMS, 'api', 'connect', 'model', 'errors', 'clock', 'wire'],
  // Never the client's own rooms, so that it cannot share their misreadings.
  emulator: ['model', 'wire', 'clock'],
  cli: [...FLOW, ...ROOMS, 'api', 'connect', 'model', 'errors', 'clock', 'wire', 'emulator'],
};

/** Packages that only some rooms may import; every other package is free for all. */
const KEPT_TO: Record<string, readonly string[]> = {
  '@azure/identity': ['identity', 'emulator'],
  '@azure/storage-blob': ['storage', 'journal', 'emulator'],
  '@azure/core-rest-pipeline': ['service'],
  commander: ['cli'],
};

interface Edge {
  file: string;
  from: string;
  /** A room, or the name of a package. */
  to: string;
  isPackage: boolean;
  isType: boolean;
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .sort();
const edges = files.flatMap(readEdges);

describe('the rooms of src', () => {
  test('hold every file', () => {
    expect(files.length).toBeGreaterThan(100);
    const homeless = files.filter((file) => !(roomOf(file) in MAY_IMPORT));
    expect(homeless).toEqual([]);
  });

  test('are all inhabited and all connected', () => {
    expect(new Set(files.map(roomOf))).toEqual(new Set(Object.keys(MAY_IMPORT)));
    expect(edges.length).toBeGreaterThan(300);
    const importers = new Set(edges.map((edge) => edge.from));
    const silent = Object.keys(MAY_IMPORT).filter((room) => !importers.has(room));
    expect(silent).toEqual(['clock', 'telemetry']);
  });

  test('import only the rooms that they may', () => {
    const forbidden = edges.filter(
      ({ from, to, isPackage }) => !isPackage && from !== to && !MAY_IMPORT[from]?.includes(to),
    );
    expect(forbidden.map(describeEdge)).toEqual([]);
  });

  test('keep the SDKs where they belong', () => {
    const forbidden = edges.filter(
      ({ from, to, isPackage }) => isPackage && KEPT_TO[to] && !KEPT_TO[to].includes(from),
    );
    expect(forbidden.map(describeEdge)).toEqual([]);
    const kept = edges.filter(({ to, isPackage }) => isPackage && KEPT_TO[to]);
    expect(new Set(kept.map(({ to }) => to))).toEqual(new Set(Object.keys(KEPT_TO)));
  });

  test('import the journal into the flow as types only', () => {
    const toJournal = edges.filter(({ from, to }) => from === 'run' && to === 'journal');
    expect(toJournal.length).toBeGreaterThan(0);
    expect(toJournal.filter(({ isType }) => !isType).map(describeEdge)).toEqual([]);
  });

  test('read the time nowhere but in the clock', () => {
    const readers = files.filter((file) =>
      /\bDate\.now\(|\bnew Date\(\)|\bsetTimeout\(|\bsetInterval\(|\bperformance\.now\(/.test(
        readFileSync(join(SRC, file), 'utf8'),
      ),
    );
    expect(readers).toContain('clock.ts');
    // An HTTP server's timeout and a child's grace period are not waits of the product.
    expect(readers.filter((file) => roomOf(file) !== 'emulator')).toEqual(['clock.ts']);
  });
});

function roomOf(file: string): string {
  const [first = ''] = file.split(sep);
  return first.replace(/\.ts$/, '');
}

function readEdges(file: string): Edge[] {
  const source = readFileSync(join(SRC, file), 'utf8');
  const { module, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} does not parse`);
  const statics = module.staticImports.map(({ moduleRequest, entries }) => ({
    specifier: moduleRequest.value,
    isType: entries.length > 0 && entries.every((entry) => entry.isType),
  }));
  const reexports = module.staticExports
    .flatMap(({ entries }) => entries)
    .filter((entry) => entry.moduleRequest)
    .map((entry) => ({ specifier: entry.moduleRequest?.value ?? '', isType: entry.isType }));
  const dynamics = module.dynamicImports.map(({ moduleRequest }) => ({
    specifier: source.slice(moduleRequest.start + 1, moduleRequest.end - 1),
    isType: false,
  }));
  return [...statics, ...reexports, ...dynamics]
    .filter(({ specifier }) => !specifier.startsWith('node:'))
    .map(({ specifier, isType }) => toEdge(file, specifier, isType));
}

function toEdge(file: string, specifier: string, isType: boolean): Edge {
  const from = roomOf(file);
  if (!specifier.startsWith('.')) {
    const [scope = '', name = ''] = specifier.split('/');
    const to = scope.startsWith('@') ? `${scope}/${name}` : scope;
    return { file, from, to, isPackage: true, isType };
  }
  const target = relative(SRC, join(SRC, dirname(file), specifier));
  return { file, from, to: roomOf(target), isPackage: false, isType };
}

function describeEdge({ file, to }: Edge): string {
  return `${file} -> ${to}`;
}
