import type { Readable } from 'node:stream';
import { createFailure } from './service-failure.ts';

const MAX_BODY_BYTES = 4_000_000;

/** All of `body`; throws 413 for one that no operation could mean. */
export async function readBody(body: Readable): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    const part = Buffer.from(chunk);
    bytes += part.byteLength;
    if (bytes > MAX_BODY_BYTES) {
      throw createFailure(413, 'RequestEntityTooLarge', 'The request is too large.');
    }
    chunks.push(part);
  }
  return Buffer.concat(chunks);
}
