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

/**
 * The lines of a text that arrives in pieces. Only `\n` ends a line: names may hold U+2028 and
 * others that `node:readline` takes for the end of one.
 */
export async function* splitLines(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of text) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/** The lines of a gzip stream of UTF-8. */
export async function* readGzipLines(compressed: Readable): AsyncGenerator<string> {
  const text = createGunzip();
  text.setEncoding('utf8');
  compressed.on('error', (error) => text.destroy(error));
  try {
    yield* splitLines(compressed.pipe(text));
  } finally {
    compressed.destroy();
    text.destroy();
  }
}
