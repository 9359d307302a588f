import { randomUUID } from 'node:crypto';
import type { BlockBlobClient } from '@azure/storage-blob';
import type { Clock } from '../clock.ts';
import { isBlobMissing, isStorageFailure, readSmallBlob } from './blob-errors.ts';
import { lockLost } from './locks.ts';
import type { HeldBy, Lock, LockOwner } from './medium.ts';
import { hasEnded } from './process-identity.ts';
import { stateRemoved } from './state-error.ts';

/** The longest that a lease lasts without being renewed, and how often it is renewed. */
const LEASE_SECONDS = 60;
const RENEW_MS = 15_000;

interface LockContent {
  owner: LockOwner;
  leaseId: string;
}

/**
 * A lock that is a lease on a blob, whose content names the owner. A lease ends by itself a minute
 * after its owner is lost; where the owner is known to have ended, its lease is taken on at once.
 */
export async function takeBlobLock(
  blob: BlockBlobClient,
  { owner, clock }: { owner: LockOwner; clock: Clock },
): Promise<Lock | HeldBy> {
  const leaseId = randomUUID();
  // Named first: who is lost right after it got the lease is known to have ended then.
  const isFree = await announce(blob, { owner, leaseId });
  const startedMs = clock.monotonicMs();
  if (!isFree || !(await acquire(blob, leaseId))) {
    const content = await readContent(blob);
    const held = { owner: content?.owner ?? unknownOwner(), seenAtMs: clock.nowMs() };
    if (!content || !hasEnded(content.owner)) return held;
    if (!(await takeOn(blob, content.leaseId, leaseId))) return held;
  }
  // Again, since somebody else may have come in between.
  await blob.upload(...toUpload({ owner, leaseId }), { conditions: { leaseId } });
  return holdLease(blob, { leaseId, clock, startedMs });
}

/** Who holds the lease; undefined when nobody does, or a process that has certainly ended. */
export async function findBlobLockHolder(
  blob: BlockBlobClient,
  clock: Clock,
): Promise<HeldBy | undefined> {
  if (!(await isLeased(blob))) return undefined;
  const owner = (await readContent(blob))?.owner ?? unknownOwner();
  return hasEnded(owner) ? undefined : { owner, seenAtMs: clock.nowMs() };
}

/** Ends whatever lease there is, so that its owner's next renewal fails. */
export async function breakBlobLock(blob: BlockBlobClient): Promise<void> {
  await ignore(blob.getBlobLeaseClient().breakLease(0), 404, 409);
}

function holdLease(
  blob: BlockBlobClient,
  { leaseId, clock, startedMs }: { leaseId: string; clock: Clock; startedMs: number },
): Lock {
  const lease = blob.getBlobLeaseClient(leaseId);
  // On the clock that goes on while the process is frozen.
  let endsAtMs = startedMs + LEASE_SECONDS * 1_000;
  const renew = async () => {
    const renewedMs = clock.monotonicMs();
    try {
      await lease.renewLease();
    } catch (error) {
      if (isBlobMissing(error)) throw stateRemoved();
      if (isStorageFailure(error, 409, 412)) throw lockLost();
      throw error;
    }
    endsAtMs = renewedMs + LEASE_SECONDS * 1_000;
  };
  const stopping = new AbortController();
  void keepRenewed(renew, { clock, signal: stopping.signal });
  return {
    async confirm(ms) {
      // Asked each time: the lease may have been broken before its time.
      await renew();
      if (endsAtMs - clock.monotonicMs() <= ms) throw lockLost();
    },
    async release() {
      stopping.abort();
      await ignore(lease.releaseLease(), 404, 409, 412);
    },
  };
}

/** A renewal that fails shows at the next confirmation, which tries again. */
async function keepRenewed(
  renew: () => Promise<void>,
  { clock, signal }: { clock: Clock; signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    try {
      await clock.sleep(RENEW_MS, signal);
    } catch {
      return;
    }
    await renew().catch(() => {});
  }
}

async function isLeased(blob: BlockBlobClient): Promise<boolean> {
  try {
    return (await blob.getProperties()).leaseState === 'leased';
  } catch (error) {
    if (isStorageFailure(error, 404)) return false;
    throw error;
  }
}

/** Writes who wants the lease; whether that worked, which it does while nobody has it. */
async function announce(blob: BlockBlobClient, content: LockContent): Promise<boolean> {
  try {
    await blob.upload(...toUpload(content));
    return true;
  } catch (error) {
    if (isStorageFailure(error, 409, 412)) return false;
    throw error;
  }
}

async function acquire(blob: BlockBlobClient, leaseId: string): Promise<boolean> {
  try {
    await blob.getBlobLeaseClient(leaseId).acquireLease(LEASE_SECONDS);
    return true;
  } catch (error) {
    if (isStorageFailure(error, 409)) return false;
    throw error;
  }
}

/** Makes the lease of a lost owner ours; of several that try, one succeeds. */
async function takeOn(blob: BlockBlobClient, from: string, to: string): Promise<boolean> {
  try {
    const lease = blob.getBlobLeaseClient(from);
    await lease.changeLease(to);
    await blob.getBlobLeaseClient(to).renewLease();
    return true;
  } catch (error) {
    if (isStorageFailure(error, 409, 412)) return false;
    throw error;
  }
}

async function readContent(blob: BlockBlobClient): Promise<LockContent | undefined> {
  const text = await readSmallBlob(blob);
  return text ? (JSON.parse(text) as LockContent) : undefined;
}

function unknownOwner(): LockOwner {
  return { runId: 'unknown', host: 'unknown', pid: 0, process: '' };
}

function toUpload(content: LockContent): [string, number] {
  const text = JSON.stringify(content);
  return [text, Buffer.byteLength(text)];
}

async function ignore(work: Promise<unknown>, ...statuses: number[]): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!isStorageFailure(error, ...statuses)) throw error;
  }
}
