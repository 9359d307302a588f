/** Something verification found. Counted as documents; `unexpected` are documents beyond the plan. */
export type FindingKind =
  | 'failed'
  | 'canceled'
  | 'missing'
  | 'missingOutput'
  | 'changed'
  | 'changedOutput'
  /** An output that an earlier attempt left behind; the document itself is counted by its own. */
  | 'stale'
  | 'unexpected'
  | 'unexpectedOutput';

/** One finding. It names a blob, so it lives in the run state only. */
export interface Finding {
  kind: FindingKind;
  /** Name in the source, or in the target for outputs that belong to no planned document. */
  name: string;
  /** The service's error code, where it gave one. */
  code?: string;
}

/**
 * Documents by outcome. Every planned document counts exactly once:
 * `planned = succeeded + failed + canceled + missing + changed`; `unexpected` comes on top.
 */
export interface DocumentCounts {
  planned: number;
  /** Processed as planned, the output there and as the service reported it. */
  succeeded: number;
  failed: number;
  canceled: number;
  /** Not processed, or processed without an output. */
  missing: number;
  /** Input or output is not the one that the plan or the service named. */
  changed: number;
  /** Documents or outputs that no plan asked for. */
  unexpected: number;
}

/** The counts of no documents at all. */
export function noDocuments(): DocumentCounts {
  return {
    planned: 0,
    succeeded: 0,
    failed: 0,
    canceled: 0,
    missing: 0,
    changed: 0,
    unexpected: 0,
  };
}

/** The sum of two counts. */
export function addCounts(a: DocumentCounts, b: DocumentCounts): DocumentCounts {
  return {
    planned: a.planned + b.planned,
    succeeded: a.succeeded + b.succeeded,
    failed: a.failed + b.failed,
    canceled: a.canceled + b.canceled,
    missing: a.missing + b.missing,
    changed: a.changed + b.changed,
    unexpected: a.unexpected + b.unexpected,
  };
}
