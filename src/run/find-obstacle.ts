import type { Driving } from './ports.ts';

/**
 * Before anything is sent, asks the service for a job that is not there: better to learn that it
 * cannot be reached, or not by this identity, than to wonder what became of a request that starts
 * work. Returns what stands in the way.
 */
export async function findObstacle({ ports, recorder, request }: Driving): Promise<unknown> {
  if (recorder.state.batches.size > 0 || request.plan.batches.length === 0) return undefined;
  try {
    const name = `${request.plan.runId}-check`;
    await ports.jobs.find({ name, signal: request.signal });
    return undefined;
  } catch (error) {
    return error;
  }
}
