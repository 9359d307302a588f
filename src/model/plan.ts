import type { Selection } from './selection.ts';

/** How a batch reaches the service: where its documents lie, or through copies of their own. */
export type Layout = 'inPlace';

/** What keeps the same surrogates: every batch by itself, or every group, whole in one batch. */
export interface Consistency {
  scope: 'batch' | 'group';
  /** Groups in the selection; undefined without `groupBy`. */
  groups?: number;
  /** Documents of the largest group; undefined without `groupBy`. */
  largestGroup?: number;
  /** Groups that lie in more than one batch. */
  splitGroups: number;
}

/** A planned set of whole groups: one surrogate scope, one job for each attempt. */
export interface Batch {
  /** `b00001`, `b00002`, ... in listing order. */
  id: string;
  layout: Layout;
  /** Container URL, and the prefix that selects exactly this batch's documents. */
  source: { location: string; prefix: string; extensions: string[] };
  target: { location: string; prefix: string; overwrite: boolean };
  documents: number;
  bytes: number;
  /** Groups in this batch; undefined without `groupBy`. */
  groups?: number;
  /** SHA-256 of the batch's manifest: its documents, one JSON line each. */
  manifest: string;
  /** The body of its `PUT /jobs/{name}`, byte for byte. */
  body: string;
}

/** The immutable, ordered, digested list of batches that covers the selection exactly once. */
export interface Plan {
  schemaVersion: 1;
  /** The run that executes it. */
  runId: string;
  /** SHA-256 over all that affects the outcome. */
  digest: string;
  apiVersion: string;
  selection: Selection;
  consistency: Consistency;
  batches: Batch[];
  estimate: Estimate;
}

/** What executing a plan will take. */
export interface Estimate {
  /** Input that the service bills, in units of 1,000,000 bytes. */
  megabytes: number;
  /** Server-side copies. */
  copies: number;
  /** Requests to the service, at least. */
  requests: number;
}
