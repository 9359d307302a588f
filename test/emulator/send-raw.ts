import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

export interface RawAnswer {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  rawHeaders: string[];
  body: string;
}

/** Sends `path` byte by byte as it is, which neither fetch nor an SDK does. */
export async function sendRaw(options: {
  origin: string;
  path: string;
  caFile: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}): Promise<RawAnswer> {
  const { hostname, port } = new URL(options.origin);
  return await new Promise((resolve, reject) => {
    const outgoing = request(
      {
        hostname,
        port,
        path: options.path,
        method: options.method ?? 'GET',
        headers: { 'x-ms-version': '2025-01-05', ...options.headers },
        ca: readFileSync(options.caFile),
      },
      (response) => {
        const { statusCode: status, headers, rawHeaders } = response;
        text(response).then((body) => resolve({ status, headers, rawHeaders, body }), reject);
      },
    );
    outgoing.once('error', reject);
    outgoing.end(options.body);
  });
}
