/**
 * Limits of the service, in one place because they move: a job held 1,000 documents a year before
 * it held 10,000. Source: Azure Health Data Services documentation, overview, October 2025.
 */
export const SERVICE_LIMITS = {
  /** Documents in one job. */
  maxDocumentsPerJob: 10_000,
  /** Bytes of one document. */
  maxDocumentBytes: 2_000_000,
  /** Requests that the service takes in five seconds before it throttles. */
  maxRequestsPer5s: 100,
  /** Characters of a prefix, and of a blob's URL with its name percent-encoded. */
  maxLocationLength: 1_024,
} as const;
