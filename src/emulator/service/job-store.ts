import { isEnded, type JobRecord } from './job-record.ts';

/** Job records by name, in memory. */
export interface JobStore {
  /** Also jobs that reads do not find yet. */
  find(name: string): JobRecord | undefined;
  /** Newest first. */
  list(): JobRecord[];
  save(job: JobRecord): void;
  remove(name: string): void;
}

/** A store that forgets ended jobs after `retentionMs()`. */
export function createJobStore(options: {
  nowMs: () => number;
  retentionMs: () => number;
}): JobStore {
  const jobs = new Map<string, JobRecord>();

  const forgetExpired = (): void => {
    const expiredBeforeMs = options.nowMs() - options.retentionMs();
    for (const job of jobs.values()) {
      if (isEnded(job) && (job.endedAtMs ?? job.acceptedAtMs) <= expiredBeforeMs) {
        jobs.delete(job.name);
      }
    }
  };

  return {
    find(name) {
      forgetExpired();
      return jobs.get(name);
    },
    list() {
      forgetExpired();
      return [...jobs.values()].sort((a, b) => b.sequence - a.sequence);
    },
    save(job) {
      jobs.set(job.name, job);
    },
    remove(name) {
      jobs.delete(name);
    },
  };
}
