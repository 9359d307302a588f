/** How one try at a request went. */
export interface Try {
  method: string;
  /** 1 for the first. */
  attempt: number;
  /** The status of the answer; undefined when the connection failed. */
  status?: number | undefined;
  /** What `Retry-After` asked for. */
  retryAfterMs?: number | undefined;
}

/** Tries of one request, the first included. */
const MAX_TRIES = 4;
const FIRST_DELAY_MS = 500;
/** No `Retry-After` makes one request wait longer. */
const MAX_DELAY_MS = 60_000;

/**
 * The milliseconds to wait before the same request is sent again, or undefined to let the result
 * stand. Only reads are repeated here: `PUT /jobs` starts billable work and has no idempotency
 * key, so whether to send it again is decided where its outcome can be looked up (submit.ts).
 * `random` is from 0 to 1 and spreads the delays of many clients.
 */
export function decideRetry(last: Try, random: number): number | undefined {
  if (last.method !== 'GET' || last.attempt >= MAX_TRIES || !isTransient(last.status)) {
    return undefined;
  }
  const backoffMs = FIRST_DELAY_MS * 2 ** (last.attempt - 1) * (0.5 + random);
  return Math.min(MAX_DELAY_MS, Math.max(last.retryAfterMs ?? 0, backoffMs));
}

function isTransient(status: number | undefined): boolean {
  return status === undefined || status === 408 || status === 429 || status >= 500;
}
