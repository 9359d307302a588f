import { DeidBatchError } from '../errors/deid-batch-error.ts';
import type { HeldBy, Lock } from './medium.ts';

/** This process no longer holds the run: another one drives it. */
export function lockLost(): DeidBatchError {
  return new DeidBatchError('LockLost', 'Another process has taken the run over.', {
    hint: 'Nothing more is done here. See deid-batch status for the run.',
  });
}

/** Another process works on the same source and target. */
export function lockHeld({ owner, seenAtMs }: HeldBy, nowMs: number): DeidBatchError {
  const seconds = Math.max(0, Math.round((nowMs - seenAtMs) / 1_000));
  return new DeidBatchError(
    'LockHeld',
    `Run ${owner.runId} is driven by process ${owner.pid} on ${owner.host}, last seen ${seconds} s ago.`,
    {
      hint: `Wait for it. When that process is gone: deid-batch unlock ${owner.runId}, then deid-batch resume ${owner.runId}.`,
    },
  );
}

/** A lock whose failures `guard` puts into our words. */
export function guardLock(lock: Lock, guard: <T>(work: () => Promise<T>) => Promise<T>): Lock {
  return {
    confirm: (ms) => guard(() => lock.confirm(ms)),
    release: () => guard(() => lock.release()),
  };
}
