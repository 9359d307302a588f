/** Why a listed blob is not part of the selection. */
export type SkipReason = 'notMatched' | 'excluded' | 'tooLarge' | 'notModified' | 'reserved';

/** What the patterns made of a listing, in numbers. */
export interface Selection {
  /** Blobs seen under the prefixes that can match. */
  listed: number;
  /** Blobs selected. */
  documents: number;
  /** Their size in bytes. */
  bytes: number;
  /** Blobs left out, most frequent reason first. */
  skipped: { reason: SkipReason; documents: number }[];
}
