import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { RoleName } from '../../../src/emulator/identities.ts';
import { PREVIEW_API_VERSION, STABLE_API_VERSION } from '../../../src/wire/api-version.ts';
import { createJobBody, createStandingService } from './standing-service.ts';

describe('an accepted job', () => {
  test('is echoed with its defaults, in the recorded order', async () => {
    const { call } = createStandingService();
    const { status, headers, body } = await call('PUT', '/jobs/job-1', { body: createJobBody() });
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'operation-id': 'job-1',
      'operation-location': `https://service.test/jobs/job-1?api-version=${STABLE_API_VERSION}`,
    });
    expect(headers).not.toHaveProperty('retry-after');
    expect(JSON.stringify(body)).toBe(
      JSON.stringify({
        name: 'job-1',
        sourceLocation: {
          location: 'https://storage.test/source',
          prefix: 'notes/',
          extensions: ['*'],
        },
        targetLocation: {
          location: 'https://storage.test/target',
          prefix: 'out/',
          overwrite: false,
        },
        operation: 'Surrogate',
        customizations: { surrogateLocale: 'en-US' },
        status: 'NotStarted',
        createdAt: body.createdAt,
        lastUpdatedAt: body.lastUpdatedAt,
      }),
    );
    expect(body.createdAt).toMatch(/^2026-01-05T09:00:00(\.\d{0,6}[1-9])?Z$/);
  });

  const echoes: { asked: object; version?: string; echoed: object }[] = [
    { asked: {}, echoed: { surrogateLocale: 'en-US' } },
    {
      asked: {},
      version: PREVIEW_API_VERSION,
      echoed: { surrogateLocale: 'en-US', inputLocale: 'en-US' },
    },
    {
      asked: {
        operation: 'Redact',
        customizations: { redactionFormat: '*{len}' },
      },
      echoed: { redactionFormat: '*{len}', surrogateLocale: null },
    },
    {
      asked: { operation: 'Redact' },
      echoed: { redactionFormat: '[{type}]', surrogateLocale: null },
    },
    { asked: { operation: 'Tag' }, echoed: { surrogateLocale: null } },
    {
      asked: { customizations: { surrogateLocale: 'fr-CA', inputLocale: 'de-DE' } },
      version: PREVIEW_API_VERSION,
      echoed: { surrogateLocale: 'fr-CA', inputLocale: 'de-DE' },
    },
  ];
  test.each(echoes)('echoes the customizations of $asked', async ({ asked, version, echoed }) => {
    const { call } = createStandingService();
    const { body } = await call('PUT', '/jobs/job-1', {
      body: createJobBody(asked),
      ...(version && { version }),
    });
    expect(JSON.stringify(body.customizations)).toBe(JSON.stringify(echoed));
  });

  test('may be asked for with any case of property names and enumeration values', async () => {
    const { call, service } = createStandingService();
    const { status } = await call('PUT', '/jobs/job-1', {
      body: {
        SourceLocation: { Location: 'https://storage.test/source', Prefix: 'p/' },
        TARGETLOCATION: { location: 'https://storage.test/target', prefix: 'q/', OverWrite: true },
        Operation: 'tag',
      },
    });
    expect(status).toBe(200);
    expect(service.executions()).toMatchObject([
      {
        name: 'job-1',
        requestedBy: 'caller',
        acceptedAtMs: Date.UTC(2026, 0, 5, 9),
        request: {
          operation: 'Tag',
          sourceLocation: { prefix: 'p/', extensions: ['*'] },
          targetLocation: { prefix: 'q/', overwrite: true },
        },
      },
    ]);
  });
});

describe('a refused job', () => {
  const source = { location: 'https://storage.test/source', prefix: '' };
  const invalid: { what: string; body: unknown; targets: string[] }[] = [
    {
      what: 'locations that are no absolute URIs',
      body: {
        sourceLocation: { location: 'source', prefix: '' },
        targetLocation: { location: '', prefix: '' },
      },
      targets: ['SourceLocation.Location', 'TargetLocation.Location'],
    },
    { what: 'no locations', body: {}, targets: ['SourceLocation', 'TargetLocation'] },
    {
      what: 'an empty list of extensions',
      body: createJobBody({ sourceLocation: { ...source, extensions: [] } }),
      targets: ['SourceLocation.Extensions'],
    },
    {
      what: 'a prefix above 1,024 characters',
      body: createJobBody({ sourceLocation: { ...source, prefix: 'p'.repeat(1025) } }),
      targets: ['SourceLocation.Prefix'],
    },
    {
      what: 'the operation of single texts',
      body: createJobBody({ operation: 'SurrogateOnly' }),
      targets: ['Operation'],
    },
    {
      what: 'a redaction format above 16 characters',
      body: createJobBody({ customizations: { redactionFormat: 'x'.repeat(17) } }),
      targets: ['Customizations.RedactionFormat'],
    },
    {
      what: 'a redaction format that repeats a variable',
      body: createJobBody({ customizations: { redactionFormat: '{type}{type}' } }),
      targets: ['Customizations.RedactionFormat'],
    },
    {
      what: 'a locale of the preview',
      body: createJobBody({ customizations: { surrogateLocale: 'fr-CA' } }),
      targets: ['Customizations.SurrogateLocale'],
    },
    {
      what: 'values of other types',
      body: createJobBody({ operation: 1, targetLocation: { ...source, overwrite: 'yes' } }),
      targets: ['TargetLocation.Overwrite', 'Operation'],
    },
  ];
  test.each(invalid)('lists the fields at fault: $what', async ({ body, targets }) => {
    const { call, service } = createStandingService();
    const answer = await call('PUT', '/jobs/job-1', { body });
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({
      code: 'RequestValidationFailed',
      message: 'Model validation for request failed.',
      details: targets.map((target) => ({ code: 'FieldInvalid', target })),
    });
    expect(answer.headers).not.toHaveProperty('x-ms-error-code');
    expect(answer.headers).not.toHaveProperty('api-supported-versions');
    expect(service.executions()).toEqual([]);
    expect((await call('GET', '/jobs/job-1')).body.error?.code).toBe('JobNotFound');
  });

  test('is one whose body is no JSON object', async () => {
    const { call } = createStandingService();
    expect((await call('PUT', '/jobs/job-1', { body: 'text' })).status).toBe(400);
    expect((await call('PUT', '/jobs/job-1')).status).toBe(400);
  });

  test.each(['ab', '-abc', 'abc-', 'a.b.c', 'a'.repeat(37)])(
    'is one with the name %s',
    async (name) => {
      const { call, service } = createStandingService();
      const refused = await call('PUT', `/jobs/${name}`, { body: createJobBody() });
      expect(refused.status).toBe(400);
      expect(refused.body.error?.code).toBe('RequestValidationFailed');

      service.setBehaviour({ invalidName: 'notFound' });
      expect((await call('PUT', `/jobs/${name}`, { body: createJobBody() })).status).toBe(404);
      expect(service.executions()).toEqual([]);
    },
  );
});

describe('the service', () => {
  test('says in every response that it is an emulator', async () => {
    const { call } = createStandingService();
    for (const path of ['/jobs', '/jobs/none', '/nowhere', '/health']) {
      const { headers } = await call('GET', path);
      expect(headers['x-deid-emulator']).toContain('it misses PHI');
    }
  });

  test('answers the health probe without token and version', async () => {
    const { service } = createStandingService();
    const response = await service.handler({
      method: 'GET',
      target: '/health',
      headers: {},
      body: Readable.from([]),
    });
    expect(response.status).toBe(200);
  });

  test('echoes the client request id', async () => {
    const { call } = createStandingService();
    const headers = { 'x-ms-client-request-id': '4c09d2c6-a517-4068-a88a-6bb1e5ea4a14' };
    expect((await call('GET', '/jobs', { headers })).headers).toMatchObject(headers);
  });

  test('refuses a missing and an unknown api-version', async () => {
    const { call, service } = createStandingService();
    const missing = await call('GET', '/jobs?api-version=');
    expect(missing.status).toBe(400);
    expect(missing.body.error?.code).toBe('MissingApiVersionParameter');
    const unknown = await call('GET', '/jobs', { version: '2024-12-15-preview' });
    expect(unknown.status).toBe(400);
    expect(unknown.body.error?.code).toBe('UnsupportedApiVersion');
    service.setBehaviour({ unknownVersionCode: 'UnsupportedApiVersionValue' });
    const renamed = await call('GET', '/jobs', { version: '2024-12-15-preview' });
    expect(renamed.body.error?.code).toBe('UnsupportedApiVersionValue');
  });

  test('knows neither other paths nor other methods', async () => {
    const { call } = createStandingService();
    expect((await call('GET', '/jobs/a/b/c')).status).toBe(404);
    expect((await call('GET', '/jobs/%zz')).status).toBe(404);
    expect((await call('DELETE', '/jobs')).status).toBe(405);
  });

  test('refuses a request that is larger than any could be', async () => {
    const { call } = createStandingService();
    const body = createJobBody({ ignored: 'x'.repeat(4_000_000) });
    expect((await call('PUT', '/jobs/job-1', { body })).status).toBe(413);
  });
});

describe('access', () => {
  test.each([
    ['no token', undefined],
    ['another audience', 'https://storage.azure.com'],
  ])('needs a token: %s', async (_, audience) => {
    const { call, bearer } = createStandingService();
    const headers = { authorization: audience ? bearer(audience) : '' };
    const { status, body, headers: answered } = await call('GET', '/jobs', { headers });
    expect(status).toBe(401);
    expect(body.error?.code).toBe('Unauthorized');
    expect(answered['www-authenticate']).toContain('Bearer');
  });

  test('ends with the token', async () => {
    const { call, bearer } = createStandingService();
    const headers = { authorization: bearer('https://deid.azure.com', -1000) };
    expect((await call('GET', '/jobs', { headers })).status).toBe(401);
  });

  test('takes the audience with a trailing slash', async () => {
    const { call, bearer } = createStandingService();
    const headers = { authorization: bearer('https://deid.azure.com/') };
    expect((await call('GET', '/jobs', { headers })).status).toBe(200);
  });

  // Statuses of: list, get, documents, PUT, cancel, delete, POST /deid.
  const rights: [RoleName, number[]][] = [
    ['DeID Data Owner', [200, 404, 404, 200, 200, 204, 200]],
    ['DeID Batch Data Owner', [200, 404, 404, 200, 200, 204, 403]],
    ['DeID Batch Data Reader', [200, 404, 404, 403, 403, 403, 403]],
    ['DeID Realtime Data User', [403, 403, 403, 403, 403, 403, 200]],
    ['Storage Blob Data Contributor', [403, 403, 403, 403, 403, 403, 403]],
  ];
  test.each(rights)('of %s is what the role allows', async (role, expected) => {
    const { call } = createStandingService({ roles: [role] });
    const answers = [
      await call('GET', '/jobs'),
      await call('GET', '/jobs/none'),
      await call('GET', '/jobs/none/documents'),
      await call('PUT', '/jobs/job-1', { body: createJobBody() }),
      await call('POST', '/jobs/job-1:cancel'),
      await call('DELETE', '/jobs/job-1'),
      await call('POST', '/deid', { body: { inputText: 'Nothing to hide.' } }),
    ];
    expect(answers.map(({ status }) => status)).toEqual(expected);
    for (const { status, body } of answers) {
      if (status === 403) expect(body.error?.code).toBe('Forbidden');
    }
  });
});
