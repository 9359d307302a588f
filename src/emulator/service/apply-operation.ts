import { deidentifyText, type TaggedEntity, tagText } from '../engine/engine.ts';
import type { Behaviour } from './behaviour.ts';
import { DEFAULT_REDACTION_FORMAT } from './customizations.ts';
import type { JobRecord } from './job-record.ts';

/** The content of the output for a document with `text`. An empty document stays empty. */
export function applyOperation(text: string, job: JobRecord, behaviour: Behaviour): string {
  const { operation, customizations } = job.request;
  if (text === '') return '';
  if (operation === 'Tag') {
    const entities = tagText(text);
    return JSON.stringify(
      behaviour.tagOutputShape === 'entities' ? entities : renderTaggerResult(entities),
    );
  }
  return deidentifyText(text, {
    operation,
    jobKey: job.key,
    redactionFormat: customizations?.redactionFormat ?? DEFAULT_REDACTION_FORMAT,
  });
}

/** Entities as the service wraps them; recordings show a version that no specification declares. */
export function renderTaggerResult(entities: readonly TaggedEntity[]): object {
  return { documentVersion: 'v2024_11_15', entities };
}
