import {
  createServer as createHttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../clock.ts';
import { EmulatorError } from './emulator-error.ts';
import type { FaultInjector } from './faults.ts';
import type { EmulatedResponse, Handler } from './http.ts';
import type { RequestLog, ServerName } from './request-log.ts';
import { discardBody, respond } from './respond.ts';
import { readClaimedObjectId } from './tokens.ts';

/** How to start one of the emulator's servers. */
export interface HttpServerOptions {
  name: ServerName;
  /** PEM; without it the server speaks plain HTTP. */
  tls?: { key: string; cert: string };
  /** 0 takes a free one. */
  port: number;
  handler: Handler;
  recorder: RequestLog;
  faults: FaultInjector;
  clock: Clock;
}

/** A server that listens on loopback. */
export interface HttpServer {
  port: number;
  /** Stops listening and cuts every open connection. */
  close(): Promise<void>;
}

// A server that closes an idle connection just when the client sends on it looks like a fault.
// Only the faults a test asks for may happen, so idle connections stay open.
const KEEP_ALIVE_MS = 10 * 60 * 1000;

const PORT_OPTIONS: Record<ServerName, string> = {
  service: 'servicePort',
  storage: 'blobPort',
  identity: 'identityPort',
};

/**
 * Starts a server on 127.0.0.1 that records each request, meets it with the fault that is due, and
 * answers with what the handler says; a handler that rejects gives 500. Throws
 * {@link EmulatorError} `portInUse`.
 */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { name, port } = options;
  const closing = new AbortController();
  const listener = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    // What still fails here is a connection that went away: nobody is left to be told.
    answer(options, { incoming, outgoing, signal: closing.signal }).catch(() => outgoing.destroy());
  };
  const tls = options.tls && { key: options.tls.key, cert: options.tls.cert };
  const server = tls ? createHttpsServer(tls, listener) : createHttpServer(listener);
  server.keepAliveTimeout = KEEP_ALIVE_MS;

  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(describeListenError(cause, name, port)));
    server.listen(port, '127.0.0.1', resolve);
  });

  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      closing.abort();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function describeListenError(cause: Error, name: ServerName, port: number): Error {
  if (!('code' in cause) || cause.code !== 'EADDRINUSE') return cause;
  return new EmulatorError(
    'portInUse',
    `Port ${port} for the emulator's ${name} server is in use: choose another ${PORT_OPTIONS[name]}, or 0 for a free one.`,
    { cause },
  );
}

interface Exchange {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  signal: AbortSignal;
}

async function answer(options: HttpServerOptions, exchange: Exchange): Promise<void> {
  const { name, recorder, faults, clock } = options;
  const { incoming, outgoing, signal } = exchange;
  const { method = 'GET', url: target = '/' } = incoming;
  const [path = '', ...query] = target.split('?');
  const recordStatus = recorder.record({
    server: name,
    method,
    path,
    query: query.join('?'),
    caller: readClaimedObjectId(incoming.headers.authorization),
  });
  const fault = faults.take({ server: name, method, target }) ?? {};

  if (fault.delayMs) await clock.sleep(fault.delayMs, signal);
  if (fault.reset === 'beforeAccept') return cutConnection(outgoing);
  const { headers, rawHeaders } = incoming;
  const request = { method, target, headers, rawHeaders, body: incoming };
  const response = await respond(options.handler, fault, request);
  if (fault.reset === 'afterAccept') return cutConnection(outgoing, response);
  recordStatus(response.status);
  await sendResponse(outgoing, response, fault.truncateBody);
}

async function sendResponse(
  outgoing: ServerResponse,
  { status, headers = {}, body = '' }: EmulatedResponse,
  truncateBody: number | undefined,
): Promise<void> {
  outgoing.statusCode = status;
  for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
  if (truncateBody !== undefined) {
    await sendTruncated(outgoing, body, truncateBody);
  } else if (body instanceof Readable) {
    await pipeline(body, outgoing);
  } else {
    outgoing.end(body);
  }
}

/** Promises the whole body, sends its first `bytes` bytes and cuts the connection. */
async function sendTruncated(
  outgoing: ServerResponse,
  body: NonNullable<EmulatedResponse['body']>,
  bytes: number,
): Promise<void> {
  const whole = body instanceof Readable ? Buffer.concat(await body.toArray()) : Buffer.from(body);
  outgoing.setHeader('Content-Length', whole.length);
  outgoing.flushHeaders();
  await new Promise<void>((resolve) => outgoing.write(whole.subarray(0, bytes), () => resolve()));
  cutConnection(outgoing);
}

function cutConnection(outgoing: ServerResponse, response?: EmulatedResponse): void {
  if (response) discardBody(response);
  outgoing.socket?.destroy();
}
