import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createAdvanceableClock } from '../../src/emulator/advanceable-clock.ts';
import { createFaultInjector, type FaultRule } from '../../src/emulator/faults.ts';
import type { Handler } from '../../src/emulator/http.ts';
import { startHttpServer } from '../../src/emulator/http-server.ts';
import { createRequestLog } from '../../src/emulator/request-log.ts';

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

const echo: Handler = async ({ method, target, body }) => ({
  status: 200,
  headers: { 'x-method': method },
  body: `${target} ${await text(body)}`,
});

async function start(faults: FaultRule[] = [], handler: Handler = echo, port = 0) {
  const clock = createAdvanceableClock(systemClock);
  const recorder = createRequestLog(clock);
  const server = await startHttpServer({
    name: 'service',
    port,
    handler,
    recorder,
    faults: createFaultInjector(faults),
    clock,
  });
  running.push(server);
  return { server, clock, records: recorder.records, origin: `http://127.0.0.1:${server.port}` };
}

describe('a server', () => {
  test('hands path, query and body to the handler as they were sent', async () => {
    const { origin } = await start();
    const response = await fetch(`${origin}/a%2Fb//c?x=%20&y`, { method: 'PUT', body: 'text' });
    expect(response.headers.get('x-method')).toBe('PUT');
    expect(await response.text()).toBe('/a%2Fb//c?x=%20&y text');
  });

  test('records each request with path, query, time and status', async () => {
    const { origin, records } = await start();
    await fetch(`${origin}/jobs/a%20b?api-version=1?2`);
    expect(records).toEqual([
      {
        server: 'service',
        method: 'GET',
        path: '/jobs/a%20b',
        query: 'api-version=1?2',
        at: expect.stringMatching(/^\d{4}-.*Z$/),
        caller: undefined,
        status: 200,
      },
    ]);
  });

  test('answers 500 when the handler rejects, and goes on', async () => {
    const { origin, records } = await start([], async () => {
      throw new Error('broken');
    });
    const response = await fetch(origin);
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({
      error: { code: 'EmulatorFailure', message: 'broken' },
    });
    expect((await fetch(origin)).status).toBe(500);
    expect(records.map(({ status }) => status)).toEqual([500, 500]);
  });

  test('streams a body', async () => {
    const { origin } = await start([], async () => ({
      status: 200,
      body: Readable.from(['one ', 'two']),
    }));
    expect(await (await fetch(origin)).text()).toBe('one two');
  });

  test('survives a body that fails half-way', async () => {
    const { origin } = await start([], async () => ({
      status: 200,
      body: Readable.from(
        (async function* () {
          yield 'one';
          throw new Error('gone');
        })(),
      ),
    }));
    await expect(fetch(origin).then((response) => response.text())).rejects.toThrow();
    await expect(fetch(origin).then((response) => response.text())).rejects.toThrow();
  });

  test('says which port is in use and which option changes it', async () => {
    const { server } = await start();
    await expect(start([], echo, server.port)).rejects.toMatchObject({
      code: 'portInUse',
      message: `Port ${server.port} for the emulator's service server is in use: choose another servicePort, or 0 for a free one.`,
    });
  });

  test('cuts open connections when it closes', async () => {
    const { origin, server } = await start([], () => new Promise(() => undefined));
    const waiting = expect(fetch(origin)).rejects.toThrow();
    const other = expect(fetch(origin)).rejects.toThrow();
    await server.close();
    await Promise.all([waiting, other]);
  });
});

describe('a fault', () => {
  /** A server whose handler counts its calls. */
  async function startCounting(rule: FaultRule) {
    let calls = 0;
    const started = await start([rule], async (request) => {
      calls += 1;
      return await echo(request);
    });
    return { ...started, countCalls: () => calls };
  }

  test('with a status answers instead of the handler, once', async () => {
    const { origin, countCalls } = await startCounting({
      nth: 1,
      status: 503,
      headers: { 'Retry-After': '7' },
      body: { error: { code: 'Busy' } },
    });
    const response = await fetch(origin);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await response.json()).toEqual({ error: { code: 'Busy' } });
    expect(countCalls()).toBe(0);
    expect((await fetch(origin)).status).toBe(200);
  });

  test('with accept answers after the handler did its work', async () => {
    const { origin, countCalls } = await startCounting({ status: 500, accept: true });
    const response = await fetch(origin);
    expect([response.status, await response.text()]).toEqual([500, '']);
    expect(countCalls()).toBe(1);
  });

  test('without a status changes headers and body only', async () => {
    const { origin, countCalls } = await startCounting({ headers: { 'x-a': '1' }, body: 'other' });
    const response = await fetch(origin);
    expect(response.headers.get('x-a')).toBe('1');
    expect(response.headers.get('x-method')).toBe('GET');
    expect(await response.text()).toBe('other');
    expect(countCalls()).toBe(1);
  });

  test('beforeAccept cuts the connection and nothing happens', async () => {
    const { origin, countCalls, records } = await startCounting({ nth: 1, reset: 'beforeAccept' });
    await expect(fetch(origin)).rejects.toThrow('fetch failed');
    expect(countCalls()).toBe(0);
    expect(records).toMatchObject([{ path: '/', status: undefined }]);
  });

  test('afterAccept does what was asked and cuts the connection', async () => {
    const { origin, countCalls } = await startCounting({ nth: 1, reset: 'afterAccept' });
    await expect(fetch(origin)).rejects.toThrow('fetch failed');
    expect(countCalls()).toBe(1);
  });

  test('cuts the body after so many bytes', async () => {
    const { origin } = await startCounting({ truncateBody: 3, body: '0123456789' });
    const response = await fetch(origin);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe('10');
    const reader = response.body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('012');
    await expect(reader?.read()).rejects.toThrow('terminated');
  });

  test('delays on the emulator’s clock', async () => {
    const { origin, clock, countCalls } = await startCounting({ delayMs: 3_600_000 });
    const [response] = await Promise.all([fetch(origin), advanceUntil(clock, countCalls)]);
    expect(response.status).toBe(200);
  });

  test('delays end when the server closes', async () => {
    const { origin, server } = await startCounting({ delayMs: 3_600_000 });
    const waiting = expect(fetch(origin)).rejects.toThrow();
    await server.close();
    await waiting;
  });
});

async function advanceUntil(
  clock: { advance(ms: number): void; sleep(ms: number): Promise<void> },
  isDone: () => number,
) {
  while (isDone() === 0) {
    clock.advance(600_000);
    await clock.sleep(1);
  }
}
