import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TokenCredential } from '@azure/core-auth';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../src/emulator/index.ts';
import {
  type DeidBatchError,
  isDeidBatchError,
  type Run,
  type RunEvent,
  type RunOptions,
  type RunSummary,
  startRun,
} from '../../src/index.ts';
import type { JournalRecord } from '../../src/model/journal-record.ts';
import { createSimulatedClock, type SimulatedClock } from '../simulated-clock.ts';

/** One emulator, simulated time, and what tests of whole runs do with them. */
export interface FlowStack {
  emulator: Emulator;
  clock: SimulatedClock;
  /** Folder of the run state. */
  state: string;
  /** Lines that the product logged. */
  log: string[];
  /** Blobs of container `source` by name. */
  upload(blobs: Record<string, string>): Promise<void>;
  /** Options of a run from `<folder>/` of the source to `<folder>/` of the target. */
  options(folder: string, changes?: Partial<RunOptions>): RunOptions;
  /** Text of every blob of container `target` below `prefix`, by the rest of its name. */
  readOutputs(prefix: string): Promise<Record<string, string>>;
  readJournal(runId: string): Promise<JournalRecord[]>;
  /** PUTs of jobs whose name starts with `runId`, as they arrived. */
  puts(runId: string): string[];
  /** Jobs that the service accepted whose name starts with `runId`. */
  accepted(runId: string): string[];
  /** Takes back faults, switches and roles. */
  reset(): void;
  stop(): Promise<void>;
}

/** What became of a run. */
export interface Finished {
  run: Run;
  events: RunEvent[];
  /** Of the `finished` event; a run that stops has one as well. */
  summary: RunSummary | undefined;
  /** What the result rejected with. */
  error: DeidBatchError | undefined;
}

/** A note with something to replace. */
export const NOTE = 'Patient: John Smith was seen on 03/04/2021. Phone: 555-123-4567.';

export async function startFlowStack(options: EmulatorOptions = {}): Promise<FlowStack> {
  const emulator = await startEmulator({ speed: 100_000, behaviour: NATURAL, ...options });
  const state = await mkdtemp(join(tmpdir(), 'deid-batch-flow-'));
  const clock = createSimulatedClock(emulator.advance);
  const credential = createRunnerCredential(emulator);
  const log: string[] = [];
  const people = [...emulator.identities, emulator.serviceIdentity];
  const roles = people.map((identity) => [...identity.roles]);
  const source = emulator.containerClient('source');
  const isOf = (runId: string, name: string) => name.startsWith(runId);

  return {
    emulator,
    clock,
    state,
    log,
    async upload(blobs) {
      const uploads = Object.entries(blobs).map(([name, content]) =>
        source.getBlockBlobClient(name).upload(content, Buffer.byteLength(content)),
      );
      await Promise.all(uploads);
    },
    options: (folder, changes) => ({
      source: `${emulator.blobEndpoint}/source`,
      target: `${emulator.blobEndpoint}/target`,
      service: emulator.serviceEndpoint,
      pattern: `${folder}/**`,
      caFile: emulator.caFile,
      state,
      credential,
      clock,
      // Runs of other tests have the same target.
      new: true,
      // Spacing is tested elsewhere; each request on a turn of its own takes long.
      requestsPerSecond: 1_000,
      logger: { log: (level, message) => log.push(`${level} ${message}`) },
      ...changes,
    }),
    async readOutputs(prefix) {
      const target = emulator.containerClient('target');
      const outputs: Record<string, string> = {};
      for await (const { name } of target.listBlobsFlat({ prefix })) {
        const content = await target.getBlobClient(name).downloadToBuffer();
        outputs[name.slice(prefix.length)] = content.toString();
      }
      return outputs;
    },
    async readJournal(runId) {
      const folder = join(state, 'runs', runId, 'journal');
      const segments = (await readdir(folder)).sort();
      const texts = await Promise.all(segments.map((name) => readFile(join(folder, name), 'utf8')));
      const lines = texts.flatMap((text) => text.trim().split('\n'));
      const records = lines.map((line) => JSON.parse(line) as JournalRecord);
      return records.filter(({ type }) => type !== 'opened');
    },
    puts: (runId) =>
      emulator.requests
        .filter(({ server, method }) => server === 'service' && method === 'PUT')
        .map(({ path }) => path.replace('/jobs/', ''))
        .filter((name) => isOf(runId, name)),
    accepted: (runId) =>
      emulator.executions.map(({ name }) => name).filter((name) => isOf(runId, name)),
    reset() {
      emulator.setFaults([]);
      emulator.setBehaviour(NATURAL);
      for (const [index, identity] of people.entries()) identity.roles = [...(roles[index] ?? [])];
    },
    async stop() {
      await emulator.stop();
      await rm(state, { recursive: true, force: true });
    },
  };
}

export const journalPath = (state: string, runId: string): string =>
  join(state, 'runs', runId, 'journal', '000001-000001.jsonl');

/** Runs to the end, good or bad. */
export async function finishRun(options: Parameters<typeof startRun>[0]): Promise<Finished> {
  return watchRun(await startRun(options));
}

/** Waits for the end of a run and gathers its events. */
export async function watchRun(run: Run): Promise<Finished> {
  const events: RunEvent[] = [];
  for await (const event of run) events.push(event);
  const error = await run.result().then(
    () => undefined,
    (failure: unknown) => {
      if (isDeidBatchError(failure)) return failure;
      throw failure;
    },
  );
  const finished = events.find((event) => event.type === 'finished');
  return { run, events, error, summary: finished?.summary };
}

/** The system-assigned identity as a credential, from the identity endpoint of this emulator. */
export function createRunnerCredential(emulator: Emulator): TokenCredential {
  return {
    async getToken(scopes) {
      const resource = [scopes].flat()[0]?.replace(/\/\.default$/, '') ?? '';
      const query = new URLSearchParams({ resource, 'api-version': '2019-08-01' });
      const answer = await get(`${emulator.identityEndpoint}?${query}`, {
        'X-IDENTITY-HEADER': emulator.env.IDENTITY_HEADER ?? '',
      });
      const body = JSON.parse(answer) as { access_token: string; expires_on: string };
      return { token: body.access_token, expiresOnTimestamp: Number(body.expires_on) * 1_000 };
    },
  };
}

/** Over node:http, whose requests the simulated clock sees; it does not see those of `fetch`. */
async function get(url: string, headers: Record<string, string>): Promise<string> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, { headers }, resolve).on('error', reject).end();
  });
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

/** The switches that tests of this folder turn, as they are by default. */
const NATURAL = {
  rePut: 'conflict',
  lateVisibilityMs: 0,
  jobStatusWithFailures: 'Succeeded',
  overwriteCollision: 'failDocument',
  tagOutputName: 'sameName',
  oversizedDocument: 'failDocument',
  maxDocumentBytes: 2_000_000,
  maxConcurrentJobs: Number.POSITIVE_INFINITY,
  jobRetentionMs: Number.POSITIVE_INFINITY,
  cancelDocuments: 'canceled',
  maxPageSize: 100,
  locationEncoding: 'encoded',
  throttleRequestsPer5s: 1_000_000,
} as const;
