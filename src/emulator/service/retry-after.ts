/** Age up to which reads of a job carry no `Retry-After` (recorded: about 2 to 4 seconds). */
const RETRY_AFTER_SILENCE_MS = 3000;

const FIRST_SECONDS = 2;
const LAST_SECONDS = 5;

/**
 * Seconds in the `Retry-After` of a read of a job, or undefined for none: 2, 3, 4, 5, 5, ... with
 * each earlier read that carried one, and 2 again when the job has ended (recorded).
 */
export function decideRetryAfter(job: {
  ageMs: number;
  hintedPolls: number;
  ended: boolean;
}): number | undefined {
  if (job.ageMs < RETRY_AFTER_SILENCE_MS) return undefined;
  return job.ended ? FIRST_SECONDS : Math.min(FIRST_SECONDS + job.hintedPolls, LAST_SECONDS);
}
