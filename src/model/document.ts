/** A blob as a storage listing shows it. */
export interface ListedBlob {
  /** Full name inside its container. */
  name: string;
  bytes: number;
  /** Without quotes. */
  etag: string;
  /** Last modification, milliseconds since the Unix epoch. */
  modifiedAtMs: number;
}

/** One blob to de-identify, as it was when the plan was made. */
export interface Document {
  name: string;
  bytes: number;
  etag: string;
}

/** Names under this prefix belong to deid-batch itself and are never selected. */
export const RESERVED_PREFIX = '_deid-batch/';
