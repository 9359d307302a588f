import type { IncomingHttpHeaders } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createSecureContext } from 'node:tls';
import { createCertificates } from '../../src/emulator/certificates.ts';
import { explainCredential } from '../../src/identity/explained-credential.ts';
import { createJobClient, type JobClient } from '../../src/service/job-client.ts';
import type { ServiceConnection } from '../../src/service/pipeline.ts';
import { createSimulatedClock, type SimulatedClock } from '../simulated-clock.ts';

/** One request that is expected, and what is answered to it. */
export interface Row {
  method: string;
  /** Path with or without the query. */
  path: string;
  status?: number;
  headers?: Record<string, string>;
  /** Text as it is, anything else as JSON; `ORIGIN` in a text stands for the server's origin. */
  body?: unknown;
  /** Cuts the connection: without an answer, or after half of the body; or never answers. */
  instead?: 'reset' | 'half' | 'silence' | 'halfThenSilence';
}

/** A request as it arrived. */
export interface Sent {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A conversation with a service that says what the rows say and nothing else. */
export interface Conversation {
  jobs: JobClient;
  clock: SimulatedClock;
  sent: readonly Sent[];
  /** Scopes that tokens were asked for. */
  scopes: readonly string[];
  log: readonly string[];
  origin: string;
  /** Ends it; throws when a row was not used, or a request was not listed. */
  end(): Promise<void>;
}

export const OBJECT_ID = '5f000000-0000-4000-8000-000000000001';
const payload = Buffer.from(JSON.stringify({ oid: OBJECT_ID })).toString('base64url');
export const TOKEN = `c2VjcmV0LWhlYWRlcg.${payload}.c2VjcmV0LXNpZ25hdHVyZQ`;

const certificates = createCertificates(Date.now());

export async function startConversation(
  rows: readonly Row[],
  changes: Partial<ServiceConnection> = {},
): Promise<Conversation> {
  const { ca, cert, key } = await certificates;
  const left = [...rows];
  const sent: Sent[] = [];
  const unlisted: string[] = [];
  let origin = '';
  const server = createServer({ cert, key }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      sent.push({ method, path, headers, body: Buffer.concat(chunks).toString() });
      const row = left[0];
      if (row?.method !== method || (row.path !== path && row.path !== path.split('?')[0])) {
        unlisted.push(`${method} ${path}`);
        response.writeHead(418).end();
        return;
      }
      left.shift();
      const text = render(row.body).replaceAll('ORIGIN', origin);
      if (row.instead === 'silence') return;
      if (row.instead === 'reset') {
        request.socket.destroy();
        return;
      }
      response.writeHead(row.status ?? 200, {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(text)),
        ...row.headers,
      });
      if (row.instead === undefined) {
        response.end(text);
        return;
      }
      response.write(text.slice(0, text.length / 2), () => {
        if (row.instead === 'half') request.socket.destroy();
      });
    });
  });
  await listen(server);
  origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const clock = createSimulatedClock();
  const scopes: string[] = [];
  const log: string[] = [];
  const credential = explainCredential({
    async getToken(scope) {
      scopes.push(...[scope].flat());
      return { token: TOKEN, expiresOnTimestamp: Date.now() + 3_600_000 };
    },
  });
  const jobs = createJobClient({
    endpoint: origin,
    apiVersion: '2024-11-15',
    credential,
    describeIdentity: credential.describe,
    trust: createSecureContext({ ca }),
    requestsPerSecond: 1_000,
    clock,
    random: () => 0.5,
    log: (line) => log.push(line),
    ...changes,
  });
  return {
    jobs,
    clock,
    sent,
    scopes,
    log,
    origin,
    async end() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      if (unlisted.length > 0) throw new Error(`Not listed: ${unlisted.join(', ')}`);
      if (left.length > 0) throw new Error(`Never asked: ${left[0]?.method} ${left[0]?.path}`);
    },
  };
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
}

function render(body: unknown): string {
  if (body === undefined) return '';
  return typeof body === 'string' ? body : JSON.stringify(body);
}
