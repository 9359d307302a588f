import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { LockOwner } from './medium.ts';

/** This process as the owner of a lock. */
export function describeOwner(runId: string): LockOwner {
  return { runId, host: hostname(), pid: process.pid, process: describeProcess(process.pid) };
}

/**
 * Whether the process that `owner` names has certainly ended. Only a process that would be visible
 * from here can be known to be gone: the same boot of the same machine, the same process
 * namespace (containers share the machine but not their process numbers). Elsewhere the answer is
 * no.
 */
export function hasEnded(owner: LockOwner): boolean {
  const here = describePlace();
  if (here === undefined || owner.host !== hostname() || !owner.process.startsWith(`${here} `)) {
    return false;
  }
  return describeProcess(owner.pid) !== owner.process;
}

/** Boot, namespace and start time of a process; the start time tells reused numbers apart. */
function describeProcess(pid: number): string {
  return `${describePlace() ?? 'unknown'} ${readStartTime(pid) ?? 'ended'}`;
}

function describePlace(): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    // Not Linux: nothing tells one boot from the next.
    return undefined;
  }
}

/** Field 22 of `/proc/<pid>/stat` (proc(5)): clock ticks from the boot to the process's start. */
function readStartTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended, though its number is still taken.
    return state === 'Z' ? undefined : fields[18];
  } catch {
    return undefined;
  }
}
