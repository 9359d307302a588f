import { z } from 'zod';

/** Readers of option values: from the library and files as they are, from text in their form. */

export function text(maxLength = 10_000) {
  return z.string().max(maxLength).describe(`text of at most ${maxLength} characters`);
}

/** A locale such as `en-US`; whether the service knows it is for the service to say. */
export function locale() {
  return z
    .string()
    .regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/)
    .describe('a locale such as en-US');
}

/** One text or several; from an environment variable, one a line. */
export function texts() {
  return z
    .union([
      z.string().transform((value) => value.split('\n').filter((line) => line !== '')),
      z.array(z.string()),
    ])
    .describe('text, or a list of texts');
}

export function integer(min: number, max: number) {
  return z
    .union([
      z.number(),
      z
        .string()
        .regex(/^\d{1,15}$/)
        .transform(Number),
    ])
    .pipe(z.number().int().min(min).max(max))
    .describe(`a whole number from ${min} to ${max}`);
}

export function flag() {
  return z
    .union([
      z.boolean(),
      z.enum(['true', '1']).transform(() => true),
      z.enum(['false', '0']).transform(() => false),
    ])
    .describe('true or false');
}

export function choice<const T extends readonly [string, ...string[]]>(values: T) {
  return z.enum(values).describe(`one of ${values.join(', ')}`);
}

const DURATION_UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds, or text such as `90s`, `10m`, `2h`, `1d`; empty text means without end. */
export function duration() {
  return z
    .union([
      z.literal('').transform(() => Number.POSITIVE_INFINITY),
      z.number().positive(),
      z
        .string()
        .regex(/^\d{1,9}(ms|s|m|h|d)$/)
        .transform((value) => {
          const [, amount = '', unit = 'ms'] = /^(\d+)(\D+)$/.exec(value) ?? [];
          return Number(amount) * DURATION_UNITS[unit as keyof typeof DURATION_UNITS];
        })
        .pipe(z.number().positive()),
    ])
    .describe('a duration such as 90s, 10m, 2h or 1d');
}

/** Milliseconds since the Unix epoch, from a Date or an ISO 8601 text; empty text is the epoch. */
export function moment() {
  return z
    .union([
      z.literal('').transform(() => 0),
      z.date().transform((value) => value.getTime()),
      z
        .string()
        .regex(/^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/)
        .refine(isCalendarDate)
        .transform((value) => Date.parse(value))
        .pipe(z.number()),
    ])
    .describe('a date such as 2026-01-31 or a time such as 2026-01-31T08:00:00Z');
}

/** Whether the date exists: the engine reads February 30 as March 2. */
function isCalendarDate(text: string): boolean {
  const date = text.slice(0, 10);
  const midnight = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(date);
}

/** Documents, or a percentage such as `2%`; empty text means without end. */
export function failures() {
  return z
    .union([
      z.literal('').transform(() => ({ documents: Number.POSITIVE_INFINITY })),
      z
        .union([
          z.number(),
          z
            .string()
            .regex(/^\d{1,15}$/)
            .transform(Number),
        ])
        .pipe(z.number().int().nonnegative())
        .transform((documents) => ({ documents })),
      z
        .string()
        .regex(/^\d{1,3}(\.\d{1,3})?%$/)
        .transform((value) => Number(value.slice(0, -1)))
        .pipe(z.number().max(100))
        .transform((percent) => ({ percent })),
    ])
    .describe('a number of documents, or a percentage such as 2%');
}

const BYTE_UNITS = { '': 1, KB: 1_000, MB: 1_000_000 } as const;

/** Bytes, or text such as `500KB` or `2MB` (powers of 1,000). */
export function bytes(max: number) {
  return z
    .union([
      z.number(),
      z
        .string()
        .regex(/^\d{1,12}(KB|MB)?$/)
        .transform((value) => {
          const [, amount = '', unit = ''] = /^(\d+)(\D*)$/.exec(value) ?? [];
          return Number(amount) * BYTE_UNITS[unit as keyof typeof BYTE_UNITS];
        }),
    ])
    .pipe(z.number().int().min(1).max(max))
    .describe(`bytes from 1 to ${max}, such as 500KB or 2MB`);
}
