import type { TokenCredential } from '@azure/core-auth';
import { type Clock, systemClock } from '../clock.ts';
import { chooseOptions, type GivenOptions, pickFixed, readOptions } from '../options/resolve.ts';
import { type Settings, toSettings } from '../options/settings.ts';
import { followSignal } from '../run/outcomes.ts';
import { type Logger, silentLogger } from '../telemetry/logger.ts';

/** Options of one job or a whole run. Everything but the first four has a default. */
export interface RunOptions {
  /** Container URL of the documents, https, without a SAS. */
  source: string;
  /** Container URL for the outputs, optionally with a folder. */
  target: string;
  /** The de-identification service's endpoint, https. */
  service: string;
  /** Globs on the full blob name. `**` crosses folders; dots, `//`, `#` and `!` are plain text. */
  pattern: string | readonly string[];
  /** Globs that win over `pattern`. @default [] */
  exclude?: string | readonly string[];
  /** Only blobs modified at or after this time. @default all */
  modifiedSince?: Date | string;
  /** Only blobs of at most this many bytes. @default 2_000_000, the service's limit */
  maxBytes?: number;
  /** @default 'surrogate' */
  operation?: 'surrogate' | 'redact' | 'tag';
  /** Locale of the surrogates. @default 'en-US' */
  surrogateLocale?: string;
  /** Locale of the documents; any other uses the service's preview version. @default 'en-US' */
  inputLocale?: string;
  /** What `redact` writes; at most 16 characters. @default '[{type}]' */
  redactionFormat?: string;
  /**
   * Documents that must share surrogates: `folder:N` or an RE2 expression with the named capture
   * `group`. A group never lies in two batches. @default '', every batch is its own scope
   */
  groupBy?: string;
  /** Documents in one batch, at most. @default 10_000, the service's limit */
  maxDocsPerBatch?: number;
  /** Removed from the start of names in the target. @default '' */
  stripPrefix?: string;
  /** @default 'never' */
  overwrite?: 'never' | 'always';
  /** Jobs in flight. @default 4 */
  concurrency?: number;
  /** Requests to the service in a second, all jobs together. @default 15 */
  requestsPerSecond?: number;
  /** Submit nothing more once more documents than this failed; `2%` is of those done. @default off */
  maxFailures?: number | `${number}%`;
  /** Documents that must be done before a percentage of `maxFailures` counts. @default 100 */
  minSample?: number;
  /** End this slice of the run after so many milliseconds; resumeRun goes on. @default never */
  maxDuration?: number;
  /** Stop waiting after this time, in milliseconds; jobs go on in the service. @default never */
  timeout?: number;
  /** `system`, or the client id of a user-assigned managed identity. @default 'system' */
  identity?: string;
  /** Resource id of a user-assigned managed identity, in place of `identity`. */
  identityResourceId?: string;
  /** Object id of a user-assigned managed identity, in place of `identity`. */
  identityObjectId?: string;
  /** Developer credentials only on request. @default 'managed-identity' */
  auth?: 'managed-identity' | 'azure-cli' | 'default';
  /** Folder or container URL for the run state, which holds blob names. @default '.deid-batch' */
  state?: string;
  /** PEM file of certificate authorities to trust besides the usual ones. */
  caFile?: string;
  /** Start although an earlier run of the same source and target has not ended. @default false */
  new?: boolean;
  /** End well when nothing matches, rather than throw NothingMatched. @default false */
  allowEmpty?: boolean;
  /** Authenticates in place of the managed identity that the options above choose. */
  credential?: TokenCredential;
  /** Aborting it stops the run; jobs go on in the service. */
  signal?: AbortSignal;
  /** Takes log lines, which hold no blob names. @default none */
  logger?: Logger;
  /** @default the machine's */
  clock?: Clock;
}

/** Options read, checked and complete. */
export interface ResolvedRunOptions {
  settings: Settings;
  /** The options that going on with the run takes, as they were given. */
  fixed: GivenOptions;
  credential: TokenCredential | undefined;
  signal: AbortSignal;
  logger: Logger;
  clock: Clock;
}

/** Reads the options of a library call; the environment and files have no say in them. */
export function resolveRunOptions(options: RunOptions): ResolvedRunOptions {
  const { credential, signal, logger, clock, ...flags } = options;
  const chosen = chooseOptions({ flags, environment: {}, file: {} });
  return {
    settings: toSettings(readOptions(chosen)),
    fixed: pickFixed(chosen),
    ...resolveSurroundings({ credential, signal, logger, clock }),
  };
}

/** What a library call brings along, complete. */
export function resolveSurroundings({
  credential,
  signal,
  logger,
  clock,
}: Surroundings): Omit<ResolvedRunOptions, 'settings' | 'fixed'> {
  return {
    credential,
    signal: signal ? followSignal(signal).signal : new AbortController().signal,
    logger: logger ?? silentLogger,
    clock: clock ?? systemClock,
  };
}

type Surroundings = {
  [Key in 'credential' | 'signal' | 'logger' | 'clock']: RunOptions[Key] | undefined;
};
