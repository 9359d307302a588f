import type { SecureContext } from 'node:tls';
import type { TokenCredential } from '@azure/core-auth';
import { ContainerClient } from '@azure/storage-blob';
import { VERSION } from '../model/version.ts';

export interface ContainerOptions {
  /** Container URL, https, without a query. */
  location: string;
  credential: TokenCredential;
  /** Names who the credential speaks for, in messages. */
  describeIdentity(): string;
  /** Which certificates to trust; undefined for the usual ones. */
  trust: SecureContext | undefined;
}

/** A client of one container. */
export function createContainerClient(options: ContainerOptions): ContainerClient {
  return new ContainerClient(options.location, options.credential, {
    userAgentOptions: { userAgentPrefix: `deid-batch/${VERSION}` },
    retryOptions: { maxTries: 4, retryDelayInMs: 500, maxRetryDelayInMs: 8_000 },
    // Taken by the pipeline below, though the options' type does not list it.
    ...(options.trust ? { tlsOptions: { secureContext: options.trust } } : {}),
  });
}
