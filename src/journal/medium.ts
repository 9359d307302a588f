/**
 * Where run state lies: the few operations that memory, a folder and a blob container all have.
 * Everything else about run state is built once on top of them. Paths are made of `/`, letters,
 * digits, `-`, `_` and `.`.
 */
export interface Medium {
  /**
   * Stores a file, which appears whole or not at all and survives the loss of the process. With
   * `ifAbsent` a file that exists stays as it is. Returns whether it was stored.
   */
  write(path: string, content: Content, options?: { ifAbsent?: boolean }): Promise<boolean>;
  /** The content of a file or a log; undefined when there is none. */
  read(path: string): Promise<AsyncIterable<Uint8Array> | undefined>;
  /** Whether there is such a file or log. */
  has(path: string): Promise<boolean>;
  /** The names of the files, logs and folders right below a folder, sorted; none without it. */
  list(folder: string): Promise<string[]>;
  /** Removes a file, a log, or a folder with all that is below; nothing there is no error. */
  remove(path: string): Promise<void>;
  /** A new log that only `lock` may write to; undefined when there is one of that path. */
  createLog(path: string, lock: Lock): Promise<Log | undefined>;
  /**
   * Closes a log for good, whoever writes to it. A folder cannot do that; there, each write asks
   * the lock first.
   */
  sealLog(path: string): Promise<void>;
  /** Takes the lock of that name, or tells who has it. */
  lock(name: string, owner: LockOwner): Promise<Lock | HeldBy>;
  /** Who has the lock; undefined when nobody does, or somebody who has certainly ended. */
  findHolder(name: string): Promise<HeldBy | undefined>;
  /** Breaks a lock whose owner cannot be asked; its later writes are refused. */
  breakLock(name: string): Promise<void>;
  /** Where a person finds the file. */
  describe(path: string): string;
}

export type Content = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** A file that grows. */
export interface Log {
  /** Adds bytes at the end. When this resolves they survive the loss of the process. */
  append(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** Who holds a lock. */
export interface LockOwner {
  /** The run that the lock is held for. */
  runId: string;
  host: string;
  pid: number;
  /** What tells this process from all others, before and after a restart of the machine. */
  process: string;
}

export interface HeldBy {
  owner: LockOwner;
  /** When the owner last showed that it is alive, milliseconds since the Unix epoch. */
  seenAtMs: number;
}

/** A lock in the hands of this process. */
export interface Lock {
  /** Throws LockLost unless the lock is held and stays held for at least `ms` milliseconds. */
  confirm(ms: number): Promise<void>;
  release(): Promise<void>;
}

export function isHeld(attempt: Lock | HeldBy): attempt is Lock {
  return 'confirm' in attempt;
}
