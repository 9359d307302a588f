import { createHash } from 'node:crypto';
import { DeidBatchError } from './errors/deid-batch-error.ts';
import type { Batch, Consistency, Plan } from './model/plan.ts';
import { type Cover, CoverBuilder, type ExactPrefix } from './plan/cover.ts';
import type { Naming } from './plan/naming.ts';
import { formatDocument, parseSpooledBlob, type SpooledBlob } from './plan/spool.ts';
import type { Survey } from './plan/survey.ts';

export interface PlanRules {
  runId: string;
  apiVersion: string;
  /** The prefixes that were listed in full; none is a prefix of another. */
  prefixes: readonly string[];
  source: { location: string };
  target: { location: string; overwrite: boolean };
  naming: Naming;
  /** Documents that one batch may hold. */
  maxDocumentsPerBatch: number;
  /** The body of the request that makes a job of these locations. */
  composeBody(source: Batch['source'], target: Batch['target']): string;
}

/** The spooled listing, and where the batches' manifests go. */
export interface PlanFiles {
  readSpool(): AsyncIterable<string>;
  /** Stores the lines as an immutable file and returns their SHA-256. */
  sealManifest(lines: AsyncIterable<string>): Promise<string>;
}

/**
 * Splits the surveyed selection into the fewest batches that one prefix each selects exactly, no
 * group cut. Reads the spooled listing twice: to find the cover, and to write each batch's
 * manifest. Throws a usage error that counts the documents when some cannot be planned.
 */
export async function planBatches(
  survey: Survey,
  { rules, files }: { rules: PlanRules; files: PlanFiles },
): Promise<Plan> {
  refuseUnplannable(survey, rules);
  const cover = await coverSelection(survey, rules, files);
  refuseUncovered(cover, survey);
  const batches = await sealBatches(cover.prefixes, survey, rules, files);
  const { runId, apiVersion } = rules;
  const selection = survey.selection();
  return {
    schemaVersion: 1,
    runId,
    digest: digestPlan({ apiVersion, batches }),
    apiVersion,
    selection,
    consistency: describeConsistency(survey),
    batches,
    estimate: {
      megabytes: Math.ceil(selection.bytes / 10_000) / 100,
      copies: 0,
      // To create the job, to see its end, to list its documents.
      requests: batches.length * 3,
    },
  };
}

function refuseUnplannable(survey: Survey, rules: PlanRules): void {
  const cap = rules.maxDocumentsPerBatch;
  if (survey.outsideStripPrefix > 0) {
    throw new DeidBatchError(
      'OutsideStripPrefix',
      `${survey.outsideStripPrefix} of ${survey.documents} selected documents do not start with the prefix to strip.`,
      { hint: 'Shorten --strip-prefix, or narrow --pattern to names that start with it.' },
    );
  }
  if (survey.tooLong > 0) {
    throw new DeidBatchError(
      'NameTooLong',
      `${survey.tooLong} of ${survey.documents} selected documents have a URL, or would have an output URL, of more than 1,024 characters.`,
      { hint: 'Exclude them with --exclude, or use a shorter target prefix.' },
    );
  }
  if (survey.ungrouped > 0) {
    throw new DeidBatchError(
      'UngroupedDocuments',
      `${survey.ungrouped} of ${survey.documents} selected documents belong to no group by --group-by.`,
      { hint: 'Change --group-by so that it finds a group in each name, or --exclude them.' },
    );
  }
  const tooLarge = [...survey.groups.values()].filter((group) => group.documents > cap);
  if (tooLarge.length > 0) {
    throw new DeidBatchError(
      'GroupTooLarge',
      `${tooLarge.length} of ${survey.groups.size} groups have more than ${cap} documents; the largest has ${largestGroup(survey)}.`,
      { hint: 'Raise --max-docs-per-batch if it is lowered, or use a finer --group-by.' },
    );
  }
}

async function coverSelection(survey: Survey, rules: PlanRules, files: PlanFiles): Promise<Cover> {
  const builder = new CoverBuilder({
    maxDocuments: rules.maxDocumentsPerBatch,
    minPrefixLength: rules.naming.minPrefixLength,
  });
  const seen = new Set<string>();
  const rootOf = createRootFinder(rules.prefixes);
  for await (const line of files.readSpool()) {
    const { name, document } = parseSpooledBlob(line);
    if (!document) {
      builder.add(rootOf(name), { name });
      continue;
    }
    const { bytes, group } = document;
    const newGroups = group !== undefined && !seen.has(group) ? 1 : 0;
    if (group !== undefined && newGroups === 1) seen.add(group);
    const groupReach =
      (group === undefined ? undefined : survey.groups.get(group)?.reach) ?? name.length;
    builder.add(rootOf(name), { name, document: { bytes, groupReach, newGroups } });
  }
  return builder.finish();
}

/** Names arrive grouped by the listed prefix, so the last one found is mostly the right one. */
function createRootFinder(prefixes: readonly string[]): (name: string) => string {
  let current: string | undefined;
  return (name) => {
    if (current === undefined || !name.startsWith(current)) {
      current = prefixes.find((prefix) => name.startsWith(prefix));
    }
    if (current === undefined) {
      throw new DeidBatchError(
        'InternalError',
        'The storage listed a name outside of the prefix that was asked for.',
      );
    }
    return current;
  };
}

function refuseUncovered({ uncovered }: Cover, survey: Survey): void {
  const { byGroup, byName } = uncovered;
  if (byGroup + byName === 0) return;
  const reasons = [
    byGroup > 0 &&
      `${byGroup} because every prefix that holds their whole group also holds blobs that are not selected, or more documents than a batch may hold`,
    byName > 0 &&
      `${byName} because their name is the beginning of the names of blobs that are not selected, or of more documents than a batch may hold`,
  ].filter((reason) => reason !== false);
  throw new DeidBatchError(
    'NotExact',
    `${byGroup + byName} of ${survey.documents} selected documents cannot be submitted where they lie: ${reasons.join('; ')}.`,
    {
      hint: 'Select the blobs in between as well, use a finer --group-by, raise --max-docs-per-batch, or move the documents under a prefix of their own.',
    },
  );
}

async function sealBatches(
  prefixes: readonly ExactPrefix[],
  survey: Survey,
  rules: PlanRules,
  files: PlanFiles,
): Promise<Batch[]> {
  const batches: Batch[] = [];
  const spool = files.readSpool()[Symbol.asyncIterator]();
  const documents = new PeekableDocuments(spool);
  for (const [index, exact] of prefixes.entries()) {
    const manifest = await files.sealManifest(documents.takeUnder(exact.prefix));
    const source = { location: rules.source.location, prefix: exact.prefix, extensions: ['*'] };
    const target = {
      location: rules.target.location,
      prefix: rules.naming.output(exact.prefix),
      overwrite: rules.target.overwrite,
    };
    batches.push({
      id: `b${String(index + 1).padStart(5, '0')}`,
      layout: 'inPlace',
      source,
      target,
      documents: exact.documents,
      bytes: exact.bytes,
      ...(survey.groups.size > 0 ? { groups: exact.groups } : {}),
      manifest,
      body: rules.composeBody(source, target),
    });
  }
  if (documents.taken !== survey.documents) {
    throw new DeidBatchError(
      'InternalError',
      `The batches hold ${documents.taken} documents, but ${survey.documents} were selected.`,
    );
  }
  return batches;
}

/** The selected documents of the spool, in order, cut into runs that share a prefix. */
class PeekableDocuments {
  readonly #lines: AsyncIterator<string>;
  #next: SpooledBlob | undefined;
  taken = 0;

  constructor(lines: AsyncIterator<string>) {
    this.#lines = lines;
  }

  async *takeUnder(prefix: string): AsyncGenerator<string> {
    for (;;) {
      this.#next ??= await this.#read();
      if (!this.#next?.document || !this.#next.name.startsWith(prefix)) return;
      const { name, document } = this.#next;
      this.#next = undefined;
      this.taken += 1;
      yield formatDocument({ name, bytes: document.bytes, etag: document.etag });
    }
  }

  async #read(): Promise<SpooledBlob | undefined> {
    for (;;) {
      const line = await this.#lines.next();
      if (line.done) return undefined;
      const blob = parseSpooledBlob(line.value);
      if (blob.document) return blob;
    }
  }
}

function describeConsistency(survey: Survey): Consistency {
  if (survey.groups.size === 0) return { scope: 'batch', splitGroups: 0 };
  return {
    scope: 'group',
    groups: survey.groups.size,
    largestGroup: largestGroup(survey),
    splitGroups: 0,
  };
}

function largestGroup(survey: Survey): number {
  let largest = 0;
  for (const { documents } of survey.groups.values()) largest = Math.max(largest, documents);
  return largest;
}

/** SHA-256 over all that affects the outcome of a plan. */
export function digestPlan({ apiVersion, batches }: Pick<Plan, 'apiVersion' | 'batches'>): string {
  const hash = createHash('sha256').update(JSON.stringify([1, apiVersion]));
  for (const batch of batches) hash.update(`\n${JSON.stringify(batch)}`);
  return hash.digest('hex');
}
