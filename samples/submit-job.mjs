// De-identifies one folder as one job, and waits for it. The job has a name of your own, so that
// running this again finds the job of the first time in place of starting a second one.
//
//   node samples/submit-job.mjs 'notes/p1/**' notes-p1

import { isDeidBatchError, submitJob } from 'deid-batch';

const { DEID_BATCH_SOURCE, DEID_BATCH_TARGET, DEID_BATCH_SERVICE, DEID_BATCH_CA_FILE } =
  process.env;
const [pattern = 'notes/p1/**', name = 'notes-p1'] = process.argv.slice(2);

try {
  const job = await submitJob({
    source: DEID_BATCH_SOURCE, // https://<account>.blob.core.windows.net/<container>
    target: DEID_BATCH_TARGET, // another container, or a folder in one
    service: DEID_BATCH_SERVICE, // https://<id>.api.<region>.deid.azure.com
    caFile: DEID_BATCH_CA_FILE, // only behind a TLS proxy, and with the emulator
    pattern, // must be exactly what one prefix holds: a job is one prefix
    name,
    operation: 'redact',
  });
  const ended = await job.wait({ signal: AbortSignal.timeout(60 * 60 * 1_000) });
  console.log(`${job.name} ended: ${ended?.state ?? 'its record is gone'}`);

  // A job can succeed although documents in it failed, so count the documents.
  const counts = {};
  for await (const { state } of job.documents()) counts[state] = (counts[state] ?? 0) + 1;
  for (const [state, count] of Object.entries(counts)) console.log(`${count} ${state}`);
  const sound = ended?.state === 'succeeded' && Object.keys(counts).join() === 'succeeded';
  process.exitCode = sound ? 0 : 5;
} catch (error) {
  if (!isDeidBatchError(error)) throw error;
  console.error(`${error.code}: ${error.message} ${error.hint ?? ''}`);
  process.exitCode = error.exitCode;
}
