import type { EntitySpan } from '../engine/engine.ts';
import { type TextEncoding, toUtf16Offsets } from '../engine/offsets.ts';
import { type PhiCategory, phiCategories } from '../engine/phi-category.ts';
import type { RequestFields } from './request-fields.ts';

const ENCODINGS = ['Utf8', 'Utf16', 'CodePoint'] as const;

const OFFSET_UNITS: Readonly<Record<(typeof ENCODINGS)[number], TextEncoding>> = {
  Utf8: 'utf8',
  Utf16: 'utf16',
  CodePoint: 'codePoint',
};

/** Entities that the caller found; offsets and lengths in the caller's encoding. */
export interface GivenEntities {
  encoding: TextEncoding;
  entities: { category: PhiCategory; offset: number; length: number }[];
}

/** `taggedEntities` of a SurrogateOnly request (preview version); problems are noted in `fields`. */
export function readGivenEntities(fields: RequestFields): GivenEntities {
  fields.require('TaggedEntities');
  const tagged = fields.section('TaggedEntities');
  tagged?.require('Encoding');
  const encoding = tagged?.choice('Encoding', ENCODINGS);
  return {
    encoding: OFFSET_UNITS[encoding ?? 'Utf16'],
    entities: (tagged?.sections('Entities') ?? []).map((entity) => ({
      category: entity.choice('Category', phiCategories) ?? 'Unknown',
      offset: entity.count('Offset') ?? 0,
      length: entity.count('Length') ?? 0,
    })),
  };
}

/** The given entities in the unit that the engine counts in. */
export function locateEntities(text: string, { encoding, entities }: GivenEntities): EntitySpan[] {
  const borders = new Set(entities.flatMap(({ offset, length }) => [offset, offset + length]));
  const ordered = [...borders].sort((a, b) => a - b);
  const offsets = toUtf16Offsets(text, encoding, ordered);
  const utf16Of = new Map(ordered.map((border, index) => [border, offsets[index] ?? text.length]));
  return entities.map(({ category, offset, length }) => {
    const start = utf16Of.get(offset) ?? text.length;
    const end = utf16Of.get(offset + length) ?? text.length;
    return { category, offset: { utf16: start }, length: { utf16: end - start } };
  });
}
