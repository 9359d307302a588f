import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';

/**
 * A name for a run that sorts by time and is safe in a job's name: `r20261121-093015-k3v9xq2`.
 * With `-b00001-1` behind it, it stays below the service's 36 characters.
 */
export function newRunId(clock: Clock): string {
  const digits = new Date(clock.nowMs()).toISOString().replace(/\D/g, '');
  const random = BigInt(`0x${randomBytes(5).toString('hex')}`)
    .toString(36)
    .slice(-7);
  return `r${digits.slice(0, 8)}-${digits.slice(8, 14)}-${random.padStart(7, '0')}`;
}

const RUN_ID = /^r\d{8}-\d{6}-[0-9a-z]{7}$/;

/** Whether `text` has the form of a run's name. */
export function isRunId(text: string): boolean {
  return RUN_ID.test(text);
}
