import { afterEach, describe, expect, test } from 'vitest';
import { DeidBatchError } from '../../src/errors/deid-batch-error.ts';
import type { ProcessedDocument } from '../../src/model/job.ts';
import {
  type Conversation,
  OBJECT_ID,
  type Row,
  startConversation,
  TOKEN,
} from './conversation.ts';

const REQUEST = {
  sourceLocation: {
    location: 'https://a.example/source',
    prefix: 'ZZPATIENTZZ/',
    extensions: ['*'],
  },
  targetLocation: { location: 'https://a.example/target', prefix: 'out/', overwrite: false },
  operation: 'Surrogate',
  customizations: { surrogateLocale: 'en-US' },
};
const BODY = JSON.stringify(REQUEST);
const JOB = {
  name: 'job-1',
  ...REQUEST,
  status: 'NotStarted',
  createdAt: '2026-01-31T08:00:00.1234567Z',
  lastUpdatedAt: '2026-01-31T08:00:00.1234567Z',
};
const ERROR = { error: { code: 'Broken', message: 'about ZZPATIENTZZ' } };

const PUT: Row = { method: 'PUT', path: '/jobs/job-1?api-version=2024-11-15' };
const GET: Row = { method: 'GET', path: '/jobs/job-1?api-version=2024-11-15' };
const CANCEL: Row = { method: 'POST', path: '/jobs/job-1:cancel?api-version=2024-11-15' };
const DOCUMENTS: Row = {
  method: 'GET',
  path: '/jobs/job-1/documents?api-version=2024-11-15&maxpagesize=1000',
};

let open: Conversation | undefined;
afterEach(async () => {
  await open?.end();
  open = undefined;
});

async function talk(rows: Row[], changes: Parameters<typeof startConversation>[1] = {}) {
  open = await startConversation(rows, changes);
  const { jobs } = open;
  const call = { name: 'job-1', signal: new AbortController().signal };
  return {
    ...open,
    put: (timeoutMs = 30_000) => jobs.put({ ...call, body: BODY, timeoutMs }),
    find: () => jobs.find(call),
    cancel: () => jobs.cancel(call),
    async documents() {
      const pages: ProcessedDocument[][] = [];
      for await (const page of jobs.listDocuments(call)) pages.push(page);
      return pages;
    },
  };
}

/** What a failed call says, all of it that a user could see. */
async function failureOf(call: Promise<unknown>): Promise<DeidBatchError> {
  const error = await call.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  if (!(error instanceof DeidBatchError)) throw new Error(`no error of ours: ${String(error)}`);
  expect(`${error.message} ${error.hint}`).not.toContain('ZZPATIENTZZ');
  expect(`${error.message} ${error.hint}`).not.toContain(TOKEN);
  return error;
}

test('a request carries a token for the service, an id, a user agent, the version and JSON', async () => {
  const { put, sent, scopes, log } = await talk([{ ...PUT, body: JOB }]);
  expect(await put()).toMatchObject({ kind: 'answered', found: { job: { name: 'job-1' } } });
  const headers = sent[0]?.headers ?? {};
  expect(scopes).toEqual(['https://deid.azure.com/.default']);
  expect(headers.authorization).toBe(`Bearer ${TOKEN}`);
  expect(headers['x-ms-client-request-id']).toMatch(/^[\da-f-]{36}$/);
  expect(headers['user-agent']).toMatch(/deid-batch\/\d+\.\d+\.\d+/);
  expect(headers['content-type']).toContain('application/json');
  expect(sent[0]?.body).toBe(BODY);
  expect(log).toHaveLength(1);
  expect(log[0]).toContain(`PUT /jobs/job-1 200`);
  expect(log[0]).toContain(headers['x-ms-client-request-id']);
});

describe('PUT is sent once', () => {
  test.each<[string, Partial<Row>, string]>([
    ['a reset', { instead: 'reset' }, 'unknown'],
    ['half an answer', { body: JOB, instead: 'half' }, 'unknown'],
    ['an empty answer', { body: '' }, 'unknown'],
    ['an answer that is no JSON', { body: '<html>ZZPATIENTZZ' }, 'unknown'],
    ['an answer that is no job', { body: { name: 'job-1' } }, 'unknown'],
    ['408', { status: 408, body: ERROR }, 'unknown'],
    ['500', { status: 500, body: ERROR }, 'unknown'],
    ['502', { status: 502, body: '<html>' }, 'unknown'],
    ['503 with Retry-After', { status: 503, headers: { 'retry-after': '1' } }, 'unknown'],
    ['504', { status: 504 }, 'unknown'],
    ['409', { status: 409, body: ERROR }, 'conflict'],
    ['201', { status: 201, body: JOB }, 'answered'],
  ])('whatever comes back: %s', async (_, answer, kind) => {
    const { put, sent } = await talk([{ ...PUT, ...answer }]);
    expect((await put()).kind).toBe(kind);
    expect(sent).toHaveLength(1);
  });

  test.each<[Partial<Row>, number]>([
    [{ headers: { 'retry-after': '17' } }, 17_000],
    [{}, 0],
    [{ headers: { 'retry-after': 'soon' } }, 0],
  ])('throttled, with %j', async (answer, retryAfterMs) => {
    const { put, sent } = await talk([{ ...PUT, status: 429, ...answer }]);
    expect(await put()).toMatchObject({ kind: 'throttled', retryAfterMs });
    expect(sent).toHaveLength(1);
  });

  test.each(['silence', 'halfThenSilence'] as const)(
    'and given up when the answer takes too long: %s',
    async (instead) => {
      const { put, clock } = await talk([{ ...PUT, body: JOB, instead }]);
      expect((await put(30_000)).kind).toBe('unknown');
      expect(clock.monotonicMs()).toBe(30_000);
    },
  );

  test.each([301, 302, 307, 308])('and a redirect with %i is not followed', async (status) => {
    const { put } = await talk([{ ...PUT, status, headers: { location: '/jobs/other' } }]);
    expect(await failureOf(put())).toMatchObject({ code: 'JobRejected' });
  });
});

describe('a read', () => {
  test('is repeated when the service fails for a moment', async () => {
    const { find, sent, clock } = await talk([
      { ...GET, instead: 'reset' },
      { ...GET, status: 503 },
      { ...GET, status: 429, headers: { 'retry-after': '9' } },
      { ...GET, body: JOB, headers: { 'retry-after': '4' } },
    ]);
    expect(await find()).toMatchObject({ job: { state: 'notStarted' }, retryAfterMs: 4_000 });
    expect(clock.sleeps.filter((ms) => ms === 9_000)).toEqual([9_000]);
    expect(new Set(sent.map(({ headers }) => headers['x-ms-client-request-id'])).size).toBe(1);
  });

  test('is repeated a bounded number of times', async () => {
    const { find } = await talk(Array.from({ length: 4 }, () => ({ ...GET, status: 500 })));
    expect(await failureOf(find())).toMatchObject({ code: 'ServiceUnavailable', exitCode: 75 });
  });

  test('waits a bounded time, however long Retry-After is', async () => {
    const { find, clock } = await talk([
      { ...GET, status: 429, headers: { 'retry-after': '86400' } },
      { ...GET, body: JOB },
    ]);
    await find();
    expect(clock.monotonicMs()).toBeLessThanOrEqual(61_000);
  });

  test('is not repeated when it was answered', async () => {
    for (const status of [404, 400, 403]) {
      const { find } = await talk([{ ...GET, status, body: ERROR }]);
      await find().catch(() => {});
      await open?.end();
      open = undefined;
    }
  });

  test('does not wait for an answer without end', async () => {
    const { find, clock } = await talk([
      { ...GET, instead: 'silence' },
      { ...GET, body: JOB, instead: 'halfThenSilence' },
      { ...GET, body: JOB },
    ]);
    expect(await find()).toMatchObject({ job: { name: 'job-1' } });
    expect(clock.monotonicMs()).toBeLessThan(180_000);
  });

  test('does not take the 404 of somebody in between for the word of the service', async () => {
    const { find } = await talk([{ ...GET, status: 404, body: '<html>not found</html>' }]);
    await expect(find()).rejects.toMatchObject({ code: 'UnexpectedAnswer', exitCode: 75 });
  });

  test('of a job that is not there finds nothing', async () => {
    const { find } = await talk([{ ...GET, status: 404, body: ERROR }]);
    expect(await find()).toBeUndefined();
  });

  test('understands every state, in any case, and keeps what it does not know', async () => {
    const states = ['notstarted', 'RUNNING', 'Succeeded', 'PartialFailed', 'Cancelled', 'Paused'];
    const { find } = await talk(states.map((status) => ({ ...GET, body: { ...JOB, status } })));
    const read: string[] = [];
    for (const _ of states) read.push((await find())?.job.state ?? 'none');
    expect(read).toEqual(['notStarted', 'running', 'succeeded', 'failed', 'canceled', 'unknown']);
  });

  test('takes only the code of a fault: its message may quote a name', async () => {
    const { find } = await talk([
      { ...GET, body: { ...JOB, status: 'Failed', error: ERROR.error } },
    ]);
    expect((await find())?.job.fault).toEqual({ code: 'Broken' });
  });

  test('stops at once when it is aborted', async () => {
    const { jobs } = await talk([{ ...GET, instead: 'silence' }]);
    const controller = new AbortController();
    const finding = jobs.find({ name: 'job-1', signal: controller.signal });
    setImmediate(() => controller.abort(new DeidBatchError('Interrupted', 'stop')));
    await expect(finding).rejects.toMatchObject({ code: 'Interrupted' });
    await open?.end().catch(() => {});
    open = undefined;
  });
});

describe('a refusal', () => {
  test.each([401, 403])(
    'with %i names who lacks which role, and never the token',
    async (status) => {
      const { put, find, documents, cancel } = await talk([
        { ...PUT, status, body: ERROR },
        { ...GET, status, body: ERROR },
        { ...DOCUMENTS, status, body: ERROR },
        { ...CANCEL, status, body: ERROR },
      ]);
      for (const call of [put, find, documents, cancel]) {
        const error = await failureOf(call());
        expect(error).toMatchObject({ code: 'ServiceAccessDenied', exitCode: 4 });
        expect(error.message).toContain(OBJECT_ID);
        expect(error.message).toContain(String(status));
        expect(error.hint).toContain('DeID Batch Data Owner');
      }
    },
  );

  test('with 400 names the fields', async () => {
    const fault = {
      code: 'RequestValidationFailed',
      message: 'Model validation for request failed.',
      details: [
        { code: 'FieldInvalid', message: 'not ZZPATIENTZZ', target: 'SourceLocation.Location' },
        { code: 'FieldInvalid', message: '', target: 'Customizations.SurrogateLocale' },
      ],
    };
    const { put } = await talk([{ ...PUT, status: 400, body: { error: fault } }]);
    const error = await failureOf(put());
    expect(error).toMatchObject({ code: 'JobRejected', exitCode: 2 });
    expect(error.message).toContain('RequestValidationFailed');
    expect(error.message).toContain('SourceLocation.Location, Customizations.SurrogateLocale');
  });

  test('with a body that is no JSON is a refusal all the same', async () => {
    const { put } = await talk([{ ...PUT, status: 400, body: '<html>ZZPATIENTZZ' }]);
    expect(await failureOf(put())).toMatchObject({ code: 'JobRejected' });
  });
});

describe('an answer that cannot be understood', () => {
  test.each([
    ['no JSON', '{"name":'],
    ['no job', { name: 'ZZPATIENTZZ' }],
    ['a page', { value: [] }],
    ['a list', []],
    ['null', 'null'],
  ])('for a job: %s', async (_, body) => {
    const { find } = await talk([{ ...GET, body }]);
    expect(await failureOf(find())).toMatchObject({ code: 'UnexpectedAnswer', exitCode: 75 });
  });

  test('for documents', async () => {
    const { documents } = await talk([{ ...DOCUMENTS, body: { value: [{ id: 1 }] } }]);
    expect(await failureOf(documents())).toMatchObject({ code: 'UnexpectedAnswer' });
  });
});

describe('the documents of a job', () => {
  const document = (id: string) => ({
    id,
    input: { location: `https://a.example/source/${id}`, eTag: '"0x8D"' },
    output: { location: `https://a.example/target/${id}`, etag: '0x8E' },
    status: 'Succeeded',
  });

  test('are read page by page, and etags in either spelling, without quotes', async () => {
    const { documents } = await talk([
      {
        ...DOCUMENTS,
        body: { value: [document('a')], nextLink: 'ORIGIN/jobs/job-1/documents?token=x%3d' },
      },
      {
        method: 'GET',
        path: '/jobs/job-1/documents?token=x%3d',
        body: { value: [document('b')], nextLink: null },
      },
    ]);
    expect(await documents()).toEqual(
      ['a', 'b'].map((id) => [
        {
          input: { location: `https://a.example/source/${id}`, etag: '0x8D' },
          output: { location: `https://a.example/target/${id}`, etag: '0x8E' },
          state: 'succeeded',
        },
      ]),
    );
  });

  test('of a job that is not there are none', async () => {
    const { documents } = await talk([{ ...DOCUMENTS, status: 404, body: ERROR }]);
    expect(await documents()).toEqual([]);
  });

  test.each([
    ['another host', 'https://other.invalid/jobs/job-1/documents'],
    ['another port', 'https://127.0.0.1:1/jobs/job-1/documents'],
    ['no encryption', 'http://127.0.0.1/jobs/job-1/documents'],
    ['a host in the user part', 'ORIGIN@other.invalid/jobs/job-1/documents'],
    ['a relative place', '/jobs/job-1/documents?token=x'],
    ['nowhere', 'ZZPATIENTZZ'],
  ])('are not looked for at %s, with a token', async (_, nextLink) => {
    const { documents, sent, scopes } = await talk([
      { ...DOCUMENTS, body: { value: [document('a')], nextLink } },
    ]);
    expect(await failureOf(documents())).toMatchObject({ code: 'UnexpectedAnswer' });
    expect(sent).toHaveLength(1);
    expect(scopes).toHaveLength(1);
  });

  test('that lead back to the same page are given up', async () => {
    const nextLink = 'ORIGIN/jobs/job-1/documents?token=x';
    const { documents } = await talk([
      { ...DOCUMENTS, body: { value: [], nextLink } },
      { method: 'GET', path: '/jobs/job-1/documents?token=x', body: { value: [], nextLink } },
    ]);
    expect(await failureOf(documents())).toMatchObject({ code: 'UnexpectedAnswer' });
  });
});

test('a cancel is sent once and tells the state', async () => {
  const { cancel } = await talk([
    { ...CANCEL, body: { ...JOB, status: 'Canceled' } },
    { ...CANCEL, status: 404, body: ERROR },
    { ...CANCEL, status: 503 },
  ]);
  expect(await cancel()).toMatchObject({ state: 'canceled' });
  expect(await cancel()).toBeUndefined();
  expect(await failureOf(cancel())).toMatchObject({ code: 'ServiceUnavailable' });
});

test('what is logged holds no token, name, query or body', async () => {
  const { put, find, documents, log } = await talk([
    { ...PUT, body: JOB },
    { ...GET, status: 404, body: ERROR },
    { ...DOCUMENTS, status: 500, body: ERROR },
    { ...DOCUMENTS, instead: 'reset' },
    { ...DOCUMENTS, body: { value: [] } },
  ]);
  await put();
  await find();
  await documents();
  expect(log).toHaveLength(5);
  const text = log.join('\n');
  for (const secret of ['ZZPATIENTZZ', TOKEN, 'Bearer', 'api-version', 'Surrogate']) {
    expect(text).not.toContain(secret);
  }
});

describe('before anything is sent', () => {
  test('a host that does not resolve', async () => {
    const { put, find } = await talk([], { endpoint: 'https://nosuch.invalid' });
    for (const call of [put, find]) {
      const error = await failureOf(call());
      expect(error).toMatchObject({ code: 'HostNotFound', exitCode: 4 });
      expect(error.message).toContain('nosuch.invalid');
    }
  });

  test('a certificate that is not trusted', async () => {
    const { put, find, sent } = await talk([], { trust: undefined });
    for (const call of [put, find]) {
      expect(await failureOf(call())).toMatchObject({ code: 'CertificateNotTrusted', exitCode: 4 });
    }
    expect(sent).toEqual([]);
  });

  test('no identity', async () => {
    const credential = {
      async getToken(): Promise<never> {
        throw new DeidBatchError('IdentityUnavailable', 'no endpoint');
      },
    };
    const { put, find, sent } = await talk([], { credential });
    for (const call of [put, find]) {
      expect(await failureOf(call())).toMatchObject({ code: 'IdentityUnavailable' });
    }
    expect(sent).toEqual([]);
  });
});

test('a job is recognised by its request, with what the service fills in', async () => {
  const echoed = {
    ...JOB,
    sourceLocation: { ...REQUEST.sourceLocation, location: 'https://a.example/source/' },
    customizations: { surrogateLocale: 'en-US', redactionFormat: null },
  };
  const other = { ...JOB, targetLocation: { ...REQUEST.targetLocation, prefix: 'elsewhere/' } };
  const { find } = await talk([
    { ...GET, body: echoed },
    { ...GET, body: other },
  ]);
  expect((await find())?.isMadeFrom(BODY)).toBe(true);
  expect((await find())?.isMadeFrom(BODY)).toBe(false);
});
