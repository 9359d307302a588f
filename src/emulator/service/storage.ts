import type { TokenCredential } from '@azure/core-auth';
import type { StoragePipelineOptions } from '@azure/storage-blob';
import { ContainerClient } from '@azure/storage-blob';

/** How the service reaches containers: as its own managed identity, or by a SAS in the location. */
export type OpenContainer = (location: string) => ContainerClient;

// Few and quick: the emulated storage is on this machine, and a refusal shall show at once.
const RETRIES = { maxTries: 3, retryDelayInMs: 50, maxRetryDelayInMs: 200, tryTimeoutInMs: 30_000 };

/** Opens containers with `credential`, trusting the certificates in the PEM `ca`. */
export function createContainerOpener(options: {
  credential: TokenCredential;
  ca: string;
}): OpenContainer {
  // The pipeline beneath takes tlsOptions although the blob client's types do not mention it.
  const pipeline: StoragePipelineOptions & { tlsOptions: { ca: string } } = {
    retryOptions: RETRIES,
    tlsOptions: { ca: options.ca },
  };
  // A client holds a pipeline with its token: making one for each document is slow.
  const opened = new Map<string, ContainerClient>();
  return (location) => {
    const known = opened.get(location);
    if (known) return known;
    const url = location.replace(/\/+(?=\?|$)/, '');
    const client = new URL(location).searchParams.has('sig')
      ? new ContainerClient(url, undefined, pipeline)
      : new ContainerClient(url, options.credential, pipeline);
    opened.set(location, client);
    return client;
  };
}

/** An etag as the service shows it: without quotes. */
export function stripQuotes(etag: string | undefined): string {
  return (etag ?? '').replaceAll('"', '');
}

/** The HTTP status of a storage failure, or undefined when there was no answer. */
export function readStorageStatus(failure: unknown): number | undefined {
  if (typeof failure !== 'object' || failure === null || !('statusCode' in failure))
    return undefined;
  return typeof failure.statusCode === 'number' ? failure.statusCode : undefined;
}
