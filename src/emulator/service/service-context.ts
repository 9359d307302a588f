import type { Clock } from '../../clock.ts';
import type { ApiVersion } from '../../wire/api-version.ts';
import type { JobRequest } from '../../wire/job.ts';
import type { EmulatedResponse } from '../http.ts';
import type { EmulatedIdentity } from '../identities.ts';
import type { Behaviour } from './behaviour.ts';
import type { JobRunner } from './job-runner.ts';
import type { JobStore } from './job-store.ts';
import type { Route } from './router.ts';

/** One accepted execution of a job: a PUT that starts work. What tests count for "at most once". */
export interface Execution {
  name: string;
  /** The request with the service's defaults filled in. */
  request: JobRequest;
  /** Milliseconds since the epoch on the emulator's clock. */
  acceptedAtMs: number;
  /** Object id of the caller's identity. */
  requestedBy: string;
}

/** A request that has been routed, versioned and authorised. */
export interface ServiceRequest {
  route: Route;
  query: URLSearchParams;
  version: ApiVersion;
  caller: EmulatedIdentity;
  body: Uint8Array;
}

/** What the operations work on. */
export interface ServiceContext {
  clock: Clock;
  origin: () => string;
  behaviour: () => Behaviour;
  store: JobStore;
  runner: JobRunner;
  executions: Execution[];
  createTimestamp: () => string;
}

/** Answers one operation; throws a ServiceFailure to refuse. */
export type OperationHandler = (
  request: ServiceRequest,
  context: ServiceContext,
) => EmulatedResponse | Promise<EmulatedResponse>;
