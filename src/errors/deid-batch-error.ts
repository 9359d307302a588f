import { ERROR_CODES, type ErrorCode, type ExitCode } from './codes.ts';

export interface ErrorFacts {
  /** How to fix it, as an instruction. */
  hint?: string;
  /** The error underneath. */
  cause?: unknown;
}

/**
 * Every error that deid-batch throws on purpose. The message says what happened on what; it never
 * holds a token, a secret or a blob name.
 */
export class DeidBatchError extends Error {
  override readonly name = 'DeidBatchError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, facts: ErrorFacts = {}) {
    super(message, facts.cause === undefined ? {} : { cause: facts.cause });
    this.code = code;
    this.hint = facts.hint;
  }

  /** What the command line exits with. */
  get exitCode(): ExitCode {
    return ERROR_CODES[this.code][0];
  }
}

/** Whether `error` is a {@link DeidBatchError}, with one of `codes` when any are given. */
export function isDeidBatchError(error: unknown, ...codes: ErrorCode[]): error is DeidBatchError {
  return error instanceof DeidBatchError && (codes.length === 0 || codes.includes(error.code));
}
