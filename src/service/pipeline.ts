import type { SecureContext } from 'node:tls';
import type { TokenCredential } from '@azure/core-auth';
import {
  bearerTokenAuthenticationPolicy,
  createDefaultHttpClient,
  createEmptyPipeline,
  decompressResponsePolicy,
  type HttpClient,
  type Pipeline,
  proxyPolicy,
  setClientRequestIdPolicy,
  type TlsSettings,
  tlsPolicy,
  userAgentPolicy,
} from '@azure/core-rest-pipeline';
import type { Clock } from '../clock.ts';
import { VERSION } from '../model/version.ts';
import { SERVICE_SCOPE } from '../wire/api-version.ts';
import {
  createLogPolicy,
  createRequestBudgetPolicy,
  createRetryPolicy,
  createTimeoutPolicy,
} from './policies.ts';

export interface ServiceConnection {
  /** `https://<id>.api.<region>.deid.azure.com`, without a trailing slash. */
  endpoint: string;
  credential: TokenCredential;
  /** Names who the credential speaks for, in messages. */
  describeIdentity(): string;
  /** Which certificates to trust; undefined for the usual ones. */
  trust: SecureContext | undefined;
  /** Requests that all calls together may send in a second. */
  requestsPerSecond: number;
  clock: Clock;
  /** From 0 to 1; spreads the delays of retries. */
  random(): number;
  /** Takes one line for each request: method, path, status, duration, request id. */
  log(line: string): void;
}

export interface ServicePipeline {
  pipeline: Pipeline;
  client: HttpClient;
}

/**
 * The path of a request to the service. There is no redirect policy, since a token must not follow
 * a redirect to another host, and the library's default retries are left out, since they would
 * send a PUT up to four times.
 */
export function createServicePipeline(connection: ServiceConnection): ServicePipeline {
  const pipeline = createEmptyPipeline();
  const { clock, trust, credential } = connection;
  // The agent beneath hands all of this to node:tls, though the type lists only certificates.
  if (trust) pipeline.addPolicy(tlsPolicy({ secureContext: trust } as TlsSettings));
  pipeline.addPolicy(proxyPolicy());
  pipeline.addPolicy(decompressResponsePolicy());
  pipeline.addPolicy(userAgentPolicy({ userAgentPrefix: `deid-batch/${VERSION}` }));
  pipeline.addPolicy(setClientRequestIdPolicy('x-ms-client-request-id'));
  pipeline.addPolicy(createRetryPolicy(clock, connection.random), { phase: 'Retry' });
  pipeline.addPolicy(createRequestBudgetPolicy(clock, connection.requestsPerSecond), {
    afterPhase: 'Retry',
  });
  pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes: SERVICE_SCOPE }), {
    phase: 'Sign',
  });
  pipeline.addPolicy(createTimeoutPolicy(clock), { afterPhase: 'Sign' });
  pipeline.addPolicy(createLogPolicy(clock, connection.log), { afterPhase: 'Sign' });
  return { pipeline, client: createDefaultHttpClient() };
}
