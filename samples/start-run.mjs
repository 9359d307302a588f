// De-identifies everything that a pattern selects, shows progress, and ends with the exit code
// that the command line would have.
//
//   node samples/start-run.mjs 'notes/**/*.txt'

import { isDeidBatchError, startRun } from 'deid-batch';

const { DEID_BATCH_SOURCE, DEID_BATCH_TARGET, DEID_BATCH_SERVICE, DEID_BATCH_CA_FILE } =
  process.env;
const [pattern = '**/*.txt'] = process.argv.slice(2);

// Ctrl-C stops this process: no more jobs are submitted, those in flight go on in the service.
const stopping = new AbortController();
process.once('SIGINT', () => stopping.abort());

try {
  const run = await startRun({
    source: DEID_BATCH_SOURCE, // https://<account>.blob.core.windows.net/<container>
    target: DEID_BATCH_TARGET, // another container, or a folder in one
    service: DEID_BATCH_SERVICE, // https://<id>.api.<region>.deid.azure.com
    caFile: DEID_BATCH_CA_FILE, // only behind a TLS proxy, and with the emulator
    pattern,
    groupBy: 'folder:2', // all that lies in notes/<patient>/ gets the same surrogates
    concurrency: 8, // jobs at a time
    state: '.deid-batch', // the run's journal; it holds blob names, so keep it private
    signal: stopping.signal,
  });

  for await (const event of run) {
    if (event.type === 'submitted') console.log(`${event.batch} is submitted as ${event.job}`);
    if (event.type === 'verified') {
      const { succeeded, planned } = event.counts;
      console.log(`${event.batch} is verified: ${succeeded} of ${planned} documents`);
    }
  }

  // Rejects only when the run could not go on; documents that failed are counted here.
  const { status, documents, exitCode } = await run.result();
  console.log(`${status}: ${documents.succeeded} of ${documents.planned} documents`);
  process.exitCode = exitCode;
} catch (error) {
  if (!isDeidBatchError(error)) throw error;
  console.error(`${error.code}: ${error.message} ${error.hint ?? ''}`);
  process.exitCode = error.exitCode;
}
