import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { RoleGrant } from '../../src/emulator/index.ts';
import { type RunOptions, submitJob } from '../../src/index.ts';
import { type FlowStack, finishRun, NOTE, startFlowStack } from './flow-stack.ts';

let stack: FlowStack;

beforeAll(async () => {
  stack = await startFlowStack();
  Object.assign(process.env, stack.emulator.env);
  await stack.upload({ 'notes/a': NOTE, 'notes/b': NOTE });
});
afterEach(() => stack.reset());
afterAll(async () => {
  for (const name of Object.keys(stack.emulator.env)) delete process.env[name];
  await stack.stop();
});

const withoutRole = (isLost: (grant: RoleGrant) => boolean) => () => {
  const [identity] = stack.emulator.identities;
  if (identity) identity.roles = identity.roles.filter((grant) => !isLost(grant));
};

interface Case {
  prepare?: () => void;
  options?: () => Partial<RunOptions>;
  code: string;
  exitCode: number;
  says: () => string[];
}

const objectId = () => stack.emulator.identities[0]?.objectId ?? 'none';
const blob = (path: string) => `${stack.emulator.blobEndpoint}/${path}`;

const CASES: Record<string, Case> = {
  'no role on the source': {
    prepare: withoutRole(({ container }) => container === 'source'),
    code: 'StorageAccessDenied',
    exitCode: 4,
    says: () => [objectId(), blob('source'), 'Storage Blob Data Reader', '403'],
  },
  'no role on the target': {
    prepare: withoutRole(({ container }) => container === 'target'),
    code: 'StorageAccessDenied',
    exitCode: 4,
    says: () => [objectId(), blob('target'), '403'],
  },
  'no role on the service': {
    prepare: withoutRole(({ role }) => role === 'DeID Batch Data Owner'),
    code: 'ServiceAccessDenied',
    exitCode: 4,
    says: () => [objectId(), stack.emulator.serviceEndpoint, 'DeID Batch Data Owner', '403'],
  },
  'a source that is not there': {
    options: () => ({ source: blob('nowhere'), credential: stack.emulator.adminCredential }),
    code: 'ContainerNotFound',
    exitCode: 4,
    says: () => [blob('nowhere')],
  },
  'a target that is not there': {
    options: () => ({ target: blob('nowhere'), credential: stack.emulator.adminCredential }),
    code: 'ContainerNotFound',
    exitCode: 4,
    says: () => [blob('nowhere')],
  },
  'a storage host that does not resolve': {
    options: () => ({ source: 'https://nosuch.invalid/source' }),
    code: 'HostNotFound',
    exitCode: 4,
    says: () => ['nosuch.invalid'],
  },
  'a service host that does not resolve': {
    options: () => ({ service: 'https://nosuch.invalid' }),
    code: 'HostNotFound',
    exitCode: 4,
    says: () => ['nosuch.invalid'],
  },
  'a certificate that is not trusted': {
    options: () => ({ caFile: '' }),
    code: 'CertificateNotTrusted',
    exitCode: 4,
    says: () => ['--ca-file'],
  },
  'an identity that does not exist': {
    options: () => ({ credential: undefined as never, identity: 'unknown-client-id' }),
    code: 'TokenRefused',
    exitCode: 4,
    says: () => ['--identity', 'HTTP 400'],
  },
  'a storage that is broken': {
    prepare: () => stack.emulator.setFaults([{ server: 'storage', status: 503 }]),
    code: 'StorageUnavailable',
    exitCode: 75,
    says: () => [blob('source'), '503'],
  },
  'a source that overlaps the target': {
    options: () => ({ target: blob('source/notes/out') }),
    code: 'LocationsOverlap',
    exitCode: 2,
    says: () => ['source', 'target'],
  },
  'a pattern that matches nothing': {
    options: () => ({ pattern: 'notes/*.pdf' }),
    code: 'NothingMatched',
    exitCode: 3,
    says: () => ['2 were listed'],
  },
};

describe('a run is refused, and nothing is submitted, because of', () => {
  test.each(Object.entries(CASES))('%s', async (_, { prepare, options, code, exitCode, says }) => {
    prepare?.();
    const { run, error, summary, events } = await finishRun(stack.options('notes', options?.()));
    expect(error).toMatchObject({ code, exitCode });
    for (const fact of says()) expect(`${error?.message} ${error?.hint}`).toContain(fact);
    expect(stack.emulator.executions).toEqual([]);
    if (summary) {
      expect(summary).toMatchObject({ exitCode, jobs: { submitted: 0 } });
      return;
    }
    // It failed before it had a plan, so nothing is kept of it.
    expect(events.map(({ type }) => type)).not.toContain('planned');
    expect(await readdir(join(stack.state, 'runs'))).not.toContain(run.id);
  });
});

test('a token that has expired is refused by the storage', async () => {
  const late = await startFlowStack({ tokenLifetimeMs: -60_000 });
  await late.upload({ 'notes/a': NOTE });
  const { error } = await finishRun(late.options('notes'));
  expect(error).toMatchObject({ code: 'StorageAccessDenied', exitCode: 4 });
  expect(error?.message).toContain('401');
  expect(late.emulator.executions).toEqual([]);
  await late.stop();
});

test('outputs that exist are not overwritten unasked', async () => {
  await stack.upload({ 'exists/a': NOTE, 'exists/b': NOTE });
  const target = stack.emulator.containerClient('target');
  await target.getBlockBlobClient('exists/b').upload('mine', 4);
  const { error } = await finishRun(stack.options('exists'));
  expect(error).toMatchObject({ code: 'OutputExists', exitCode: 2 });
  expect(error?.message).toContain('1 of 2');
  expect(stack.emulator.executions).toEqual([]);
  const { state: _, ...options } = stack.options('exists');
  await expect(submitJob(options)).rejects.toMatchObject({ code: 'OutputExists' });

  const { summary } = await finishRun(stack.options('exists', { overwrite: 'always' }));
  expect(summary).toMatchObject({ status: 'complete', documents: { succeeded: 2 } });
  expect((await stack.readOutputs('exists/')).b).not.toBe('mine');
});
