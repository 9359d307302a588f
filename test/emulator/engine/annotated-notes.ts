import { readdirSync, readFileSync } from 'node:fs';
import type { PhiCategory } from '../../../src/emulator/engine/phi-category.ts';

/** A span that ought to be found. Offsets are UTF-16 units, the end exclusive. */
export interface GoldSpan {
  readonly category: string;
  readonly start: number;
  readonly end: number;
}

export interface AnnotatedNote {
  readonly id: string;
  readonly text: string;
  readonly entities: readonly GoldSpan[];
}

const fixtures = new URL('../../fixtures/engine/', import.meta.url);

/** The notes of a folder of `*.ann.txt` files with inline markup `{{Category:text}}`. */
export function readMarkedNotes(folder: string): AnnotatedNote[] {
  const base = new URL(`${folder}/`, fixtures);
  return readdirSync(base)
    .filter((name) => name.endsWith('.ann.txt'))
    .sort()
    .map((name) => parseMarkup(name, readFileSync(new URL(name, base), 'utf8')));
}

/** The records of a JSON-lines file. */
export function readJsonLines<T>(path: string): T[] {
  const lines = readFileSync(new URL(path, fixtures), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as T);
}

/** A JSON file. */
export function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, fixtures), 'utf8')) as T;
}

function parseMarkup(id: string, marked: string): AnnotatedNote {
  const entities: GoldSpan[] = [];
  let text = '';
  let done = 0;
  for (const match of marked.matchAll(/\{\{(\w+):(.*?)\}\}/g)) {
    const [whole, category = '', surface = ''] = match;
    text += marked.slice(done, match.index);
    entities.push({ category, start: text.length, end: text.length + surface.length });
    text += surface;
    done = match.index + whole.length;
  }
  return { id, text: text + marked.slice(done), entities };
}

export interface Quality {
  readonly gold: number;
  readonly recall: number;
  readonly category: number;
  readonly precision: number;
}

export interface FoundSpan {
  readonly category: PhiCategory;
  readonly start: number;
  readonly end: number;
}

/** Recall (any overlap), recall with the right category, and precision over all notes. */
export function measureQuality(
  notes: readonly AnnotatedNote[],
  find: (text: string) => readonly FoundSpan[],
): Quality {
  const counts = { gold: 0, hit: 0, named: 0, found: 0, right: 0 };
  for (const { text, entities } of notes) {
    const found = find(text);
    for (const wanted of entities) {
      const hits = found.filter((span) => overlaps(span, wanted));
      counts.gold += 1;
      counts.hit += hits.length > 0 ? 1 : 0;
      counts.named += hits.some((span) => span.category === wanted.category) ? 1 : 0;
    }
    counts.found += found.length;
    counts.right += found.filter((span) => entities.some((e) => overlaps(span, e))).length;
  }
  return {
    gold: counts.gold,
    recall: counts.hit / counts.gold,
    category: counts.named / counts.gold,
    precision: counts.right / counts.found,
  };
}

type Span = Pick<GoldSpan, 'start' | 'end'>;

function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}
