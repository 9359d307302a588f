import { z } from 'zod';
import { type WireError, wireErrorSchema } from './error-body.ts';
import { parseBody } from './parse.ts';

/** Operations that a job can do (SurrogateOnly exists for single texts only). */
export type WireOperation = 'Surrogate' | 'Redact' | 'Tag';

/** The writable part of a job: the body of `PUT /jobs/{name}`. */
export interface JobRequest {
  sourceLocation: { location: string; prefix: string; extensions: string[] };
  targetLocation: { location: string; prefix: string; overwrite: boolean };
  operation: WireOperation;
  customizations?: {
    redactionFormat?: string | undefined;
    surrogateLocale?: string | undefined;
    /** Only in the preview version. */
    inputLocale?: string | undefined;
  };
}

/** Counters of a job; present as soon as the service has listed the job's documents. */
export interface JobSummary {
  successful: number;
  failed: number;
  canceled: number;
  total: number;
  bytesProcessed: number;
}

/** A job as the service reports it. Timestamps are ISO 8601 in UTC. */
export interface JobResource {
  name: string;
  sourceLocation: { location: string; prefix: string; extensions: string[] };
  targetLocation: { location: string; prefix: string; overwrite: boolean };
  operation: string;
  customizations: {
    redactionFormat?: string | undefined;
    surrogateLocale?: string | undefined;
    inputLocale?: string | undefined;
  };
  /** As on the wire; the enumeration is extensible. */
  status: string;
  error?: WireError | undefined;
  summary?: JobSummary | undefined;
  createdAt: string;
  startedAt?: string | undefined;
  lastUpdatedAt: string;
}

const optionalText = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);
const count = z.number().int().nonnegative();

const jobSchema: z.ZodType<JobResource> = z.object({
  name: z.string(),
  sourceLocation: z.object({
    location: z.string(),
    prefix: z
      .string()
      .nullish()
      .transform((value) => value ?? ''),
    extensions: z
      .array(z.string())
      .nullish()
      .transform((value) => value ?? ['*']),
  }),
  targetLocation: z.object({
    location: z.string(),
    prefix: z
      .string()
      .nullish()
      .transform((value) => value ?? ''),
    overwrite: z
      .boolean()
      .nullish()
      .transform((value) => value ?? false),
  }),
  operation: z
    .string()
    .nullish()
    .transform((value) => value ?? 'Surrogate'),
  customizations: z
    .object({
      redactionFormat: optionalText,
      surrogateLocale: optionalText,
      inputLocale: optionalText,
    })
    .nullish()
    .transform((value) => value ?? {}),
  status: z.string(),
  error: wireErrorSchema.nullish().transform((value) => value ?? undefined),
  summary: z
    .object({
      successful: count,
      failed: count,
      canceled: count,
      total: count,
      bytesProcessed: count.nullish().transform((value) => value ?? 0),
    })
    .nullish()
    .transform((value) => value ?? undefined),
  createdAt: z.string().refine((value) => !Number.isNaN(Date.parse(value))),
  startedAt: optionalText,
  lastUpdatedAt: z.string(),
});

/** The job in `body`; throws WireFormatError when it is none. */
export function parseJob(body: unknown): JobResource {
  return parseBody(jobSchema, body, 'a job');
}
