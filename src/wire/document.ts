import { z } from 'zod';
import { type WireError, wireErrorSchema } from './error-body.ts';
import { parseBody } from './parse.ts';

/** Where a document lies: the blob's URL, and its etag without quotes. */
export interface DocumentLocation {
  location: string;
  etag?: string | undefined;
}

/** What the service did with one document of a job. */
export interface DocumentResource {
  id: string;
  input: DocumentLocation;
  output?: DocumentLocation | undefined;
  /** As on the wire; the enumeration is extensible. */
  status: string;
  error?: WireError | undefined;
}

/** One page of a job's documents; `nextLink` is absent on the last. */
export interface DocumentPage {
  value: DocumentResource[];
  nextLink?: string | undefined;
}

// The specification says `etag`, the service sends `eTag`; both are taken.
const locationSchema = z
  .object({
    location: z.string(),
    eTag: z.string().nullish(),
    etag: z.string().nullish(),
  })
  .transform(({ location, eTag, etag }): DocumentLocation => {
    const found = eTag ?? etag;
    return found ? { location, etag: found } : { location };
  });

const pageSchema: z.ZodType<DocumentPage> = z.object({
  value: z.array(
    z.object({
      id: z.string(),
      input: locationSchema,
      output: locationSchema.nullish().transform((value) => value ?? undefined),
      status: z.string(),
      error: wireErrorSchema.nullish().transform((value) => value ?? undefined),
    }),
  ),
  nextLink: z
    .string()
    .nullish()
    .transform((value) => value ?? undefined),
});

/** The page of documents in `body`; throws WireFormatError when it is none. */
export function parseDocumentPage(body: unknown): DocumentPage {
  return parseBody(pageSchema, body, 'a page of documents');
}
