import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TokenCredential } from '@azure/core-auth';
import type { ContainerClient } from '@azure/storage-blob';
import { systemClock } from '../clock.ts';
import { createAdvanceableClock } from './advanceable-clock.ts';
import { createCertificates } from './certificates.ts';
import { type CleanupStack, createCleanupStack } from './cleanup-stack.ts';
import {
  createAdminIdentity,
  createRunnerIdentities,
  createServiceIdentity,
  DEFAULT_CONTAINERS,
} from './default-identities.ts';
import { createFaultInjector, type FaultRule } from './faults.ts';
import { startHttpServer } from './http-server.ts';
import type { EmulatedIdentity } from './identities.ts';
import { createIdentityHandler, IDENTITY_PATH } from './identity-endpoint.ts';
import { createRequestLog, type RequestRecord } from './request-log.ts';
import { type Behaviour, DEFAULT_BEHAVIOUR } from './service/behaviour.ts';
import { createServiceHandler, type Execution } from './service/service.ts';
import { startStorage } from './storage.ts';
import {
  createEmulatedCredential,
  createTokenAuthority,
  DEFAULT_TOKEN_LIFETIME_MS,
} from './tokens.ts';

/** How to start the emulator; everything has a default. */
export interface EmulatorOptions {
  /** Port of the de-identification service. @default 0, a free one */
  servicePort?: number;
  /** Port of Blob Storage. @default 0, a free one */
  blobPort?: number;
  /** Port of the identity endpoint. @default 0, a free one */
  identityPort?: number;
  /**
   * Identities that clients can get tokens for. Their roles are read at each request, so that
   * changing them takes effect at once. @default a system-assigned and a user-assigned one with the
   * least roles that a run needs
   */
  identities?: EmulatedIdentity[];
  /** The service's own identity. @default one that contributes to the whole account */
  serviceIdentity?: EmulatedIdentity;
  /** Life of a client's token, in milliseconds. @default 24 hours */
  tokenLifetimeMs?: number;
  /** Documents per second of one job. @default 200 */
  speed?: number;
  /** Faults from the start on. @default none */
  faults?: FaultRule[];
  /** Switches that differ from the most natural reading of the documentation. @default none */
  behaviour?: Partial<Behaviour>;
  /** A folder whose files become blobs of container `source`, named by their path in it. */
  seedFolder?: string;
  /** Containers besides source, target, staging and state; nobody has a role there. @default none */
  containers?: string[];
}

/** The running stack: identity endpoint, Blob Storage and the de-identification service. */
export interface Emulator {
  readonly serviceEndpoint: string;
  /** With the account, without a trailing slash. */
  readonly blobEndpoint: string;
  readonly identityEndpoint: string;
  /** Environment variables with which a child process needs no other setting. */
  readonly env: Readonly<Record<string, string>>;
  /** PEM file with the certificate authority to trust. */
  readonly caFile: string;
  /** Requests to the three servers in the order of their arrival; grows while it is read. */
  readonly requests: readonly RequestRecord[];
  /** Jobs that the service accepted, oldest first. */
  readonly executions: readonly Execution[];
  /** Who clients can be; change their roles at any time. */
  readonly identities: readonly EmulatedIdentity[];
  /** Who the service is; change its roles at any time. */
  readonly serviceIdentity: EmulatedIdentity;
  /** A credential with every role, for any endpoint of this emulator. */
  readonly adminCredential: TokenCredential;
  /** A container to prepare and inspect: it bypasses roles, faults and the request log. */
  containerClient(name: string): ContainerClient;
  /** Replaces all fault rules. Throws EmulatorError `faultRuleInvalid`. */
  setFaults(rules: readonly FaultRule[]): void;
  /** Changes switches of the service from its next decision on; other switches stay. */
  setBehaviour(changes: Partial<Behaviour>): void;
  /**
   * Sets the clock of the service and of delays `ms` milliseconds forward. Tokens stay on the
   * machine's clock, since the SDKs that hold them read that one, and so do blobs and leases.
   */
  advance(ms: number): void;
  /** Ends everything, open connections included, and removes what was written to disk. */
  stop(): Promise<void>;
}

const DEFAULT_SPEED = 200;

/**
 * Starts the embedded stack on loopback; resolves when everything answers. It is for development
 * and tests: the service in it misses personal data. Throws EmulatorError.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const cleanups = createCleanupStack();
  try {
    return await startStack(options, cleanups);
  } catch (error) {
    await cleanups.run();
    throw error;
  }
}

async function startStack(options: EmulatorOptions, cleanups: CleanupStack): Promise<Emulator> {
  const { identities = createRunnerIdentities(), serviceIdentity = createServiceIdentity() } =
    options;
  const clock = createAdvanceableClock(systemClock);
  const faults = createFaultInjector(options.faults);
  const recorder = createRequestLog(clock);
  const server = { recorder, faults, clock };
  const admin = createAdminIdentity();
  const authority = createTokenAuthority({
    identities: [...identities, serviceIdentity, admin],
    clock: systemClock,
  });
  const adminCredential = createEmulatedCredential(authority, admin);

  const folder = await mkdtemp(join(tmpdir(), 'deid-batch-emulator-'));
  cleanups.add(() => rm(folder, { recursive: true, force: true }));
  const certificates = await createCertificates(systemClock.nowMs());
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, certificates.ca, { mode: 0o600 });

  const storage = await startStorage({
    folder,
    certificates,
    containers: [...new Set([...DEFAULT_CONTAINERS, ...(options.containers ?? [])])],
    seedFolder: options.seedFolder,
    authority,
    adminCredential,
    server: { ...server, port: options.blobPort ?? 0 },
    cleanups,
  });

  const service = createServiceHandler({
    clock,
    authority,
    storageCredential: createEmulatedCredential(authority, serviceIdentity),
    ca: certificates.ca,
    origin: () => serviceEndpoint,
    behaviour: { ...DEFAULT_BEHAVIOUR, ...options.behaviour },
    speed: options.speed ?? DEFAULT_SPEED,
  });
  cleanups.add(service.stop);
  const serviceServer = await startHttpServer({
    ...server,
    name: 'service',
    tls: certificates,
    port: options.servicePort ?? 0,
    handler: service.handler,
  });
  cleanups.add(serviceServer.close);
  const serviceEndpoint = `https://127.0.0.1:${serviceServer.port}`;

  const secret = randomBytes(16).toString('hex');
  const tokenLifetimeMs = options.tokenLifetimeMs ?? DEFAULT_TOKEN_LIFETIME_MS;
  const identityServer = await startHttpServer({
    ...server,
    name: 'identity',
    port: options.identityPort ?? 0,
    handler: createIdentityHandler({ authority, identities, secret, tokenLifetimeMs }),
  });
  cleanups.add(identityServer.close);
  const identityEndpoint = `http://127.0.0.1:${identityServer.port}${IDENTITY_PATH}`;

  return {
    serviceEndpoint,
    blobEndpoint: storage.endpoint,
    identityEndpoint,
    caFile,
    env: {
      IDENTITY_ENDPOINT: identityEndpoint,
      IDENTITY_HEADER: secret,
      DEID_ENDPOINT: serviceEndpoint,
      DEID_BATCH_SERVICE: serviceEndpoint,
      DEID_BATCH_SOURCE: `${storage.endpoint}/source`,
      DEID_BATCH_TARGET: `${storage.endpoint}/target`,
      DEID_BATCH_STAGING: `${storage.endpoint}/staging`,
      DEID_BATCH_CA_FILE: caFile,
    },
    requests: recorder.records,
    get executions() {
      return service.executions();
    },
    identities,
    serviceIdentity,
    adminCredential,
    containerClient: (name) => storage.account.getContainerClient(name),
    setFaults: faults.setRules,
    setBehaviour: service.setBehaviour,
    advance: clock.advance,
    stop: cleanups.run,
  };
}
