import { describe, expect, test } from 'vitest';
import { composeJobBody, type JobOptions } from '../../src/service/compose-job-body.ts';
import type { JobRequest, JobResource } from '../../src/wire/job.ts';
import { isSameRequest } from '../../src/wire/same-request.ts';

const OPTIONS: JobOptions = {
  operation: 'surrogate',
  surrogateLocale: 'fr-CA',
  inputLocale: 'fr-FR',
  redactionFormat: '*{len}',
};

function requestOf(
  operation: JobOptions['operation'],
  options: Partial<JobOptions> = {},
): JobRequest {
  const locations = {
    source: { location: 'https://storage.test/source', prefix: 'a/', extensions: ['*'] },
    target: { location: 'https://storage.test/target', prefix: 'b/', overwrite: true },
  };
  return JSON.parse(composeJobBody({ ...OPTIONS, ...options, operation }, locations));
}

function echoOf(request: JobRequest, change: object = {}): JobResource {
  return {
    name: 'job',
    status: 'NotStarted',
    createdAt: '',
    lastUpdatedAt: '',
    ...request,
    customizations: request.customizations ?? {},
    ...change,
  };
}

const OPERATIONS = ['surrogate', 'redact', 'tag'] as const;

describe('the echo of a request is the same request', () => {
  test.each(OPERATIONS)('of %s', (operation) => {
    const sent = requestOf(operation);
    expect(isSameRequest(sent, echoOf(sent))).toBe(true);
  });

  const sent = requestOf('surrogate', { surrogateLocale: 'en-US', inputLocale: 'en-US' });
  test.each<[string, object]>([
    [
      'with the defaults that were left out',
      { customizations: { surrogateLocale: 'en-US', inputLocale: 'en-US' } },
    ],
    ['without the defaults that were sent', { customizations: {} }],
    [
      'with a slash behind the container',
      { sourceLocation: { ...sent.sourceLocation, location: 'https://storage.test/source/' } },
    ],
    [
      'with a slash behind the target',
      { targetLocation: { ...sent.targetLocation, location: 'https://storage.test/target/' } },
    ],
    ['with the operation in another case', { operation: 'SURROGATE' }],
    ['with a format that only redact reads', { customizations: { redactionFormat: '[{type}]' } }],
    ['with the state of the job', { status: 'Failed', error: { code: 'x', message: '' } }],
  ])('%s', (_, change) => {
    expect(isSameRequest(sent, echoOf(sent, change))).toBe(true);
  });

  test('of redact, with the null that the service sends for the locale', () => {
    const redact = requestOf('redact', { inputLocale: 'en-US' });
    const customizations = { ...redact.customizations, surrogateLocale: undefined };
    expect(isSameRequest(redact, echoOf(redact, { customizations }))).toBe(true);
  });

  test('with its extensions in another order', () => {
    const two = { ...sent, sourceLocation: { ...sent.sourceLocation, extensions: ['.a', '.b'] } };
    const turned = { sourceLocation: { ...sent.sourceLocation, extensions: ['.b', '.a'] } };
    expect(isSameRequest(two, echoOf(two, turned))).toBe(true);
  });

  test('with a slash that was sent', () => {
    const slashed = {
      ...sent,
      sourceLocation: { ...sent.sourceLocation, location: 'https://storage.test/source/' },
    };
    expect(isSameRequest(slashed, echoOf(sent))).toBe(true);
  });
});

describe('any change of a field that matters makes another request', () => {
  type Change = (request: JobRequest) => JobRequest;
  const custom =
    (change: JobRequest['customizations']): Change =>
    (request) => ({ ...request, customizations: { ...request.customizations, ...change } });
  const source =
    (change: Partial<JobRequest['sourceLocation']>): Change =>
    (request) => ({ ...request, sourceLocation: { ...request.sourceLocation, ...change } });
  const target =
    (change: Partial<JobRequest['targetLocation']>): Change =>
    (request) => ({ ...request, targetLocation: { ...request.targetLocation, ...change } });

  const CHANGES: Record<string, Change> = {
    'source container': source({ location: 'https://storage.test/source2' }),
    'source account': source({ location: 'https://storage2.test/source' }),
    'source prefix': source({ prefix: 'a' }),
    'source prefix in another case': source({ prefix: 'A/' }),
    'empty source prefix': source({ prefix: '' }),
    'source prefix with a slash more': source({ prefix: 'a//' }),
    'another extension': source({ extensions: ['.txt'] }),
    'an extension more': source({ extensions: ['*', '.txt'] }),
    'no extension': source({ extensions: [] }),
    'target container': target({ location: 'https://storage.test/target2' }),
    'target prefix': target({ prefix: 'b' }),
    'empty target prefix': target({ prefix: '' }),
    overwrite: target({ overwrite: false }),
    'input locale': custom({ inputLocale: 'de-DE' }),
    'no input locale': custom({ inputLocale: undefined }),
  };

  const cases = OPERATIONS.flatMap((operation) =>
    Object.entries(CHANGES).map(([name, change]) => ({ operation, name, change })),
  );
  test.each(cases)('$operation: $name', ({ operation, change }) => {
    const sent = requestOf(operation);
    expect(isSameRequest(sent, echoOf(change(sent)))).toBe(false);
    expect(isSameRequest(change(sent), echoOf(sent))).toBe(false);
  });

  test.each<[JobOptions['operation'], Change]>([
    ['surrogate', custom({ surrogateLocale: 'en-GB' })],
    ['surrogate', custom({ surrogateLocale: undefined })],
    ['surrogate', (request) => ({ ...request, operation: 'Redact' })],
    ['surrogate', (request) => ({ ...request, operation: 'Tag' })],
    ['redact', custom({ redactionFormat: 'X' })],
    ['redact', custom({ redactionFormat: '*{LEN}' })],
    ['redact', custom({ redactionFormat: undefined })],
    ['tag', (request) => ({ ...request, operation: 'Surrogate' })],
  ])('what only %s reads, or another operation (%#)', (operation, change) => {
    const sent = requestOf(operation);
    expect(isSameRequest(sent, echoOf(change(sent)))).toBe(false);
  });

  test.each(OPERATIONS)('and no two of the operations are the same: %s', (operation) => {
    for (const other of OPERATIONS) {
      expect(isSameRequest(requestOf(operation), echoOf(requestOf(other)))).toBe(
        operation === other,
      );
    }
  });
});
