import type { z } from 'zod';
import { SERVICE_LIMITS } from '../model/limits.ts';
import {
  bytes,
  choice,
  duration,
  failures,
  flag,
  integer,
  locale,
  moment,
  text,
  texts,
} from './values.ts';

/** One option: its name is the config-file key and the library's; flag and variable follow it. */
export interface OptionSpec {
  /** What it does, in a line. */
  description: string;
  /** What stands for its value in help; absent for a switch. */
  placeholder?: string;
  /** Raw value when nobody gives one; absent when somebody must. */
  default?: unknown;
  /** May be given several times. */
  repeatable?: true;
  /** Environment variables besides its own, in order of preference. */
  alsoEnv?: readonly string[];
  /** Its value may hold parts of blob names, so it is shown only on request. */
  holdsNames?: true;
  /** Decides what a run does, so it stays as it was when the run goes on. */
  fixed?: true;
  /** Belongs to the terminal: no part of the library's options. */
  terminalOnly?: true;
  schema: z.ZodType;
}

/** Every option of the library, the command line, the environment and the configuration file. */
export const OPTION_SPECS = {
  source: {
    fixed: true,
    description: 'container URL of the documents',
    placeholder: 'URL',
    schema: text(),
  },
  target: {
    fixed: true,
    description: 'container URL for the outputs, optionally with a folder',
    placeholder: 'URL',
    holdsNames: true,
    schema: text(),
  },
  service: {
    fixed: true,
    description: "the de-identification service's endpoint",
    placeholder: 'URL',
    alsoEnv: ['DEID_ENDPOINT'],
    schema: text(),
  },
  pattern: {
    fixed: true,
    description: 'glob on the full blob name',
    placeholder: 'GLOB',
    repeatable: true,
    holdsNames: true,
    schema: texts(),
  },
  exclude: {
    fixed: true,
    description: 'glob on the full blob name that wins over --pattern',
    placeholder: 'GLOB',
    repeatable: true,
    holdsNames: true,
    default: [],
    schema: texts(),
  },
  modifiedSince: {
    fixed: true,
    description: 'only blobs modified at or after this time',
    placeholder: 'TIME',
    default: '',
    schema: moment(),
  },
  maxBytes: {
    fixed: true,
    description: 'only blobs of at most this size',
    placeholder: 'BYTES',
    default: SERVICE_LIMITS.maxDocumentBytes,
    schema: bytes(SERVICE_LIMITS.maxDocumentBytes),
  },
  operation: {
    fixed: true,
    description: 'surrogate, redact or tag',
    placeholder: 'NAME',
    default: 'surrogate',
    schema: choice(['surrogate', 'redact', 'tag']),
  },
  surrogateLocale: {
    fixed: true,
    description: 'locale of the surrogates',
    placeholder: 'LOCALE',
    default: 'en-US',
    schema: locale(),
  },
  inputLocale: {
    fixed: true,
    description:
      'locale of the documents; other than en-US uses the preview version of the service',
    placeholder: 'LOCALE',
    default: 'en-US',
    schema: locale(),
  },
  redactionFormat: {
    fixed: true,
    description: 'what redact writes, such as [{type}] or *{len}',
    placeholder: 'FORMAT',
    default: '[{type}]',
    schema: text(16),
  },
  groupBy: {
    fixed: true,
    description:
      'documents that must share surrogates: folder:N, or a regular expression with (?<group>...)',
    placeholder: 'EXPRESSION',
    holdsNames: true,
    default: '',
    schema: text(1_000),
  },
  maxDocsPerBatch: {
    fixed: true,
    description: 'documents in one batch, at most',
    placeholder: 'N',
    default: SERVICE_LIMITS.maxDocumentsPerJob,
    // More than the service's limit has an error of its own.
    schema: integer(1, Number.MAX_SAFE_INTEGER).describe(
      `a whole number from 1 to ${SERVICE_LIMITS.maxDocumentsPerJob}`,
    ),
  },
  stripPrefix: {
    fixed: true,
    description: 'removed from the start of names in the target',
    placeholder: 'PREFIX',
    holdsNames: true,
    default: '',
    schema: text(1_024),
  },
  overwrite: {
    fixed: true,
    description: 'never or always replace outputs that exist',
    placeholder: 'WHEN',
    default: 'never',
    schema: choice(['never', 'always']),
  },
  concurrency: {
    description: 'jobs in flight',
    placeholder: 'N',
    default: 4,
    schema: integer(1, 1_000),
  },
  requestsPerSecond: {
    description: 'requests to the service in a second, all jobs together',
    placeholder: 'N',
    default: 15,
    schema: integer(1, 1_000),
  },
  maxFailures: {
    description: 'submit nothing more once more documents than this have failed',
    placeholder: 'N|P%',
    default: '',
    schema: failures(),
  },
  minSample: {
    description: 'documents that must be done before a percentage of --max-failures counts',
    placeholder: 'N',
    default: 100,
    schema: integer(1, Number.MAX_SAFE_INTEGER),
  },
  maxDuration: {
    description: 'end this slice of the run after this time; `deid-batch resume` goes on',
    placeholder: 'DURATION',
    default: '',
    schema: duration(),
  },
  timeout: {
    description: 'stop waiting after this time; jobs go on in the service',
    placeholder: 'DURATION',
    default: '',
    schema: duration(),
  },
  identity: {
    description: 'system, or the client id of a user-assigned managed identity',
    placeholder: 'ID',
    default: 'system',
    alsoEnv: ['AZURE_CLIENT_ID'],
    schema: text(100),
  },
  identityResourceId: {
    description: 'resource id of a user-assigned managed identity',
    placeholder: 'ID',
    default: '',
    schema: text(1_000),
  },
  identityObjectId: {
    description: 'object id of a user-assigned managed identity',
    placeholder: 'ID',
    default: '',
    schema: text(100),
  },
  auth: {
    description: 'managed-identity; azure-cli or default for developers',
    placeholder: 'KIND',
    default: 'managed-identity',
    schema: choice(['managed-identity', 'azure-cli', 'default']),
  },
  state: {
    description: 'folder or container URL for the run state',
    placeholder: 'DIR|URL',
    default: '.deid-batch',
    schema: text(4_096),
  },
  caFile: {
    description: 'PEM file of certificate authorities to trust as well',
    placeholder: 'PEM',
    default: '',
    schema: text(4_096),
  },
  new: {
    description: 'start although an earlier run of the same source and target has not ended',
    default: false,
    schema: flag(),
  },
  allowEmpty: {
    description: 'end well when nothing matches',
    default: false,
    schema: flag(),
  },
  showNames: {
    description: 'show blob names, prefixes and patterns, which may be PHI',
    default: false,
    terminalOnly: true,
    schema: flag(),
  },
  json: {
    description: 'print JSON Lines on standard output, errors too',
    default: false,
    terminalOnly: true,
    schema: flag(),
  },
  quiet: {
    description: 'no progress on standard error',
    default: false,
    terminalOnly: true,
    schema: flag(),
  },
  yieldExitZero: {
    description: 'exit 0 when a slice ends as planned (--max-duration), for schedulers',
    default: false,
    terminalOnly: true,
    schema: flag(),
  },
  yes: {
    description: 'do not ask before submitting',
    default: false,
    terminalOnly: true,
    schema: flag(),
  },
  logLevel: {
    description: 'error, warn, info or debug',
    placeholder: 'LEVEL',
    default: 'warn',
    terminalOnly: true,
    schema: choice(['error', 'warn', 'info', 'debug']),
  },
} as const satisfies Record<string, OptionSpec>;

export type OptionKey = keyof typeof OPTION_SPECS;

/** The value of each option, read and checked. */
export type OptionValues = {
  [Key in OptionKey]: z.output<(typeof OPTION_SPECS)[Key]['schema']>;
};

/** All option keys, in the order of the help. */
export const OPTION_KEYS = Object.keys(OPTION_SPECS) as OptionKey[];

/** The spec of an option, with what it may leave out as optional. */
export function specOf(key: OptionKey): OptionSpec {
  return OPTION_SPECS[key];
}

/** `maxDocsPerBatch` as the command line writes it: `--max-docs-per-batch`. */
export function flagOf(key: OptionKey): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** `maxDocsPerBatch` as the environment writes it: `DEID_BATCH_MAX_DOCS_PER_BATCH`. */
export function variableOf(key: OptionKey): string {
  return `DEID_BATCH_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}
