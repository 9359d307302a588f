import type { RunEvent } from '../model/event.ts';

/** What happens during a run: events that carry no names. */
export type ProgressEvent = Exclude<RunEvent, { type: 'planned' | 'finished' }>;

/** An event as one JSON object for a program. */
export function toEventObject(event: ProgressEvent): object {
  return { schemaVersion: 1, ...event };
}
