import { describe, expect, test } from 'vitest';
import type { Answer } from './call-service.ts';
import { createJobBody, createStandingService } from './standing-service.ts';

const OTHER_BODY = createJobBody({ operation: 'Redact' });

describe('a PUT of a name that exists', () => {
  const cases = [
    { rePut: 'conflict', status: 409, executions: 1, operation: 'Surrogate' },
    { rePut: 'replace', status: 200, executions: 2, operation: 'Redact' },
    { rePut: 'existing', status: 200, executions: 1, operation: 'Surrogate' },
  ] as const;
  test.each(cases)(
    'is answered as $rePut says',
    async ({ rePut, status, executions, operation }) => {
      const { call, service } = createStandingService({ behaviour: { rePut } });
      await call('PUT', '/jobs/job-1', { body: createJobBody() });
      const second = await call('PUT', '/jobs/job-1', { body: OTHER_BODY });
      expect(second.status).toBe(status);
      expect(service.executions()).toHaveLength(executions);
      expect((await call('GET', '/jobs/job-1')).body).toMatchObject({ operation });
      expect((await call('GET', '/jobs')).body.value).toHaveLength(1);
      await service.stop();
    },
  );

  test('is accepted once of many at the same time', async () => {
    const { call, service } = createStandingService();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => call('PUT', '/jobs/job-1', { body: createJobBody() })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
    expect(service.executions()).toHaveLength(1);
  });
});

describe('a fresh job', () => {
  test('is not found by reads for lateVisibilityMs, though its name is taken', async () => {
    const { call, clock } = createStandingService({ behaviour: { lateVisibilityMs: 3000 } });
    expect((await call('PUT', '/jobs/job-1', { body: createJobBody() })).status).toBe(200);
    clock.advance(500);
    expect((await call('GET', '/jobs/job-1')).status).toBe(404);
    expect((await call('GET', '/jobs/job-1/documents')).status).toBe(404);
    expect((await call('POST', '/jobs/job-1:cancel')).status).toBe(404);
    expect((await call('GET', '/jobs')).body.value).toEqual([]);
    expect((await call('PUT', '/jobs/job-1', { body: createJobBody() })).status).toBe(409);
    clock.advance(2500);
    expect((await call('GET', '/jobs/job-1')).status).toBe(200);
  });

  test('has no documents yet, and no next page', async () => {
    const { call } = createStandingService();
    await call('PUT', '/jobs/job-1', { body: createJobBody() });
    expect((await call('GET', '/jobs/job-1/documents')).body).toEqual({ value: [] });
  });
});

describe('a job that is missing', () => {
  test('answers as recorded', async () => {
    const { call } = createStandingService();
    const { status, headers, body } = await call('GET', '/jobs/none');
    expect(status).toBe(404);
    expect(body).toEqual({ error: { code: 'JobNotFound', message: 'Job not found.' } });
    expect(headers).toMatchObject({
      'x-ms-error-code': 'JobNotFound',
      'cache-control': 'no-store, no-cache',
      expires: '-1',
      pragma: 'no-cache',
      'api-supported-versions': '2024-11-15, 2025-07-15-preview',
    });
    expect((await call('POST', '/jobs/none:cancel')).status).toBe(404);
    expect((await call('GET', '/jobs/none/documents')).status).toBe(404);
  });

  test.each([
    ['noContent', 204],
    ['notFound', 404],
  ] as const)('is deleted as deleteMissing %s says', async (deleteMissing, status) => {
    const { call } = createStandingService({ behaviour: { deleteMissing } });
    expect((await call('DELETE', '/jobs/none')).status).toBe(status);
  });
});

describe('cancel and delete', () => {
  test('cancel a waiting job at once, without summary and start', async () => {
    const { call } = createStandingService();
    await call('PUT', '/jobs/job-1', { body: createJobBody() });
    const { status, body } = await call('POST', '/jobs/job-1:cancel');
    expect(status).toBe(200);
    expect(body.status).toBe('Canceled');
    expect(body).not.toHaveProperty('summary');
    expect(body).not.toHaveProperty('startedAt');
    expect(body.lastUpdatedAt).not.toBe(body.createdAt);
    expect((await call('POST', '/jobs/job-1:cancel')).body).toEqual(body);
  });

  test.each([
    ['stop', 204, 404],
    ['goOn', 204, 404],
    ['conflict', 409, 200],
  ] as const)('delete an unfinished job as deleteRunning %s says', async (value, status, later) => {
    const { call, service } = createStandingService({ behaviour: { deleteRunning: value } });
    await call('PUT', '/jobs/job-1', { body: createJobBody() });
    const answer = await call('DELETE', '/jobs/job-1');
    expect(answer.status).toBe(status);
    if (status === 204) expect(answer.headers).not.toHaveProperty('content-type');
    expect((await call('GET', '/jobs/job-1')).status).toBe(later);
    await service.stop();
  });

  test('an ended job is forgotten after jobRetentionMs', async () => {
    const { call, clock } = createStandingService({ behaviour: { jobRetentionMs: 60_000 } });
    await call('PUT', '/jobs/ended', { body: createJobBody() });
    await call('PUT', '/jobs/waiting', { body: createJobBody() });
    await call('POST', '/jobs/ended:cancel');
    clock.advance(100);
    expect((await call('GET', '/jobs/ended')).status).toBe(200);
    clock.advance(59_900);
    expect((await call('GET', '/jobs/ended')).status).toBe(404);
    expect((await call('GET', '/jobs')).body.value).toHaveLength(1);
  });
});

describe('pages of jobs', () => {
  const submitJobs = async (
    { call }: ReturnType<typeof createStandingService>,
    count: number,
  ): Promise<void> => {
    for (let index = 1; index <= count; index += 1) {
      await call('PUT', `/jobs/job-${index}`, { body: createJobBody() });
    }
  };
  const readNames = ({ body }: Answer) => body.value?.map(({ name }) => name);

  test('come newest first and link to each other until the last', async () => {
    const standing = createStandingService();
    await submitJobs(standing, 5);
    const { call } = standing;
    const first = await call('GET', '/jobs?maxpagesize=2');
    expect(readNames(first)).toEqual(['job-5', 'job-4']);
    expect(first.body.nextLink).toMatch(
      /^https:\/\/service\.test:443\/jobs\?maxpagesize=2&api-version=2024-11-15&continuationToken=[A-Za-z0-9]+(%3d){0,2}$/,
    );

    await call('PUT', '/jobs/job-6', { body: createJobBody() });
    const second = await call('GET', first.body.nextLink ?? '');
    expect(readNames(second)).toEqual(['job-3', 'job-2']);
    expect(second.body.nextLink?.match(/continuationToken/g)).toHaveLength(1);

    const third = await call('GET', second.body.nextLink ?? '');
    expect(readNames(third)).toEqual(['job-1']);
    expect(third.body).not.toHaveProperty('nextLink');
  });

  test('are as long as defaultPageSize, and never longer than maxPageSize', async () => {
    const standing = createStandingService({ behaviour: { defaultPageSize: 2, maxPageSize: 3 } });
    await submitJobs(standing, 5);
    const { call } = standing;
    expect(readNames(await call('GET', '/jobs'))).toHaveLength(2);
    expect(readNames(await call('GET', '/jobs?maxpagesize=1'))).toHaveLength(1);
    expect(readNames(await call('GET', '/jobs?maxpagesize=100'))).toHaveLength(3);
  });

  test('are refused for a size or a token that is none', async () => {
    const { call } = createStandingService();
    for (const query of ['maxpagesize=0', 'maxpagesize=x', 'continuationToken=abc']) {
      const { status, body } = await call('GET', `/jobs?${query}`);
      expect([query, status, body.error?.code]).toEqual([query, 400, 'RequestValidationFailed']);
    }
  });
});

describe('Retry-After of a read', () => {
  test('is absent at first, 2 at the end, and only on the job itself', async () => {
    const { call, clock } = createStandingService();
    await call('PUT', '/jobs/job-1', { body: createJobBody() });
    const readHint = async () => (await call('GET', '/jobs/job-1')).headers['retry-after'];
    expect(await readHint()).toBeUndefined();
    expect((await call('GET', '/jobs')).headers).not.toHaveProperty('retry-after');
    // The job itself sleeps on the same clock; canceling keeps it away from storage.
    await call('POST', '/jobs/job-1:cancel');
    clock.advance(4000);
    expect(await readHint()).toBe('2');
    expect((await call('GET', '/jobs/job-1/documents')).headers).not.toHaveProperty('retry-after');
  });
});

describe('throttling', () => {
  test('refuses what is above the requests of 5 seconds, and no more than that', async () => {
    const { call, clock } = createStandingService({ behaviour: { throttleRequestsPer5s: 3 } });
    const readStatus = async () => (await call('GET', '/jobs')).status;
    expect([await readStatus(), await readStatus(), await readStatus()]).toEqual([200, 200, 200]);
    const refused = await call('GET', '/jobs');
    expect(refused.status).toBe(429);
    expect(refused.headers['retry-after']).toBe('5');
    expect(refused.body.error?.code).toBe('TooManyRequests');
    expect((await call('GET', '/health')).status).toBe(200);
    clock.advance(4999);
    expect(await readStatus()).toBe(429);
    clock.advance(1);
    expect(await readStatus()).toBe(200);
  });

  test('refuses what is above the bytes of 5 seconds', async () => {
    const { call } = createStandingService({ behaviour: { throttleBytesPer5s: 1000 } });
    const body = { inputText: 'x'.repeat(600) };
    expect((await call('POST', '/deid', { body })).status).toBe(200);
    expect((await call('POST', '/deid', { body })).status).toBe(429);
    expect((await call('GET', '/jobs')).status).toBe(200);
  });

  test('answers with another status and without Retry-After when told so', async () => {
    const { call } = createStandingService({
      behaviour: { throttleRequestsPer5s: 0, throttleStatus: 503, throttleRetryAfterSeconds: null },
    });
    const { status, headers } = await call('GET', '/jobs');
    expect(status).toBe(503);
    expect(headers).not.toHaveProperty('retry-after');
  });

  test('can be limited to single texts', async () => {
    const { call } = createStandingService({
      behaviour: { throttleRequestsPer5s: 0, throttleScope: 'realtimeOnly' },
    });
    expect((await call('GET', '/jobs')).status).toBe(200);
    expect((await call('POST', '/deid', { body: { inputText: 'x' } })).status).toBe(429);
  });

  test('never starts a job that it refused', async () => {
    const { call, service } = createStandingService({ behaviour: { throttleRequestsPer5s: 0 } });
    expect((await call('PUT', '/jobs/job-1', { body: createJobBody() })).status).toBe(429);
    expect(service.executions()).toEqual([]);
  });
});
