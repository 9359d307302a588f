import type { IncomingMessage } from 'node:http';
import { Agent, request as requestHttps } from 'node:https';
import { pipeline } from 'node:stream/promises';
import type { EmulatedRequest, EmulatedResponse, Handler } from './http.ts';
import { isGranted, readAccess, readCopySource } from './storage-access.ts';
import {
  refuseAccess,
  refuseCopySource,
  refuseToken,
  refuseUri,
  STORAGE_AUDIENCE,
} from './storage-errors.ts';
import type { TokenAuthority } from './tokens.ts';

/** The check that Azurite lacks, and the way on to it. */
export interface StorageFront {
  handler: Handler;
  /** Closes the connections to Azurite. */
  close(): void;
}

// Azurite closes a connection after 5 idle seconds; leaving it first avoids that race.
const MAX_IDLE_MS = 3000;

/** Headers about one connection, which say nothing about the next one. */
const HOP_BY_HOP = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * What Azure Storage does before a request reaches a blob: it checks the token and the caller's
 * role for the container. Everything else is Azurite's answer, byte by byte: path and query are
 * never decoded and encoded again, bodies are streamed.
 */
export function createStorageFront(options: {
  authority: TokenAuthority;
  /** Azurite's origin. */
  origin: string;
  /** PEM that Azurite's certificate is trusted by. */
  ca: string;
}): StorageFront {
  const { authority, origin, ca } = options;
  const agent = new Agent({ keepAlive: true, timeout: MAX_IDLE_MS, ca });
  return {
    async handler(request) {
      return checkAccess(authority, request) ?? (await forward(request, { origin, agent }));
    },
    close: () => agent.destroy(),
  };
}

/** The refusal of `request`, or undefined when it may pass. */
function checkAccess(
  authority: TokenAuthority,
  request: EmulatedRequest,
): EmulatedResponse | undefined {
  const { authorization } = request.headers;
  // Azurite checks shared access signatures itself, permissions included.
  if (!authorization && /[?&]sig=/.test(request.target)) return undefined;
  const caller = authority.verify({ authorization, audiences: [STORAGE_AUDIENCE] });
  if (!caller.ok) return refuseToken(caller.reason);

  const access = readAccess(request);
  if (!access) return refuseUri();
  if (!isGranted(caller.identity, access)) return refuseAccess();

  const source = readCopySource(request);
  if (source === undefined) return undefined;
  if (source === 'elsewhere') return refuseCopySource('notFound');
  return isGranted(caller.identity, source) ? undefined : refuseCopySource('forbidden');
}

async function forward(
  { method, target, headers, rawHeaders, body }: EmulatedRequest,
  { origin, agent }: { origin: string; agent: Agent },
): Promise<EmulatedResponse> {
  const { hostname, port } = new URL(origin);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const upstream = requestHttps({
      hostname,
      port,
      agent,
      method,
      path: target,
      headers: pickEndToEnd(rawHeaders ?? Object.entries(headers).flat().map(String)),
    });
    upstream.once('response', resolve);
    pipeline(body, upstream).catch(reject);
  });
  return {
    status: response.statusCode ?? 502,
    headers: pickEndToEnd(response.rawHeaders),
    body: response,
  };
}

/** The headers that are for the other end, in the case they were sent in: metadata names keep it. */
function pickEndToEnd(raw: readonly string[]): Record<string, string | string[]> {
  const picked: Record<string, string | string[]> = {};
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const [name = '', value = ''] = raw.slice(index, index + 2);
    if (HOP_BY_HOP.has(name.toLowerCase())) continue;
    const earlier = picked[name];
    picked[name] = earlier === undefined ? value : [earlier, value].flat();
  }
  return picked;
}
