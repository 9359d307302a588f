import { z } from 'zod';

/** One error as the service words it, in a response, a job or a document. */
export interface WireError {
  code: string;
  message: string;
  target?: string | undefined;
  details?: WireError[] | undefined;
}

const optional = <T extends z.ZodType>(schema: T) =>
  schema.nullish().transform((value) => value ?? undefined);

export const wireErrorSchema: z.ZodType<WireError> = z.object({
  code: z.string(),
  message: z.string().catch(''),
  target: optional(z.string()),
  details: optional(z.array(z.lazy(() => wireErrorSchema))),
});

const errorBodySchema = z.object({ error: wireErrorSchema });

/** The error inside the body of an unsuccessful response, or undefined when the body holds none. */
export function parseErrorBody(body: unknown): WireError | undefined {
  const parsed = errorBodySchema.safeParse(body);
  return parsed.success ? parsed.data.error : undefined;
}
