import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';

/** One request to one of the emulator's servers. */
export interface EmulatedRequest {
  method: string;
  /** Path and query exactly as they were sent. */
  target: string;
  headers: IncomingHttpHeaders;
  /** Names and values in turn, exactly as they were sent; absent when no socket was involved. */
  rawHeaders?: readonly string[];
  body: Readable;
}

/** The answer to an {@link EmulatedRequest}. */
export interface EmulatedResponse {
  status: number;
  headers?: Record<string, string | string[]>;
  body?: string | Uint8Array | Readable;
}

/** What a server of the emulator does with a request. A rejection is answered with 500. */
export type Handler = (request: EmulatedRequest) => Promise<EmulatedResponse>;
