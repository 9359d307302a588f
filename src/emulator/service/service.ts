import type { TokenCredential } from '@azure/core-auth';
import type { Clock } from '../../clock.ts';
import type { EmulatedRequest, EmulatedResponse, Handler } from '../http.ts';
import type { TokenAuthority } from '../tokens.ts';
import { authorizeRequest } from './access.ts';
import { readApiVersion } from './api-versions.ts';
import type { Behaviour } from './behaviour.ts';
import { cancelJob, deleteJob } from './end-jobs.ts';
import { createJobRunner } from './job-runner.ts';
import { createJobStore } from './job-store.ts';
import { readBody } from './read-body.ts';
import { getJob, listDocuments, listJobs } from './read-jobs.ts';
import { deidentifyInput } from './realtime.ts';
import { createJsonResponse, finishResponse, renderFailure } from './responses.ts';
import { matchRoute, type Operation } from './router.ts';
import type { Execution, OperationHandler, ServiceContext } from './service-context.ts';
import { createContainerOpener } from './storage.ts';
import { submitJob } from './submit-job.ts';
import { createThrottle } from './throttle.ts';
import { createTimestamps } from './timestamps.ts';

export type { Execution } from './service-context.ts';

/** What the emulated service is made of. */
export interface ServiceDeps {
  clock: Clock;
  authority: TokenAuthority;
  /** Credential of the service's own managed identity, for storage. */
  storageCredential: TokenCredential;
  /** PEM of the certificates that the storage front is trusted by. */
  ca: string;
  /** The https origin under which the service is reached; asked for when a request comes. */
  origin(): string;
  behaviour: Behaviour;
  /** Documents per second of one job. */
  speed: number;
}

/** The emulated service. */
export interface Service {
  handler: Handler;
  /** Accepted executions of jobs, oldest first. */
  executions(): readonly Execution[];
  /** Changes switches from the next decision on; other switches keep their values. */
  setBehaviour(changes: Partial<Behaviour>): void;
  /** Stops all jobs; resolves when none works any more. */
  stop(): Promise<void>;
}

const HANDLERS: Readonly<Record<Exclude<Operation, 'checkHealth'>, OperationHandler>> = {
  deidentifyText: deidentifyInput,
  listJobs,
  getJob,
  submitJob,
  cancelJob,
  deleteJob,
  listDocuments,
};

/**
 * The de-identification service of Azure Health Data Services as public material shows it. Work
 * happens on `deps.clock` and through `deps.storageCredential`, whose roles decide what it can reach.
 */
export function createServiceHandler(deps: ServiceDeps): Service {
  const { clock } = deps;
  let behaviour = deps.behaviour;
  const readBehaviour = (): Behaviour => behaviour;
  const createTimestamp = createTimestamps(clock);
  const openContainer = createContainerOpener({ credential: deps.storageCredential, ca: deps.ca });
  const throttle = createThrottle({
    nowMs: () => clock.monotonicMs(),
    behaviour: readBehaviour,
  });
  const context: ServiceContext = {
    clock,
    origin: () => deps.origin(),
    behaviour: readBehaviour,
    store: createJobStore({
      nowMs: () => clock.nowMs(),
      retentionMs: () => behaviour.jobRetentionMs,
    }),
    runner: createJobRunner({
      clock,
      speed: deps.speed,
      behaviour: readBehaviour,
      openContainer,
      createTimestamp,
    }),
    executions: [],
    createTimestamp,
  };

  const answer = async (request: EmulatedRequest): Promise<EmulatedResponse> => {
    const route = matchRoute(request.method, request.target);
    if (route.operation === 'checkHealth') return createJsonResponse({ status: 'Healthy' });
    const query = new URLSearchParams(route.query);
    const version = readApiVersion(query, behaviour.unknownVersionCode);
    const caller = authorizeRequest(deps.authority, route.operation, request.headers.authorization);
    const body = await readBody(request.body);
    throttle(route.operation, body.byteLength);
    return await HANDLERS[route.operation]({ route, query, version, caller, body }, context);
  };

  return {
    handler: async (request) => finishResponse(await answer(request).catch(renderFailure), request),
    executions: () => context.executions,
    setBehaviour(changes) {
      behaviour = { ...behaviour, ...changes };
      context.runner.startWaiting();
    },
    stop: () => context.runner.stop(),
  };
}
