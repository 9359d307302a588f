import { setMaxListeners } from 'node:events';
import { type ExecutionContext, executeJob } from './execute-job.ts';
import type { JobRecord } from './job-record.ts';

/** Executes accepted jobs, at most `maxConcurrentJobs` at a time, the others in order. */
export interface JobRunner {
  start(job: JobRecord): void;
  /** Starts waiting jobs for which there is room now. */
  startWaiting(): void;
  /** Stops `job` and waits until nothing of it works any more. Its status is the caller's. */
  halt(job: JobRecord): Promise<void>;
  /** Halts all jobs. */
  stop(): Promise<void>;
}

/** The runner of one service. */
export function createJobRunner(options: Omit<ExecutionContext, 'shutdown'>): JobRunner {
  const shutdown = new AbortController();
  // Every output that is being written listens; Node would warn of a leak from the eleventh on.
  setMaxListeners(0, shutdown.signal);
  const context: ExecutionContext = { ...options, shutdown: shutdown.signal };
  const waiting: JobRecord[] = [];
  const working = new Map<JobRecord, Promise<void>>();

  const startWaiting = (): void => {
    while (working.size < context.behaviour().maxConcurrentJobs) {
      const job = waiting.shift();
      if (!job) return;
      if (job.abort.signal.aborted) continue;
      const execution = executeJob(job, context).finally(() => {
        working.delete(job);
        startWaiting();
      });
      working.set(job, execution);
    }
  };

  const halt = async (job: JobRecord): Promise<void> => {
    job.abort.abort(new Error('The job was stopped.'));
    await working.get(job);
  };

  return {
    start(job) {
      waiting.push(job);
      startWaiting();
    },
    startWaiting,
    halt,
    async stop() {
      waiting.length = 0;
      shutdown.abort(new Error('The service was stopped.'));
      await Promise.all([...working.keys()].map(halt));
    },
  };
}
