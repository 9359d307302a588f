import { ServiceFailure } from './service-failure.ts';

/** One page of a longer list. */
export interface Page<T> {
  items: T[];
  /** Position of the last item, when more follow. */
  lastPosition?: number;
}

/** The items after position `after`, at most `size`. Items are ordered by ascending position. */
export function cutPage<T>(
  items: readonly T[],
  options: { size: number; after: number; position: (item: T, index: number) => number },
): Page<T> {
  const start = items.findIndex((item, index) => options.position(item, index) > options.after);
  if (start < 0) return { items: [] };
  const end = Math.min(start + options.size, items.length);
  const last = items[end - 1];
  return {
    items: items.slice(start, end),
    ...(end < items.length &&
      last !== undefined && { lastPosition: options.position(last, end - 1) }),
  };
}

/** The number of items on a page: `maxpagesize`, else the default, never above the maximum. */
export function readPageSize(
  query: URLSearchParams,
  limits: { defaultPageSize: number; maxPageSize: number },
): number {
  const text = query.get('maxpagesize');
  if (text === null) return limits.defaultPageSize;
  if (!/^[0-9]{1,9}$/.test(text) || Number(text) < 1) throw createQueryFailure('maxpagesize');
  return Math.min(Number(text), limits.maxPageSize);
}

/** The position after which the page begins; minus infinity on the first page. */
export function readPosition(query: URLSearchParams): number {
  const token = query.get('continuationToken');
  if (token === null) return Number.NEGATIVE_INFINITY;
  const position = /#TRC:(-?[0-9]+)"/.exec(Buffer.from(token, 'base64').toString())?.[1];
  if (position === undefined) throw createQueryFailure('continuationToken');
  return Number(position);
}

/**
 * The absolute address of the next page as recorded: an explicit port, the query as it was sent,
 * then the token, which is the base64 of a list of Cosmos DB continuations with lower-case escapes.
 */
export function renderNextLink(options: {
  origin: string;
  path: string;
  query: string;
  position: number;
}): string {
  const { protocol, hostname, port } = new URL(options.origin);
  const continuation = [
    { token: `+RID:~#RT:1#TRC:${options.position}`, range: { min: '', max: 'FF' } },
  ];
  const token = encodeURIComponent(Buffer.from(JSON.stringify(continuation)).toString('base64'));
  const parameters = options.query
    .split('&')
    .filter((parameter) => parameter && !parameter.startsWith('continuationToken='));
  parameters.push(
    `continuationToken=${token.replace(/%../g, (sequence) => sequence.toLowerCase())}`,
  );
  return `${protocol}//${hostname}:${port || '443'}${options.path}?${parameters.join('&')}`;
}

function createQueryFailure(parameter: string): ServiceFailure {
  return new ServiceFailure(400, {
    code: 'RequestValidationFailed',
    message: 'Model validation for request failed.',
    details: [
      { code: 'FieldInvalid', message: `The value of ${parameter} is invalid.`, target: parameter },
    ],
  });
}
