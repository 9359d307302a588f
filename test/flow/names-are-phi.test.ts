import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { FaultRule } from '../../src/emulator/index.ts';
import { isDeidBatchError, planRun, type RunOptions, submitJob } from '../../src/index.ts';
import { type Finished, type FlowStack, finishRun, startFlowStack } from './flow-stack.ts';

const MARKER = 'ZZPATIENTZZ';
const TEXT = `Patient: ${MARKER} Smith was seen on 03/04/2021.`;

let stack: FlowStack;

beforeAll(async () => {
  stack = await startFlowStack();
});
afterEach(() => stack.reset());
afterAll(async () => {
  // Something was logged at all, about requests, and no token with it.
  const lines = stack.log.join('\n');
  await stack.stop();
  expect(lines).toContain('PUT /jobs/');
  expect(lines).not.toContain('Bearer');
});

/** Everything that a user, a log or a monitor can see of a run. */
function tell({ events, error, summary }: Pick<Finished, 'events' | 'error' | 'summary'>): string {
  return JSON.stringify([
    events.filter(({ type }) => type !== 'planned'),
    error && [error.message, error.hint, error.code, inspect(error)],
    summary,
    stack.log,
  ]);
}

interface Case {
  prepare?: () => void;
  faults?: FaultRule[];
  options?: Partial<RunOptions>;
  /** Between plan and start. */
  meanwhile?: (folder: string) => Promise<void>;
  ends: string;
}

const service = (effect: Partial<FaultRule>): FaultRule => ({ server: 'service', ...effect });

const CASES: Record<string, Case> = {
  'goes well': { ends: 'complete' },
  'finds failed documents': {
    prepare: () => stack.emulator.setBehaviour({ maxDocumentBytes: 1 }),
    ends: 'findings',
  },
  'finds missing outputs': {
    prepare: () => stack.emulator.setBehaviour({ overwriteCollision: 'skip' }),
    meanwhile: async (folder) => {
      const target = stack.emulator.containerClient('target');
      await target.getBlockBlobClient(`${folder}/${MARKER}-1.txt`).upload('old', 3);
    },
    ends: 'findings',
  },
  'finds drift': {
    meanwhile: (folder) => stack.upload({ [`${folder}/${MARKER}-3.txt`]: TEXT }),
    ends: 'failed',
  },
  'loses a PUT': {
    faults: [service({ method: 'PUT', nth: 1, reset: 'afterAccept' })],
    ends: 'complete',
  },
  'is refused by the service': {
    faults: [
      service({
        method: 'PUT',
        status: 400,
        body: {
          error: {
            code: 'RequestValidationFailed',
            message: `No blob ${MARKER}`,
            details: [{ code: 'FieldInvalid', message: MARKER, target: 'SourceLocation.Prefix' }],
          },
        },
      }),
    ],
    ends: 'JobRejected',
  },
  'is answered in an unknown form': {
    faults: [service({ method: 'GET', body: { value: MARKER } })],
    ends: 'UnexpectedAnswer',
  },
  'is denied the storage': {
    meanwhile: async () => {
      for (const identity of stack.emulator.identities) {
        identity.roles = identity.roles.filter(({ container }) => container !== 'source');
      }
    },
    ends: 'StorageAccessDenied',
  },
  'meets a broken storage': {
    meanwhile: async () => stack.emulator.setFaults([{ server: 'storage', status: 503 }]),
    ends: 'StorageUnavailable',
  },
  'works for a service without access': {
    prepare: () => {
      stack.emulator.serviceIdentity.roles = [];
    },
    ends: 'ServiceIdentityDenied',
  },
};

test.each(Object.entries(CASES))('a run that %s tells no name', async (title, one) => {
  const folder = `${MARKER}-${title.replaceAll(' ', '-')}`;
  await stack.upload({ [`${folder}/${MARKER}-1.txt`]: TEXT, [`${folder}/${MARKER}-2.txt`]: TEXT });
  const options = stack.options(folder, { groupBy: `(?<group>${MARKER}-\\d)`, ...one.options });
  const plan = await planRun(options);
  one.prepare?.();
  stack.emulator.setFaults(one.faults ?? []);
  await one.meanwhile?.(folder);
  const finished = await finishRun(plan);
  expect(finished.error?.code ?? finished.summary?.status).toBe(one.ends);
  const told = tell(finished);
  expect(told.length).toBeGreaterThan(200);
  expect(told).not.toContain(MARKER);
});

test.each<[string, Partial<RunOptions>]>([
  ['NothingMatched', { pattern: `${MARKER}/*.none` }],
  ['NotExact', { exclude: '**/*.bak' }],
  ['InvalidGroupBy', { groupBy: `(${MARKER}` }],
  ['UngroupedDocuments', { groupBy: `(?<group>${MARKER}-none)` }],
  ['GroupTooLarge', { groupBy: 'folder:1', maxDocsPerBatch: 1 }],
  ['OutsideStripPrefix', { stripPrefix: `${MARKER}-else/` }],
  ['InvalidPattern', { pattern: `${MARKER}{1..2000}` }],
  ['InvalidUrl', { source: `https://a.example/source/${MARKER}` }],
  ['SecretInUrl', { source: `https://a.example/source?sig=${MARKER}` }],
  ['LocationsOverlap', { target: '' }],
])('the refusal %s tells no name', async (code, changes) => {
  await stack.upload({
    [`${MARKER}/${MARKER}-1.txt`]: TEXT,
    [`${MARKER}/${MARKER}-10.txt`]: TEXT,
    [`${MARKER}/${MARKER}-1.txt.bak`]: TEXT,
  });
  const target =
    changes.target === '' ? `${stack.emulator.blobEndpoint}/source/${MARKER}` : undefined;
  const options = stack.options(MARKER, { ...changes, ...(target ? { target } : {}) });
  for (const call of [() => planRun(options), () => submitJob(withoutState(options))]) {
    const error = await call().then(
      () => undefined,
      (failure: unknown) => failure,
    );
    if (!isDeidBatchError(error)) throw new Error(`no error of ours: ${String(error)}`);
    expect(error.code).toBe(code);
    expect(`${error.message} ${error.hint} ${error}`).not.toContain(MARKER);
  }
  expect(stack.log.join('\n')).not.toContain(MARKER);
});

function withoutState({ state: _, ...options }: RunOptions) {
  return options;
}
