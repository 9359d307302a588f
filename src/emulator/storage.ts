import type { TokenCredential } from '@azure/core-auth';
import { BlobServiceClient, type StoragePipelineOptions } from '@azure/storage-blob';
import { systemClock } from '../clock.ts';
import { ACCOUNT_NAME, startAzurite } from './azurite.ts';
import type { Certificates } from './certificates.ts';
import type { CleanupStack } from './cleanup-stack.ts';
import { type HttpServerOptions, startHttpServer } from './http-server.ts';
import { uploadFolder } from './seed-folder.ts';
import { createStorageFront } from './storage-front.ts';
import type { TokenAuthority } from './tokens.ts';

/** The running storage account. */
export interface Storage {
  /** The account's URL for clients, checked and recorded; no trailing slash. */
  endpoint: string;
  /** The same account with every role, past the checks, the faults and the request log. */
  account: BlobServiceClient;
}

/**
 * Starts Azurite with its working files in `folder`, creates the containers, uploads `seedFolder`
 * into container `source`, and starts the front that clients talk to.
 */
export async function startStorage(options: {
  folder: string;
  certificates: Certificates;
  containers: readonly string[];
  seedFolder: string | undefined;
  authority: TokenAuthority;
  adminCredential: TokenCredential;
  server: Pick<HttpServerOptions, 'port' | 'recorder' | 'faults' | 'clock'>;
  cleanups: CleanupStack;
}): Promise<Storage> {
  const { folder, certificates, seedFolder, authority, cleanups } = options;
  const { ca } = certificates;

  const azurite = await startAzurite({ folder, tls: certificates, clock: systemClock });
  cleanups.add(azurite.stop);
  const url = `${azurite.origin}/${ACCOUNT_NAME}`;
  const account = createAccountClient(url, options.adminCredential, ca);
  for (const name of options.containers) await account.getContainerClient(name).create();
  if (seedFolder) await uploadFolder(seedFolder, account.getContainerClient('source'));

  const front = createStorageFront({ authority, origin: azurite.origin, ca });
  cleanups.add(front.close);
  const server = await startHttpServer({
    ...options.server,
    name: 'storage',
    tls: certificates,
    handler: front.handler,
  });
  cleanups.add(server.close);
  return { endpoint: `https://127.0.0.1:${server.port}/${ACCOUNT_NAME}`, account };
}

function createAccountClient(
  url: string,
  credential: TokenCredential,
  ca: string,
): BlobServiceClient {
  // The pipeline beneath takes tlsOptions although the blob client's types do not mention it.
  const pipeline: StoragePipelineOptions & { tlsOptions: { ca: string } } = { tlsOptions: { ca } };
  return new BlobServiceClient(url, credential, pipeline);
}
