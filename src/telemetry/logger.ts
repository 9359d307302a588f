/** Log levels, most important first. */
export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** Where log lines go. Lines hold no blob name, token or secret. */
export interface Logger {
  log(level: LogLevel, message: string): void;
}

/** A logger that hears nothing. */
export const silentLogger: Logger = { log: () => {} };

export interface LoggerOptions {
  /** The least important level that is written. */
  level: LogLevel;
  write(line: string): void;
  now(): string;
}

/** A logger that writes lines such as `2026-01-31T08:00:00.000Z info  message`. */
export function createLogger({ level, write, now }: LoggerOptions): Logger {
  const last = LOG_LEVELS.indexOf(level);
  return {
    log(lineLevel, message) {
      if (LOG_LEVELS.indexOf(lineLevel) > last) return;
      write(`${now()} ${lineLevel.padEnd(5)} ${message}`);
    },
  };
}
