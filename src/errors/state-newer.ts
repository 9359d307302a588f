import { DeidBatchError } from './deid-batch-error.ts';

/** The newest form of journals and plans that this version reads. */
const SCHEMA_VERSION = 1;

/** Throws StateNewer for state that a newer version wrote: what it means cannot be known here. */
export function refuseNewerSchema(schemaVersion: number): void {
  if (!(schemaVersion > SCHEMA_VERSION)) return;
  throw new DeidBatchError(
    'StateNewer',
    `The run was made by a newer deid-batch: its state has schema ${schemaVersion}, this version reads up to ${SCHEMA_VERSION}.`,
    { hint: 'Use the version that started the run, or a newer one.' },
  );
}
