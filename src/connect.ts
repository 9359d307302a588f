import { readFile } from 'node:fs/promises';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import type { TokenCredential } from '@azure/core-auth';
import { type Clock, systemClock } from './clock.ts';
import { DeidBatchError } from './errors/deid-batch-error.ts';
import { createCredential } from './identity/credential.ts';
import { type ExplainedCredential, explainCredential } from './identity/explained-credential.ts';
import { openContainerState } from './journal/open-container-state.ts';
import { openFolderState } from './journal/open-folder-state.ts';
import type { StateStore } from './journal/run-store.ts';
import type { Lister } from './model/lister.ts';
import type { StatePlace } from './model/location.ts';
import type { Settings } from './options/settings.ts';
import { compileGroupBy } from './plan/group-by.ts';
import { createNaming } from './plan/naming.ts';
import type { PlanRequest, RunPorts } from './run/ports.ts';
import { chooseApiVersion, composeJobBody } from './service/compose-job-body.ts';
import { createJobClient, type JobClient } from './service/job-client.ts';
import { createBlobLister } from './storage/blob-lister.ts';
import { createContainerClient } from './storage/container.ts';
import type { Logger } from './telemetry/logger.ts';

/** What a caller brings along; everything else follows from the settings. */
export interface Surroundings {
  /** Who to authenticate as; undefined for the identity that the settings name. */
  credential: TokenCredential | undefined;
  clock: Clock;
  logger: Logger;
}

/** The adapters that fit the steps' ports. */
export interface Connection {
  source: Lister;
  target: Lister;
  jobs: JobClient & RunPorts['jobs'];
  state: StateStore;
  clock: Clock;
}

/** Joins the settings with the adapters. Nothing is sent yet. Throws CaFileUnreadable. */
export async function connect(settings: Settings, around: Surroundings): Promise<Connection> {
  const { clock, logger } = around;
  const access = await createAccess(settings, around);
  // The storage library waits between its tries on the machine's clock, so its limit does as well.
  const storage = { ...access, clock: systemClock };
  return {
    source: createBlobLister({ location: settings.source, ...storage }),
    target: createBlobLister({ location: settings.target.location, ...storage }),
    jobs: createJobClient({
      ...access,
      endpoint: settings.service,
      apiVersion: chooseApiVersion(settings),
      requestsPerSecond: settings.requestsPerSecond,
      clock,
      random: Math.random,
      log: (line) => logger.log('debug', line),
    }),
    state: openState(settings.state, { access, clock }),
    clock,
  };
}

/** Opens the run state alone, for what needs nothing else. */
export async function connectState(
  options: AccessOptions & Pick<Settings, 'state'>,
  around: Pick<Surroundings, 'credential' | 'clock'>,
): Promise<StateStore> {
  return openState(options.state, {
    access: await createAccess(options, around),
    clock: around.clock,
  });
}

function openState(
  place: StatePlace,
  { access, clock }: { access: Access; clock: Clock },
): StateStore {
  if (place.kind === 'folder') return openFolderState(place.path, clock);
  const { location, prefix } = place;
  const { describeIdentity } = access;
  const container = createContainerClient({ location, ...access });
  return openContainerState({ container, location, prefix, describeIdentity, clock });
}

type AccessOptions = Parameters<typeof createCredential>[0] & Pick<Settings, 'caFile'>;

interface Access {
  credential: ExplainedCredential;
  describeIdentity(): string;
  trust: SecureContext | undefined;
}

async function createAccess(
  options: AccessOptions,
  around: Pick<Surroundings, 'credential'>,
): Promise<Access> {
  const credential = around.credential
    ? explainCredential(around.credential)
    : explainCredential(createCredential(options), options.auth);
  const { describe: describeIdentity } = credential;
  return { credential, describeIdentity, trust: await readTrust(options.caFile) };
}

/** What the planning steps need to know of the settings. Throws InvalidGroupBy. */
export function toPlanRequest(settings: Settings, signal: AbortSignal): PlanRequest {
  const { source, target, stripPrefix, groupBy } = settings;
  const naming = createNaming({
    sourceLocation: source,
    targetLocation: target.location,
    targetPrefix: target.prefix,
    stripPrefix,
  });
  return {
    match: {
      patterns: settings.patterns,
      excludes: settings.excludes,
      maxBytes: settings.maxBytes,
      modifiedSinceMs: settings.modifiedSince,
    },
    groupOf: groupBy === '' ? undefined : compileGroupBy(groupBy),
    plan: {
      apiVersion: chooseApiVersion(settings),
      source: { location: source },
      target: { location: target.location, overwrite: settings.overwrite === 'always' },
      naming,
      maxDocumentsPerBatch: settings.maxDocsPerBatch,
      composeBody: (from, to) => composeJobBody(settings, { source: from, target: to }),
    },
    target,
    service: settings.service,
    allowEmpty: settings.allowEmpty,
    signal,
  };
}

/** The usual certificate authorities and those of the file; undefined without a file. */
async function readTrust(caFile: string): Promise<SecureContext | undefined> {
  if (caFile === '') return undefined;
  let pem: string;
  try {
    pem = await readFile(caFile, 'utf8');
  } catch (cause) {
    throw new DeidBatchError('CaFileUnreadable', 'The file of --ca-file cannot be read.', {
      hint: 'Check the path and the permissions.',
      cause,
    });
  }
  try {
    if (!pem.includes('-----BEGIN CERTIFICATE-----')) throw new Error('no PEM');
    // Made once: reading all roots again for each connection blocks for tens of milliseconds.
    return createSecureContext({ ca: [...rootCertificates, pem] });
  } catch (cause) {
    throw new DeidBatchError('CaFileUnreadable', 'The file of --ca-file holds no certificate.', {
      hint: 'Give certificates in PEM form.',
      cause,
    });
  }
}
