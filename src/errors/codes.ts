/** What the command line exits with. Never renumbered. */
export const EXIT = {
  complete: 0,
  internal: 1,
  usage: 2,
  nothingMatched: 3,
  access: 4,
  findings: 5,
  drift: 6,
  brake: 7,
  unfinished: 75,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Every error code: its one exit code, and when it appears (the README's table is made from it). */
export const ERROR_CODES = {
  InternalError: [EXIT.internal, 'a bug in deid-batch'],

  UnknownFlag: [EXIT.usage, 'a flag, argument or command that does not exist'],
  MissingOption: [EXIT.usage, 'a required option was not given'],
  InvalidOption: [EXIT.usage, 'an option has a value that it cannot take'],
  InvalidUrl: [EXIT.usage, 'a URL is malformed or does not name what it has to'],
  InsecureUrl: [EXIT.usage, 'a URL is http instead of https'],
  SecretInUrl: [EXIT.usage, 'a URL carries a SAS token, key or password'],
  InvalidPattern: [EXIT.usage, 'a glob pattern is malformed or expands to too many'],
  InvalidGroupBy: [EXIT.usage, 'the group expression is malformed or lacks the capture `group`'],
  CapOverLimit: [EXIT.usage, "more documents per batch than the service's limit"],
  ConfigFileUnreadable: [EXIT.usage, 'the configuration file cannot be read or holds unknown keys'],
  CaFileUnreadable: [EXIT.usage, 'the file of trusted certificates cannot be read'],
  LocationsOverlap: [EXIT.usage, 'source, target and state are not disjoint'],
  UngroupedDocuments: [EXIT.usage, 'documents for which the group expression finds no group'],
  GroupTooLarge: [EXIT.usage, 'a group has more documents than one batch may hold'],
  NotExact: [EXIT.usage, 'documents that no storage prefix selects exactly'],
  ListingOutOfOrder: [EXIT.usage, 'the storage listed the names of one prefix in two places'],
  OutsideStripPrefix: [EXIT.usage, 'documents whose names do not start with the prefix to strip'],
  NameTooLong: [EXIT.usage, 'a document or output URL is longer than the service takes'],
  OutputExists: [EXIT.usage, 'outputs exist in the target and may not be overwritten'],
  JobNameTaken: [EXIT.usage, 'a job of that name with another body exists in the service'],
  InvalidJobName: [EXIT.usage, 'a job name that the service does not take'],
  JobRejected: [EXIT.usage, 'the service refused the request as invalid'],
  NotOneBatch: [EXIT.usage, 'a single job was asked for, but the selection needs several'],
  OptionChanged: [EXIT.usage, 'an option differs from what the run was started with'],
  RunUnfinished: [EXIT.usage, 'the run has not ended, so this cannot be done to it'],
  NothingToRetry: [EXIT.usage, 'no batch of the run can be retried'],
  RunNotFound: [EXIT.usage, 'the state holds no such run'],
  StateUnusable: [EXIT.usage, 'the run state cannot be written or read, or is damaged'],
  StateNewer: [EXIT.usage, 'the run was made by a newer version of deid-batch'],
  PortInUse: [EXIT.usage, 'a port for the emulator is taken'],
  EmulatorMissing: [EXIT.usage, "the emulator's optional packages are not installed"],

  NothingMatched: [EXIT.nothingMatched, 'no blob matches the patterns'],

  IdentityUnavailable: [EXIT.access, 'no managed identity endpoint answers here'],
  TokenRefused: [EXIT.access, 'the identity endpoint refused to give a token'],
  StorageAccessDenied: [EXIT.access, 'the identity may not do this in the container'],
  ServiceAccessDenied: [EXIT.access, 'the identity lacks a role on the service'],
  ServiceIdentityDenied: [EXIT.access, "the service's own identity may not use the storage"],
  ContainerNotFound: [EXIT.access, 'the container does not exist'],
  StorageRefused: [EXIT.access, 'the storage refuses the request as such'],
  HostNotFound: [EXIT.access, 'a host name does not resolve'],
  CertificateNotTrusted: [EXIT.access, 'a TLS certificate is not trusted'],

  Drift: [EXIT.drift, 'blobs changed between plan and submission, nothing was submitted'],

  FailureBrake: [EXIT.brake, 'too many documents failed, so nothing more was submitted'],

  SliceOver: [EXIT.unfinished, 'the time of this slice (`--max-duration`) is over'],
  LockHeld: [EXIT.unfinished, 'another process works on the same source and target'],
  LockLost: [EXIT.unfinished, 'another process has taken the run over'],
  RunOpen: [EXIT.unfinished, 'an earlier run of the same source and target has not ended'],
  StorageUnavailable: [EXIT.unfinished, 'the storage does not answer'],
  ServiceUnavailable: [EXIT.unfinished, 'the service does not answer'],
  UnexpectedAnswer: [EXIT.unfinished, 'the service answers in a way that it is not documented to'],
  SubmissionUnknown: [EXIT.unfinished, 'it is unknown whether the service accepted a job'],
  TimedOut: [EXIT.unfinished, 'the time to wait is over'],

  Interrupted: [EXIT.interrupted, 'stopped by SIGINT or by the abort signal'],
  Terminated: [EXIT.terminated, 'stopped by SIGTERM'],
} as const satisfies Record<string, readonly [ExitCode, string]>;

/** A stable name for what went wrong. */
export type ErrorCode = keyof typeof ERROR_CODES;
