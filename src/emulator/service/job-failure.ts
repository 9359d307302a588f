import type { WireError } from '../../wire/error-body.ts';

/** Ends a job as `Failed`; `error` is what the job shows. */
export class JobFailure extends Error {
  override readonly name = 'JobFailure';
  readonly error: WireError;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.error = { code, message };
  }
}
