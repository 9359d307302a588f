import type { RunState } from './run-state.ts';

/** How many documents may fail before a run stops to submit. */
export interface Brake {
  /** Documents, or a percentage of those that are done. */
  maxFailures: { documents: number } | { percent: number };
  /** Documents that must be done before a percentage means something. */
  minSample: number;
}

/** Whether the service failed more documents than the brake allows. Other findings do not count. */
export function isBraked(run: Readonly<RunState>, { maxFailures, minSample }: Brake): boolean {
  let failed = 0;
  let done = 0;
  for (const { counts } of run.batches.values()) {
    failed += counts?.failed ?? 0;
    done += counts?.planned ?? 0;
  }
  if ('documents' in maxFailures) return failed > maxFailures.documents;
  return done >= minSample && failed > (done * maxFailures.percent) / 100;
}
