import type { z } from 'zod';
import { WireFormatError } from './wire-format-error.ts';

/** `body` as `schema` describes it; throws {@link WireFormatError} that names `what` and the fields. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown, what: string): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new WireFormatError(
    what,
    parsed.error.issues.map((issue) => issue.path.join('.') || 'body'),
  );
}
