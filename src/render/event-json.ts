import type { RunEvent } from '../model/event.ts';
import { type MaskName, maskPlan } from './mask-names.ts';

/** An event as one JSON object for a program. */
export function toEventObject(event: RunEvent, mask: MaskName): object {
  switch (event.type) {
    case 'planned':
      return maskPlan(event.plan, mask);
    case 'finished':
      return event.summary;
    default:
      return { schemaVersion: 1, ...event };
  }
}
