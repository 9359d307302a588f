import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, hasEnded } from './call-service.ts';
import { type JobStack, startJobStack } from './job-stack.ts';

/**
 * What recordings of the real service show, as one conversation: each row is a request with the
 * facts of its answer. `before` brings the job to the state in which the recording met it.
 */
interface Row {
  fact: string;
  before?: () => Promise<unknown>;
  request: [method: string, path: string, body?: object];
  status: number;
  /** Exact values or patterns; null is a header that must be absent. */
  headers?: Record<string, string | RegExp | null>;
  body?: object;
  absent?: string[];
}

const NOTES = ['doctor_dictation', 'row-2-data', 'visit_summary'];

let stack: JobStack;

beforeAll(async () => {
  stack = await startJobStack({ speed: 2 });
  await stack.upload(
    Object.fromEntries(NOTES.map((name) => [`example_patient_1/${name}.txt`, 'John Smith, 54'])),
  );
});
afterAll(() => stack.emulator.stop());

const createRequest = (changes: object = {}, source: object = {}) => ({
  sourceLocation: {
    location: `${stack.emulator.blobEndpoint}/source`,
    prefix: 'example_patient_1',
    ...source,
  },
  targetLocation: {
    location: `${stack.emulator.blobEndpoint}/target`,
    prefix: '_output',
    overwrite: true,
  },
  ...changes,
});

const COMMON: NonNullable<Row['headers']> = {
  'content-type': 'application/json; charset=utf-8',
  'api-supported-versions': '2024-11-15, 2025-07-15-preview',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
};
const ZERO = { successful: 0, failed: 0, canceled: 0, total: 3, bytesProcessed: 0 };
const NOT_FOUND = { error: { code: 'JobNotFound', message: 'Job not found.' } };

const listRows = (): Row[] => [
  {
    fact: 'PUT answers 200, never 201, with both operation headers and without Retry-After',
    request: ['PUT', '/jobs/recorded-1', createRequest()],
    status: 200,
    headers: {
      ...COMMON,
      'operation-id': 'recorded-1',
      'operation-location':
        /^https:\/\/127\.0\.0\.1:\d+\/jobs\/recorded-1\?api-version=2024-11-15$/,
      'retry-after': null,
    },
    body: { status: 'NotStarted', customizations: { surrogateLocale: 'en-US' } },
    absent: ['summary', 'startedAt', 'error'],
  },
  {
    fact: 'a first read shows the same job, still without Retry-After',
    request: ['GET', '/jobs/recorded-1'],
    status: 200,
    headers: { ...COMMON, 'retry-after': null },
    body: { status: 'NotStarted' },
    absent: ['summary', 'startedAt'],
  },
  {
    fact: 'after enumeration the total appears while the job has not started',
    before: () => stack.poll('recorded-1', ({ summary }) => summary !== undefined),
    request: ['GET', '/jobs/recorded-1'],
    status: 200,
    body: { status: 'NotStarted', summary: ZERO },
    absent: ['startedAt'],
  },
  {
    fact: 'the counters of a small job stay zero while it runs',
    before: () => stack.poll('recorded-1', ({ status }) => status === 'Running'),
    request: ['GET', '/jobs/recorded-1'],
    status: 200,
    body: { status: 'Running', summary: ZERO, startedAt: expect.any(String) },
  },
  {
    fact: 'the end has all counters, and Retry-After tends back to 2',
    before: () => stack.poll('recorded-1', hasEnded),
    request: ['GET', '/jobs/recorded-1'],
    status: 200,
    headers: { 'retry-after': '2' },
    body: { status: 'Succeeded', summary: { ...ZERO, successful: 3, bytesProcessed: 42 } },
  },
  {
    fact: 'documents come in pages; nextLink has a port, the query as sent, then the token',
    request: ['GET', '/jobs/recorded-1/documents?maxpagesize=2'],
    status: 200,
    headers: { ...COMMON, 'retry-after': null },
    body: {
      value: [expect.any(Object), expect.any(Object)],
      nextLink: expect.stringMatching(
        /^https:\/\/127\.0\.0\.1:\d+\/jobs\/recorded-1\/documents\?maxpagesize=2&api-version=2024-11-15&continuationToken=[A-Za-z0-9]+(%[0-9a-f]{2}|[A-Za-z0-9])*$/,
      ),
    },
  },
  {
    fact: 'a document has a 36-character id, eTag with a capital T, and no quotes in it',
    request: ['GET', '/jobs/recorded-1/documents?maxpagesize=1'],
    status: 200,
    body: {
      value: [
        {
          id: expect.stringMatching(/^.{36}$/),
          input: {
            location: expect.stringMatching(/\/source\/example_patient_1\/\S+\.txt$/),
            eTag: expect.stringMatching(/^0x[0-9A-F]+$/),
          },
          output: {
            location: expect.stringMatching(/\/target\/_output\/\S+\.txt$/),
            eTag: expect.stringMatching(/^0x[0-9A-F]+$/),
          },
          status: 'Succeeded',
        },
      ],
    },
  },
  {
    fact: 'the last page has no nextLink',
    request: ['GET', '/jobs/recorded-1/documents'],
    status: 200,
    body: { value: NOTES.map(() => expect.any(Object)) },
    absent: ['nextLink'],
  },
  {
    fact: 'Redact echoes its format and a locale that is null',
    request: [
      'PUT',
      '/jobs/recorded-2',
      createRequest({ operation: 'Redact', customizations: { redactionFormat: '[{type}]' } }),
    ],
    status: 200,
    body: { customizations: { redactionFormat: '[{type}]', surrogateLocale: null } },
  },
  {
    fact: 'cancel answers 200 with Canceled at once, without summary from NotStarted',
    request: ['POST', '/jobs/recorded-2:cancel'],
    status: 200,
    headers: COMMON,
    body: { name: 'recorded-2', status: 'Canceled' },
    absent: ['summary', 'startedAt'],
  },
  {
    fact: 'jobs are listed newest first',
    request: ['GET', '/jobs'],
    status: 200,
    headers: { 'retry-after': null },
    body: { value: [{ name: 'recorded-2' }, { name: 'recorded-1' }] },
    absent: ['nextLink'],
  },
  {
    fact: 'delete answers 204 without a body',
    request: ['DELETE', '/jobs/recorded-2'],
    status: 204,
    headers: { 'content-type': null },
    body: {},
  },
  {
    fact: 'a deleted job is not found; the answer may not be cached',
    request: ['GET', '/jobs/recorded-2'],
    status: 404,
    headers: {
      ...COMMON,
      'x-ms-error-code': 'JobNotFound',
      'cache-control': 'no-store, no-cache',
      expires: '-1',
      pragma: 'no-cache',
    },
    body: NOT_FOUND,
  },
  {
    fact: 'a location that is no URI is refused with details and without x-ms-error-code',
    request: ['PUT', '/jobs/recorded-3', createRequest({}, { location: 'not a uri' })],
    status: 400,
    headers: { 'x-ms-error-code': null, 'api-supported-versions': null },
    body: {
      error: {
        code: 'RequestValidationFailed',
        message: 'Model validation for request failed.',
        details: [
          {
            code: 'FieldInvalid',
            message: 'Location must be a valid Absolute URI.',
            target: 'SourceLocation.Location',
          },
        ],
      },
    },
  },
  {
    fact: 'a refused PUT leaves no job',
    request: ['GET', '/jobs/recorded-3'],
    status: 404,
    body: NOT_FOUND,
  },
  {
    fact: 'a PUT without access to storage is accepted',
    request: [
      'PUT',
      '/jobs/recorded-4',
      createRequest({}, { location: `${stack.emulator.blobEndpoint}/no-such-container` }),
    ],
    status: 200,
    body: { status: 'NotStarted' },
    absent: ['error'],
  },
  {
    fact: 'it fails soon after, without start and summary',
    before: () => stack.poll('recorded-4', hasEnded),
    request: ['GET', '/jobs/recorded-4'],
    status: 200,
    body: {
      status: 'Failed',
      error: {
        code: 'StorageAccessDenied',
        message: 'Unable to access the Source or Target Storage.',
      },
    },
    absent: ['summary', 'startedAt'],
  },
  {
    fact: 'a PUT that selects nothing is accepted',
    request: ['PUT', '/jobs/recorded-5', createRequest({}, { prefix: 'no_such_patient' })],
    status: 200,
    body: { status: 'NotStarted' },
  },
  {
    fact: 'it fails soon after as empty',
    before: () => stack.poll('recorded-5', hasEnded),
    request: ['GET', '/jobs/recorded-5'],
    status: 200,
    body: {
      status: 'Failed',
      error: {
        code: 'EmptyJob',
        message: 'No files found in the source location with specified prefix.',
      },
    },
    absent: ['summary', 'startedAt'],
  },
];

function checkHeaders(answer: Answer, expected: NonNullable<Row['headers']>): void {
  for (const [name, value] of Object.entries(expected)) {
    if (value === null) expect(answer.headers, name).not.toHaveProperty(name);
    else if (value instanceof RegExp) expect(answer.headers[name], name).toMatch(value);
    else expect(answer.headers[name], name).toBe(value);
  }
}

test('the recorded conversation is answered as it was recorded', async () => {
  for (const { fact, before, request, status, headers = {}, body, absent = [] } of listRows()) {
    await before?.();
    const [method, path, sent] = request;
    const answer = await stack.call(method, path, sent ? { body: sent } : {});
    expect(answer.status, fact).toBe(status);
    expect(answer.headers['x-deid-emulator'], fact).toContain('emulator');
    checkHeaders(answer, headers);
    if (body) expect(answer.body, fact).toMatchObject(body);
    for (const property of absent) expect(answer.body, fact).not.toHaveProperty(property);
  }
});

describe('Retry-After', () => {
  test('is absent from the first reads and then grows with them up to 5', async () => {
    stack.emulator.setBehaviour({ maxConcurrentJobs: 0 });
    await stack.submit('hints', 'example_patient_1');
    const hints: (string | undefined)[] = [];
    for (let reads = 0; reads < 7; reads += 1) {
      const { headers } = await stack.call('GET', '/jobs/hints');
      hints.push(headers['retry-after']?.toString());
      stack.emulator.advance(1500);
    }
    stack.emulator.setBehaviour({ maxConcurrentJobs: Number.POSITIVE_INFINITY });
    expect(hints).toEqual([undefined, undefined, '2', '3', '4', '5', '5']);
  });
});
