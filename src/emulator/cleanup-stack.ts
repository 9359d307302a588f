/** What has to be undone, last thing first. */
export interface CleanupStack {
  add(cleanup: () => Promise<void> | void): void;
  /** Undoes everything, once however often it is called; one failure does not keep the rest. */
  run(): Promise<void>;
}

export function createCleanupStack(): CleanupStack {
  const cleanups: (() => Promise<void> | void)[] = [];
  let ran: Promise<void> | undefined;

  const runAll = async () => {
    const failures: unknown[] = [];
    for (const cleanup of cleanups.reverse()) {
      try {
        await cleanup();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0)
      throw new AggregateError(failures, 'The emulator did not stop cleanly.');
  };

  return {
    add(cleanup) {
      cleanups.push(cleanup);
    },
    run() {
      ran ??= runAll();
      return ran;
    },
  };
}
