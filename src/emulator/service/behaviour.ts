/**
 * How the emulated service behaves where no public source says how the real one does. Each default
 * is the most natural reading; a client has to survive every value.
 */
export interface Behaviour {
  /**
   * PUT of a name that exists: refuse with 409, start anew under that name, or answer with the
   * existing job and start nothing. @default 'conflict'
   */
  rePut: 'conflict' | 'replace' | 'existing';
  /** Milliseconds for which reads of a fresh job answer 404. @default 0 */
  lateVisibilityMs: number;
  /** What follows a name that breaks the name rule in a PUT. @default 'validationFailed' */
  invalidName: 'validationFailed' | 'notFound';
  /** Error code for an api-version that the service does not know. @default 'UnsupportedApiVersion' */
  unknownVersionCode: string;

  /** Status of a job of which some, not all, documents failed. @default 'Succeeded' */
  jobStatusWithFailures: 'Succeeded' | 'Failed' | 'PartialFailed';
  /**
   * An output that exists although `overwrite` is false: fail that document, fail the job, or pass
   * over it as succeeded without an output. @default 'failDocument'
   */
  overwriteCollision: 'failDocument' | 'failJob' | 'skip';
  /** Name of a Tag output: that of the source, or the same with `.json`. @default 'sameName' */
  tagOutputName: 'sameName' | 'jsonSuffix';
  /** Content of a Tag output: the tagger result, or only its list of entities. @default 'taggerResult' */
  tagOutputShape: 'taggerResult' | 'entities';
  /** Largest document in bytes; the documentation says "2 MB". @default 2_000_000 */
  maxDocumentBytes: number;
  /** What a larger document does. @default 'failDocument' */
  oversizedDocument: 'failDocument' | 'failJob';
  /** Documents in a job (documented). @default 10_000 */
  maxDocumentsPerJob: number;
  /** More documents: fail the job, take the first ones, or take them all. @default 'failJob' */
  tooManyDocuments: 'failJob' | 'truncate' | 'accept';
  /** Whether `["*"]` selects names without an extension. @default 'include' */
  extensionlessNames: 'include' | 'exclude';
  /** Form in which `extensions` names one: `.txt`, `*.txt`, `txt`, or any of them. @default 'any' */
  extensionSyntax: 'any' | 'dot' | 'star' | 'bare';
  /** How the source prefix is compared with names. @default 'ordinal' */
  prefixComparison: 'ordinal' | 'ignoreCase';
  /**
   * What a prefix that ends inside a name selects, a question of hierarchical namespaces: all names
   * that start with it, or only those that go on with `/`. @default 'names'
   */
  partialPrefix: 'names' | 'folders';
  /** Whether an output carries the metadata of its source. @default 'dropped' */
  documentMetadata: 'dropped' | 'carried';

  /** Documents a canceled or failed job left: shown as Canceled, as they were, or not at all. @default 'canceled' */
  cancelDocuments: 'canceled' | 'unchanged' | 'hidden';
  /** Delete of an unfinished job: stop it, let it work on without a record, or refuse. @default 'stop' */
  deleteRunning: 'stop' | 'goOn' | 'conflict';
  /** Answer to the delete of a job that does not exist. @default 'noContent' */
  deleteMissing: 'noContent' | 'notFound';
  /** Milliseconds for which a finished job's record is kept. @default Infinity */
  jobRetentionMs: number;
  /** Jobs that work at the same time; others wait as NotStarted without a summary. @default Infinity */
  maxConcurrentJobs: number;

  /** Page size without `maxpagesize`. @default 25 */
  defaultPageSize: number;
  /** Larger values of `maxpagesize` mean this one. @default 100 */
  maxPageSize: number;
  /** Locations of documents: percent-encoded, or with the blob's name as it is. @default 'encoded' */
  locationEncoding: 'encoded' | 'raw';

  /** Requests in 5 seconds before throttling (documented). @default 100 */
  throttleRequestsPer5s: number;
  /** Bytes of request bodies in 5 seconds before throttling (documented as "1 MB"). @default 1_000_000 */
  throttleBytesPer5s: number;
  /** Which requests count. @default 'everyRequest' */
  throttleScope: 'everyRequest' | 'realtimeOnly';
  /** Status of a throttled request. @default 429 */
  throttleStatus: number;
  /** Seconds in `Retry-After` of a throttled request; null sends none. @default 5 */
  throttleRetryAfterSeconds: number | null;
}

/** The most natural reading of everything that is not documented. */
export const DEFAULT_BEHAVIOUR: Behaviour = {
  rePut: 'conflict',
  lateVisibilityMs: 0,
  invalidName: 'validationFailed',
  unknownVersionCode: 'UnsupportedApiVersion',

  jobStatusWithFailures: 'Succeeded',
  overwriteCollision: 'failDocument',
  tagOutputName: 'sameName',
  tagOutputShape: 'taggerResult',
  maxDocumentBytes: 2_000_000,
  oversizedDocument: 'failDocument',
  maxDocumentsPerJob: 10_000,
  tooManyDocuments: 'failJob',
  extensionlessNames: 'include',
  extensionSyntax: 'any',
  prefixComparison: 'ordinal',
  partialPrefix: 'names',
  documentMetadata: 'dropped',

  cancelDocuments: 'canceled',
  deleteRunning: 'stop',
  deleteMissing: 'noContent',
  jobRetentionMs: Number.POSITIVE_INFINITY,
  maxConcurrentJobs: Number.POSITIVE_INFINITY,

  defaultPageSize: 25,
  maxPageSize: 100,
  locationEncoding: 'encoded',

  throttleRequestsPer5s: 100,
  throttleBytesPer5s: 1_000_000,
  throttleScope: 'everyRequest',
  throttleStatus: 429,
  throttleRetryAfterSeconds: 5,
};
