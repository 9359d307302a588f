import { createMemoryMedium } from '../../src/journal/memory-medium.ts';
import { createRunFiles } from '../../src/journal/run-files.ts';
import type { Matcher } from '../../src/match.ts';
import type { Document, ListedBlob } from '../../src/model/document.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { GroupOf } from '../../src/plan/group-by.ts';
import { createNaming } from '../../src/plan/naming.ts';
import { parseDocument } from '../../src/plan/spool.ts';
import { Survey } from '../../src/plan/survey.ts';
import { planBatches } from '../../src/plan.ts';
import { composeJobBody, type JobOptions } from '../../src/service/compose-job-body.ts';

export const SOURCE = 'https://storage.test/source';
export const TARGET = 'https://storage.test/target';

const JOB_OPTIONS: JobOptions = {
  operation: 'surrogate',
  surrogateLocale: 'en-US',
  inputLocale: 'en-US',
  redactionFormat: '[{type}]',
};

export interface PlannedListing {
  /** In the order in which the storage lists them. */
  blobs: readonly ListedBlob[];
  isSelected?(name: string): boolean;
  groupOf?: GroupOf;
  /** The prefixes that were listed; by default the whole container. */
  prefixes?: readonly string[];
  maxDocuments?: number;
  targetPrefix?: string;
  stripPrefix?: string;
  pageSize?: number;
  overwrite?: boolean;
  apiVersion?: string;
  job?: Partial<JobOptions>;
}

export interface ListingPlan {
  plan: Plan;
  survey: Survey;
  /** The manifest of each batch of the plan, in the plan's order. */
  manifests: Document[][];
}

/** Surveys and plans a listing in memory, from the first page to the sealed manifests. */
export async function planListing(listing: PlannedListing): Promise<ListingPlan> {
  const {
    blobs,
    isSelected = () => true,
    groupOf,
    prefixes = [''],
    maxDocuments = 10_000,
    targetPrefix = '',
    stripPrefix = '',
    pageSize = 1_000,
    overwrite = false,
    apiVersion = '2024-11-15',
    job = {},
  } = listing;
  const clock = { nowMs: () => 0, monotonicMs: () => 0, sleep: async () => {} };
  const files = createRunFiles(createMemoryMedium(clock), 'run');
  const matcher: Matcher = {
    prefixes,
    classify: ({ name }) => (isSelected(name) ? 'selected' : 'notMatched'),
  };
  const naming = createNaming({
    sourceLocation: SOURCE,
    targetLocation: TARGET,
    targetPrefix,
    stripPrefix,
  });
  const survey = new Survey({ matcher, naming, ...(groupOf ? { groupOf } : {}) });
  await files.writeLines('listing', survey.observe(cutPages(blobs, pageSize)));
  const plan = await planBatches(survey, {
    rules: {
      runId: 'r20261121-093015-k3v9xq2',
      apiVersion,
      prefixes,
      source: { location: SOURCE },
      target: { location: TARGET, overwrite },
      naming,
      maxDocumentsPerBatch: maxDocuments,
      composeBody: (source, target) =>
        composeJobBody({ ...JOB_OPTIONS, ...job }, { source, target }),
    },
    files: {
      readSpool: () => files.readLines('listing'),
      sealManifest: (lines) => files.sealLines(lines),
    },
  });
  const manifests: Document[][] = [];
  for (const batch of plan.batches) {
    const documents: Document[] = [];
    for await (const line of files.readSealed(batch.manifest)) documents.push(parseDocument(line));
    manifests.push(documents);
  }
  return { plan, survey, manifests };
}

/** A blob of which only the name matters. */
export function blobNamed(name: string): ListedBlob {
  return { name, bytes: 10 + name.length, etag: `0x${name.length}`, modifiedAtMs: 0 };
}

async function* cutPages(
  blobs: readonly ListedBlob[],
  pageSize: number,
): AsyncGenerator<ListedBlob[]> {
  for (let at = 0; at < blobs.length; at += pageSize) yield blobs.slice(at, at + pageSize);
}
