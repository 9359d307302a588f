import { detectEntities } from './detect-entities.ts';
import { formatRedaction } from './format-redaction.ts';
import { createOffsetCursor, measureText, type StringIndex } from './offsets.ts';
import type { PhiCategory } from './phi-category.ts';
import { snapToCharacters } from './snap-to-characters.ts';
import { createSurrogates, type ReplaceValue } from './surrogates/create-surrogates.ts';

export type EngineOperation = 'Surrogate' | 'Redact' | 'Tag';

export interface EngineRequest {
  readonly operation: EngineOperation;
  /** The secret of one surrogate scope: one job, or one realtime call. */
  readonly jobKey: Uint8Array;
  /** What redaction leaves behind, for example `[{type}]`. */
  readonly redactionFormat: string;
}

export interface TaggedEntity {
  readonly category: PhiCategory;
  readonly offset: StringIndex;
  readonly length: StringIndex;
  readonly text: string;
  /** Between 0 and 1, with at most three decimals. */
  readonly confidenceScore: number;
}

/** A given place to replace; a `TaggedEntity` is one. */
export interface EntitySpan {
  readonly category: PhiCategory;
  readonly offset: Pick<StringIndex, 'utf16'>;
  readonly length: Pick<StringIndex, 'utf16'>;
}

/** The PHI in a text, ordered, without overlaps. */
export function tagText(text: string): TaggedEntity[] {
  const locate = createOffsetCursor(text);
  return detectEntities(text).map(({ start, end, category, score }) => {
    const piece = text.slice(start, end);
    return {
      category,
      offset: locate(start),
      length: measureText(piece),
      text: piece,
      confidenceScore: Math.round(score * 1000) / 1000,
    };
  });
}

/** The text with its PHI redacted or replaced, and everything else as it was. `Tag` leaves it all. */
export function deidentifyText(text: string, request: EngineRequest): string {
  return request.operation === 'Tag' ? text : replaceSpans(text, detectEntities(text), request);
}

/**
 * The text with the given places replaced, by the same surrogates that `deidentifyText` gives under
 * the same key. Places outside the text are cut off; where two overlap, the first one counts.
 */
export function replaceEntities(
  text: string,
  entities: readonly EntitySpan[],
  request: EngineRequest,
): string {
  const spans = entities.map(({ category, offset, length }) => {
    const start = clamp(offset.utf16, text.length);
    const end = clamp(offset.utf16 + length.utf16, text.length);
    return snapToCharacters(text, { category, start, end });
  });
  return replaceSpans(
    text,
    spans.sort((a, b) => a.start - b.start),
    request,
  );
}

interface Span {
  readonly category: PhiCategory;
  readonly start: number;
  readonly end: number;
}

function replaceSpans(text: string, spans: readonly Span[], request: EngineRequest): string {
  const replace = chooseReplacement(request);
  const pieces: string[] = [];
  let done = 0;
  for (const { category, start, end } of spans) {
    if (start < done || end <= start) continue;
    pieces.push(text.slice(done, start), replace(category, text.slice(start, end)));
    done = end;
  }
  return pieces.join('') + text.slice(done);
}

function chooseReplacement({ operation, jobKey, redactionFormat }: EngineRequest): ReplaceValue {
  switch (operation) {
    case 'Redact':
      return (category, text) => formatRedaction(redactionFormat, category, text);
    case 'Surrogate':
      return createSurrogates(jobKey);
    case 'Tag':
      return (_, text) => text;
  }
}

function clamp(value: number, max: number): number {
  return Math.min(Math.max(value, 0), max);
}
