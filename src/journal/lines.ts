import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** Joins lines into chunks of about 64 KiB, each line ended by `\n`; empty input gives nothing. */
export async function* joinLines(
  lines: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<string> {
  let chunk = '';
  for await (const line of lines) {
    chunk += `${line}\n`;
    if (chunk.length < 65_536) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

/** The lines of a gzip stream of UTF-8. */
export async function* readGzipLines(compressed: Readable): AsyncGenerator<string> {
  const text = createGunzip();
  compressed.on('error', (error) => text.destroy(error));
  const lines = createInterface({ input: compressed.pipe(text), crlfDelay: Infinity });
  // readline swallows errors of its input, so they are kept and thrown at the end.
  let failure: unknown;
  text.on('error', (error) => {
    failure = error;
    lines.close();
  });
  try {
    yield* lines;
    if (failure !== undefined) throw failure;
  } finally {
    compressed.destroy();
    text.destroy();
  }
}
