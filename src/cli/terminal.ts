import { createInterface } from 'node:readline/promises';

/** What a command sees of the outside. */
export interface Terminal {
  environment: Readonly<Record<string, string | undefined>>;
  /** Data: one line to standard output. */
  print(line: string): void;
  /** Progress, logs, errors: one line to standard error. */
  note(line: string): void;
  /** Replaces the last such text on standard error; only where `isInteractive`. */
  rewrite(text: string): void;
  /** Whether a person sits at both ends. */
  isInteractive: boolean;
  /** Asks a yes-or-no question; anything but yes is no. */
  confirm(question: string): Promise<boolean>;
  /** Calls back at the first SIGINT or SIGTERM; a second one ends the process at once. */
  onSignal(listener: (signal: 'SIGINT' | 'SIGTERM') => void): () => void;
}

/** Some terminals have no width, or say that it is 0. */
const DEFAULT_COLUMNS = 80;

/** The terminal of this process. */
export function openTerminal(): Terminal {
  const { stdin, stdout, stderr } = process;
  // A reader that leaves early, such as `head`, is no error.
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  let unfinished = false;
  const finishLine = () => {
    if (unfinished) stderr.write('\r\x1b[K');
    unfinished = false;
  };
  return {
    environment: process.env,
    isInteractive: Boolean(stdin.isTTY && stderr.isTTY),
    print(line) {
      finishLine();
      stdout.write(`${line}\n`);
    },
    note(line) {
      finishLine();
      stderr.write(`${line}\n`);
    },
    rewrite(text) {
      stderr.write(`\r\x1b[K${text.slice(0, (stderr.columns || DEFAULT_COLUMNS) - 1)}`);
      unfinished = true;
    },
    async confirm(question) {
      finishLine();
      const prompt = createInterface({ input: stdin, output: stderr });
      const leave = () => prompt.close();
      process.once('SIGTERM', leave);
      // Neither Ctrl-C nor the end of the input answers the question: both close the prompt.
      const left = new Promise<string>((resolve) => prompt.once('close', () => resolve('')));
      try {
        const asked = prompt.question(`${question} [y/N] `).catch(() => '');
        return /^y(es)?$/i.test((await Promise.race([asked, left])).trim());
      } finally {
        process.off('SIGTERM', leave);
        prompt.close();
      }
    },
    onSignal(listener) {
      let signaled = false;
      const listen = (signal: 'SIGINT' | 'SIGTERM') => {
        if (signaled) process.exit(signal === 'SIGINT' ? 130 : 143);
        signaled = true;
        listener(signal);
      };
      process.on('SIGINT', listen);
      process.on('SIGTERM', listen);
      return () => {
        process.off('SIGINT', listen);
        process.off('SIGTERM', listen);
      };
    },
  };
}
