import type { WireError } from '../../wire/error-body.ts';

/** A request that the service refuses; it says how the refusal looks on the wire. */
export class ServiceFailure extends Error {
  override readonly name = 'ServiceFailure';
  readonly status: number;
  readonly error: WireError;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, error: WireError, headers: Readonly<Record<string, string>> = {}) {
    super(error.message);
    this.status = status;
    this.error = error;
    this.headers = headers;
  }
}

/** 404 as recorded: with `x-ms-error-code` and headers that forbid caching. */
export function createJobNotFound(): ServiceFailure {
  return createNotFound('JobNotFound', 'Job not found.');
}

/** 404 for an address that the service does not have (no recording; same form as JobNotFound). */
export function createRouteNotFound(): ServiceFailure {
  return createNotFound('NotFound', 'Resource not found.');
}

/** 400 as recorded for a body that breaks the model: details by field, no `x-ms-error-code`. */
export function createValidationFailure(details: WireError[]): ServiceFailure {
  return new ServiceFailure(400, {
    code: 'RequestValidationFailed',
    message: 'Model validation for request failed.',
    details,
  });
}

/** A refusal with `x-ms-error-code`, the form that the specification declares for every error. */
export function createFailure(status: number, code: string, message: string): ServiceFailure {
  return new ServiceFailure(status, { code, message }, { 'x-ms-error-code': code });
}

function createNotFound(code: string, message: string): ServiceFailure {
  return new ServiceFailure(
    404,
    { code, message },
    {
      'x-ms-error-code': code,
      'cache-control': 'no-store, no-cache',
      expires: '-1',
      pragma: 'no-cache',
    },
  );
}
