import { Readable } from 'node:stream';
import type { FaultRule } from './faults.ts';
import type { EmulatedRequest, EmulatedResponse, Handler } from './http.ts';

/**
 * What `handler` says to `request`, changed or replaced as `fault` prescribes; a handler that
 * rejects says 500.
 */
export async function respond(
  handler: Handler,
  fault: FaultRule,
  request: EmulatedRequest,
): Promise<EmulatedResponse> {
  if (fault.status === undefined) return replaceParts(await accept(handler, request), fault);
  if (fault.accept) discardBody(await accept(handler, request));
  return replaceParts({ status: fault.status }, fault);
}

async function accept(handler: Handler, request: EmulatedRequest): Promise<EmulatedResponse> {
  try {
    return await handler(request);
  } catch (error) {
    return describeFailure(error);
  }
}

/** `response` with the headers and the body that `fault` prescribes. */
function replaceParts(response: EmulatedResponse, fault: FaultRule): EmulatedResponse {
  const replaced = { ...response, headers: { ...response.headers, ...fault.headers } };
  if (fault.body === undefined) return replaced;
  discardBody(response);
  for (const header of Object.keys(replaced.headers)) {
    if (/^(content-length|transfer-encoding)$/i.test(header)) delete replaced.headers[header];
  }
  if (typeof fault.body === 'string') return { ...replaced, body: fault.body };
  return {
    ...replaced,
    headers: { 'Content-Type': 'application/json', ...replaced.headers },
    body: JSON.stringify(fault.body),
  };
}

function describeFailure(error: unknown): EmulatedResponse {
  const message = error instanceof Error ? error.message : String(error);
  return {
    status: 500,
    headers: { 'Content-Type': 'application/json', 'x-ms-error-code': 'EmulatorFailure' },
    body: JSON.stringify({ error: { code: 'EmulatorFailure', message } }),
  };
}

/** Ends a body that nobody will read, and with it what it is read from. */
export function discardBody({ body }: EmulatedResponse): void {
  if (body instanceof Readable) body.destroy();
}
