import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

const CHANNEL = 'http.server.request.start';

/**
 * Calls `listener` with each request at the moment when it arrives at a server of this process,
 * before the server does anything. Returns what ends that.
 */
export function onRequest(
  listener: (request: { method: string; url: string }) => void,
): () => void {
  const hear = (message: unknown) => {
    const { method = '', url = '' } = (message as { request: IncomingMessage }).request;
    listener({ method, url });
  };
  subscribe(CHANNEL, hear);
  return () => unsubscribe(CHANNEL, hear);
}

/** A request with the body as it came over the wire. */
export interface HeardRequest {
  method: string;
  url: string;
  body: string;
}

/** Keeps the requests that arrive at servers of this process; `stop` ends that. */
export function hearBodies(): { heard: readonly HeardRequest[]; stop(): void } {
  const heard: HeardRequest[] = [];
  const hear = (message: unknown) => {
    const { request } = message as { request: IncomingMessage };
    const entry = { method: request.method ?? '', url: request.url ?? '', body: '' };
    heard.push(entry);
    // Reading it here would take it away from the server.
    const push = request.push.bind(request);
    request.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
      if (chunk) entry.body += chunk.toString('utf8');
      return push(chunk, encoding);
    };
  };
  subscribe(CHANNEL, hear);
  return { heard, stop: () => unsubscribe(CHANNEL, hear) };
}
