import { randomUUID } from 'node:crypto';
import { PREVIEW_API_VERSION, STABLE_API_VERSION } from '../../wire/api-version.ts';
import type { EmulatedRequest, EmulatedResponse } from '../http.ts';
import { createFailure, ServiceFailure } from './service-failure.ts';
import { EMULATOR_HEADER, EMULATOR_WARNING } from './warning.ts';

/** A JSON response; the common headers are added by {@link finishResponse}. */
export function createJsonResponse(
  body: unknown,
  headers: Record<string, string> = {},
): EmulatedResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}

/** `failure` on the wire; anything but a {@link ServiceFailure} is an internal error of the emulator. */
export function renderFailure(failure: unknown): EmulatedResponse {
  const refusal =
    failure instanceof ServiceFailure
      ? failure
      : createFailure(500, 'InternalServerError', 'An internal error occurred in the emulator.');
  const response = createJsonResponse({ error: refusal.error }, refusal.headers);
  return { ...response, status: refusal.status };
}

/**
 * Adds what every response of the service carries (recorded, last in October 2025). A refused body
 * is the exception: no `api-supported-versions` was seen on it.
 */
export function finishResponse(
  response: EmulatedResponse,
  request: EmulatedRequest,
): EmulatedResponse {
  const clientRequestId = request.headers['x-ms-client-request-id'];
  const versions =
    response.status === 400
      ? {}
      : {
          'api-supported-versions': `${STABLE_API_VERSION}, ${PREVIEW_API_VERSION}`,
          'api-deprecated-versions': '2024-07-12-preview',
        };
  return {
    ...response,
    headers: {
      ...versions,
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'x-ms-request-id': randomUUID(),
      ...(typeof clientRequestId === 'string' && { 'x-ms-client-request-id': clientRequestId }),
      ...response.headers,
      [EMULATOR_HEADER]: EMULATOR_WARNING,
    },
  };
}
