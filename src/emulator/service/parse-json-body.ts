import { createValidationFailure } from './service-failure.ts';

/** The JSON in `body`; throws the service's 400 when there is none. */
export function parseJsonBody(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw createValidationFailure([
      { code: 'FieldInvalid', message: 'The request body must be JSON.', target: '$' },
    ]);
  }
}
