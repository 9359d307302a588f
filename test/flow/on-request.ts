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
