// Shows what a run would do, and changes nothing: which documents the pattern selects, how they
// are cut into batches, and whether one patient's documents stay together.
//
//   node samples/plan-run.mjs 'notes/**/*.txt'

import { isDeidBatchError, planRun } from 'deid-batch';

const { DEID_BATCH_SOURCE, DEID_BATCH_TARGET, DEID_BATCH_SERVICE, DEID_BATCH_CA_FILE } =
  process.env;
const [pattern = '**/*.txt'] = process.argv.slice(2);

try {
  const plan = await planRun({
    source: DEID_BATCH_SOURCE, // https://<account>.blob.core.windows.net/<container>
    target: DEID_BATCH_TARGET, // another container, or a folder in one
    service: DEID_BATCH_SERVICE, // https://<id>.api.<region>.deid.azure.com
    caFile: DEID_BATCH_CA_FILE, // only behind a TLS proxy, and with the emulator
    pattern,
    groupBy: 'folder:2', // all that lies in notes/<patient>/ gets the same surrogates
  });

  const { selection, batches, consistency, estimate } = plan;
  console.log(`${selection.documents} of ${selection.listed} blobs are selected`);
  for (const { reason, documents } of selection.skipped) {
    console.log(`${documents} are skipped: ${reason}`);
  }
  for (const { id, documents, bytes } of batches) {
    // A batch also has its prefix. It is not printed: blob names may be PHI.
    console.log(`${id}: ${documents} documents, ${bytes} bytes`);
  }
  console.log(`${consistency.groups} groups, each whole in one batch`);
  console.log(`${estimate.megabytes} MB to pay for, at least ${estimate.requests} requests`);
} catch (error) {
  if (!isDeidBatchError(error)) throw error;
  // Every error has a stable code, and says how to fix what it names.
  console.error(`${error.code}: ${error.message} ${error.hint ?? ''}`);
  process.exitCode = error.exitCode;
}
