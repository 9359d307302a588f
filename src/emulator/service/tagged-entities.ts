import type { TaggedEntity } from '../engine/engine.ts';
import {
  createOffsetCursor,
  measureText,
  type TextEncoding,
  toUtf16Offsets,
} from '../engine/offsets.ts';
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
  const tagged = fields.section('TaggedEntities');
  if (!tagged) fields.refuse('TaggedEntities', 'The TaggedEntities field is required.');
  const encoding = tagged?.choice('Encoding', ENCODINGS);
  if (tagged && !encoding) tagged.refuse('Encoding', 'The Encoding field is required.');
  return {
    encoding: OFFSET_UNITS[encoding ?? 'Utf16'],
    entities: (tagged?.sections('Entities') ?? []).map((entity) => ({
      category: entity.choice('Category', phiCategories) ?? 'Unknown',
      offset: entity.count('Offset') ?? 0,
      length: entity.count('Length') ?? 0,
    })),
  };
}

/**
 * The given entities in the order of the text, measured in every unit. Those that are empty there
 * or overlap an earlier one are left out: no source says what the service does with them.
 */
export function locateEntities(text: string, given: GivenEntities): TaggedEntity[] {
  const ordered = given.entities.toSorted((a, b) => a.offset - b.offset);
  const starts = toUtf16Offsets(
    text,
    given.encoding,
    ordered.map(({ offset }) => offset),
  );
  const locate = createOffsetCursor(text);
  const located: TaggedEntity[] = [];
  let coveredTo = 0;
  for (const [index, { category, offset, length }] of ordered.entries()) {
    const start = starts[index] ?? text.length;
    const [end = start] = toUtf16Offsets(text, given.encoding, [offset + length]);
    if (start < coveredTo || end <= start) continue;
    coveredTo = end;
    const piece = text.slice(start, end);
    located.push({
      category,
      offset: locate(start),
      length: measureText(piece),
      text: piece,
      confidenceScore: 1,
    });
  }
  return located;
}
