import type { Behaviour } from './behaviour.ts';
import type { Operation } from './router.ts';
import { ServiceFailure } from './service-failure.ts';

const WINDOW_MS = 5000;

/** Counts requests over the last 5 seconds and refuses those above the documented limits. */
export function createThrottle(options: {
  nowMs: () => number;
  behaviour: () => Behaviour;
}): (operation: Operation, bytes: number) => void {
  let taken: { atMs: number; bytes: number }[] = [];

  return (operation, bytes) => {
    const behaviour = options.behaviour();
    if (behaviour.throttleScope === 'realtimeOnly' && operation !== 'deidentifyText') return;
    const nowMs = options.nowMs();
    taken = taken.filter(({ atMs }) => atMs > nowMs - WINDOW_MS);
    const bytesTaken = taken.reduce((sum, request) => sum + request.bytes, 0);
    if (
      taken.length >= behaviour.throttleRequestsPer5s ||
      bytesTaken + bytes > behaviour.throttleBytesPer5s
    ) {
      throw createThrottled(behaviour);
    }
    taken.push({ atMs: nowMs, bytes });
  };
}

function createThrottled(behaviour: Behaviour): ServiceFailure {
  const { throttleStatus, throttleRetryAfterSeconds } = behaviour;
  return new ServiceFailure(
    throttleStatus,
    { code: 'TooManyRequests', message: 'Too many requests; try again later.' },
    {
      'x-ms-error-code': 'TooManyRequests',
      ...(throttleRetryAfterSeconds !== null && {
        'retry-after': String(throttleRetryAfterSeconds),
      }),
    },
  );
}
