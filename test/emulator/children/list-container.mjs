// Lists a container with the real ManagedIdentityCredential, which caches endpoint and tokens per
// process: each choice of an identity needs a process of its own. Prints one line of JSON.
import { readFileSync } from 'node:fs';
import { ManagedIdentityCredential } from '@azure/identity';
import { ContainerClient } from '@azure/storage-blob';

const [containerUrl, selection] = process.argv.slice(2);
const caFile = process.env.DEID_BATCH_CA_FILE;
const trust = caFile ? { tlsOptions: { ca: readFileSync(caFile, 'utf8') } } : {};
const credential = new ManagedIdentityCredential(JSON.parse(selection));
const container = new ContainerClient(containerUrl, credential, trust);
try {
  const names = [];
  for await (const blob of container.listBlobsFlat()) names.push(blob.name);
  process.stdout.write(JSON.stringify({ names }));
} catch (error) {
  const { name, code, statusCode, message } = error;
  process.stdout.write(JSON.stringify({ error: { name, code, statusCode, message } }));
}
