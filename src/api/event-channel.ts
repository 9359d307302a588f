/** Hands on events to whoever iterates; each iteration sees all events from the first. */
export class EventChannel<T> implements AsyncIterable<T> {
  readonly #events: T[] = [];
  #waiting: (() => void)[] = [];
  #closed = false;

  push(event: T): void {
    this.#events.push(event);
    this.#wake();
  }

  /** Ends every iteration after the last event. */
  close(): void {
    this.#closed = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (let next = 0; ; ) {
      const event = this.#events[next];
      if (event !== undefined) {
        next += 1;
        yield event;
      } else if (this.#closed) {
        return;
      } else {
        await new Promise<void>((resolve) => this.#waiting.push(resolve));
      }
    }
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}
