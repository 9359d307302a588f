/** States of a job or of a document in it. `unknown` is a state that this version does not know. */
export type JobState = 'notStarted' | 'running' | 'succeeded' | 'failed' | 'canceled' | 'unknown';

/** What the service says went wrong with a job or a document: its code, as it sent it. */
export interface ServiceFault {
  code: string;
}

/** A job as far as the run needs to know it. */
export interface JobStatus {
  name: string;
  state: JobState;
  /** As the service sent it. */
  createdAt: string;
  fault?: ServiceFault;
  /** Present as soon as the service has listed the job's documents. */
  summary?: { successful: number; failed: number; canceled: number; total: number };
}

/** What the service did with one document. Locations are URLs, etags without quotes. */
export interface ProcessedDocument {
  input: { location: string; etag?: string };
  output?: { location: string; etag?: string };
  state: JobState;
  fault?: ServiceFault;
}

/** Whether a job in `state` will never change again. */
export function isTerminal(state: JobState): boolean {
  switch (state) {
    case 'succeeded':
    case 'failed':
    case 'canceled':
      return true;
    case 'notStarted':
    case 'running':
    case 'unknown':
      return false;
  }
}
