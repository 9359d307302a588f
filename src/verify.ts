import type { Document, ListedBlob } from './model/document.ts';
import { isTerminal, type JobState, type JobStatus, type ProcessedDocument } from './model/job.ts';
import type { Lister } from './model/lister.ts';
import type { Batch } from './model/plan.ts';
import {
  type DocumentCounts,
  type Finding,
  type FindingKind,
  noDocuments,
} from './model/verification.ts';
import { readLocations } from './verify/read-locations.ts';

export interface VerifyPorts {
  jobs: {
    listDocuments(call: { name: string; signal: AbortSignal }): AsyncIterable<ProcessedDocument[]>;
  };
  target: Lister;
}

export interface VerifyRequest {
  batch: Batch;
  /** The batch's job in its terminal state. */
  job: JobStatus;
  /** 1 for the batch's first job. */
  attempt: number;
  documents: ReadonlyMap<string, Document>;
  /** Whether outputs bear the names of their documents; what Tag calls them is not documented. */
  outputNamesKnown: boolean;
  signal: AbortSignal;
}

export interface Verification {
  counts: DocumentCounts;
  findings: Finding[];
}

/**
 * Compares three things that must agree: the documents that were planned, those that the service
 * says it processed, and the outputs that lie in the target. The job's own state is not trusted:
 * a job may succeed with failed documents.
 */
export async function verifyBatch(
  ports: VerifyPorts,
  request: VerifyRequest,
): Promise<Verification> {
  const results = await readResults(ports, request);
  const outputs = await readOutputs(ports, request);
  const processed = nameResults(results, outputs, request);
  const ledger = new Ledger();
  ledger.counts.planned = request.documents.size;

  const claimed = new Set<string>();
  for (const document of request.documents.values()) {
    const result = processed.byName.get(document.name);
    const output = chooseOutputName(request, document, result);
    const verdict = judgeDocument(document, result, outputs.get(output ?? ''), request.job);
    if (verdict.kind === undefined) ledger.counts.succeeded += 1;
    else ledger.add(verdict.kind, document.name, verdict.code);
    if (output !== undefined && result?.state === 'succeeded') claimed.add(output);
  }
  for (const name of processed.strangers) ledger.add('unexpected', name);
  const sinceMs = startOf(request.job);
  for (const { name, modifiedAtMs } of outputs.values()) {
    if (claimed.has(name)) continue;
    // Not by their age: the clocks of the service and of the storage may differ by hours.
    if (request.attempt > 1 && isPlannedOutput(request, name)) ledger.add('stale', name);
    else if (modifiedAtMs >= sinceMs) ledger.add('unexpectedOutput', name);
  }
  return { counts: ledger.counts, findings: ledger.findings };
}

interface Verdict {
  /** Undefined when all is as it must be. */
  kind?: FindingKind;
  code?: string;
}

function judgeDocument(
  document: Document,
  result: NamedResult | undefined,
  output: ListedBlob | undefined,
  job: JobStatus,
): Verdict {
  const ended = result && isTerminal(result.state) ? result : undefined;
  const state = ended?.state ?? leftBehind(job.state);
  const code = ended ? ended.fault?.code : job.fault?.code;
  const withCode = code === undefined ? {} : { code };
  switch (state) {
    case 'failed':
      return { kind: 'failed', ...withCode };
    case 'canceled':
      return { kind: 'canceled', ...withCode };
    case 'notStarted':
    case 'running':
    case 'unknown':
      return { kind: 'missing', ...withCode };
    case 'succeeded':
      return judgeOutput(document, { result, output, job });
  }
}

interface Judged {
  result: NamedResult | undefined;
  output: ListedBlob | undefined;
  job: JobStatus;
}

function judgeOutput(document: Document, { result, output, job }: Judged): Verdict {
  const inputEtag = result?.input.etag ?? document.etag;
  if (inputEtag !== document.etag) return { kind: 'changed' };
  if (!result?.output || !output) return { kind: 'missingOutput' };
  if (result.output.etag !== undefined) {
    return result.output.etag === output.etag ? {} : { kind: 'changedOutput' };
  }
  // Without an etag, an output that is older than the job is not the job's.
  return output.modifiedAtMs >= startOf(job) ? {} : { kind: 'missingOutput' };
}

/** Storage keeps whole seconds, so what a job wrote in its first may seem older than it. */
function startOf({ createdAt }: JobStatus): number {
  return Math.floor(Date.parse(createdAt) / 1_000) * 1_000;
}

/** What became of a planned document that the service did not get to, by the state of its job. */
function leftBehind(job: JobState): JobState {
  return job === 'failed' || job === 'canceled' ? job : 'unknown';
}

interface NamedResult extends ProcessedDocument {
  /** Name of the reported output; undefined when there is none in the target container. */
  outputName: string | undefined;
}

interface Processed {
  byName: Map<string, NamedResult>;
  /** Documents that were not planned, or are listed a second time. */
  strangers: string[];
}

async function readResults(
  { jobs }: VerifyPorts,
  { job, signal }: VerifyRequest,
): Promise<ProcessedDocument[]> {
  const results: ProcessedDocument[] = [];
  for await (const page of jobs.listDocuments({ name: job.name, signal })) results.push(...page);
  return results;
}

function nameResults(
  results: readonly ProcessedDocument[],
  existing: ReadonlyMap<string, ListedBlob>,
  { batch, documents }: VerifyRequest,
): Processed {
  const inputs = readLocations(
    results.map(({ input }) => input.location),
    { container: batch.source.location, isKnown: (name) => documents.has(name) },
  );
  const outputs = readLocations(
    results.map(({ output }) => output?.location ?? ''),
    { container: batch.target.location, isKnown: (name) => existing.has(name) },
  );
  const byName = new Map<string, NamedResult>();
  const strangers: string[] = [];
  for (const [index, result] of results.entries()) {
    const name = inputs[index];
    if (name === undefined || !documents.has(name) || byName.has(name)) {
      strangers.push(name ?? result.input.location);
    } else {
      byName.set(name, { ...result, outputName: outputs[index] });
    }
  }
  return { byName, strangers };
}

async function readOutputs(
  ports: VerifyPorts,
  { batch, signal }: VerifyRequest,
): Promise<Map<string, ListedBlob>> {
  const outputs = new Map<string, ListedBlob>();
  for await (const page of ports.target.listPages({ prefix: batch.target.prefix, signal })) {
    for (const blob of page) outputs.set(blob.name, blob);
  }
  return outputs;
}

function chooseOutputName(
  { batch, outputNamesKnown }: VerifyRequest,
  document: Document,
  result: NamedResult | undefined,
): string | undefined {
  if (!outputNamesKnown) return result?.outputName;
  return batch.target.prefix + document.name.slice(batch.source.prefix.length);
}

function isPlannedOutput({ batch, documents }: VerifyRequest, output: string): boolean {
  return documents.has(batch.source.prefix + output.slice(batch.target.prefix.length));
}

class Ledger {
  readonly counts = noDocuments();
  readonly findings: Finding[] = [];

  add(kind: FindingKind, name: string, code?: string): void {
    this.findings.push(code === undefined ? { kind, name } : { kind, name, code });
    const counted = COUNTED_AS[kind];
    if (counted) this.counts[counted] += 1;
  }
}

const COUNTED_AS = {
  failed: 'failed',
  canceled: 'canceled',
  missing: 'missing',
  missingOutput: 'missing',
  changed: 'changed',
  changedOutput: 'changed',
  unexpected: 'unexpected',
  unexpectedOutput: 'unexpected',
  stale: undefined,
} as const satisfies Record<FindingKind, keyof DocumentCounts | undefined>;
