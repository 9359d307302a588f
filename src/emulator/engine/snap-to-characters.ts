interface Span {
  readonly start: number;
  readonly end: number;
}

const lowSurrogate = /[\udc00-\udfff]/;
const continuation = /[\udc00-\udfff]|\p{M}|\u200d/u;

/** Widens a span until it cuts neither a surrogate pair nor a letter from its combining marks. */
export function snapToCharacters<T extends Span>(text: string, span: T): T {
  let { start, end } = span;
  while (start > 0 && lowSurrogate.test(text.charAt(start))) start -= 1;
  while (end < text.length && continuation.test(text.charAt(end))) end += 1;
  return start === span.start && end === span.end ? span : { ...span, start, end };
}
