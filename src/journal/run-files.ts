import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { DeidBatchError } from '../errors/deid-batch-error.ts';
import { joinLines, readGzipLines } from './lines.ts';
import type { Medium } from './medium.ts';
import type { RunFiles } from './run-store.ts';
import { toStateError } from './state-error.ts';

/**
 * The files of the run in `folder`: lines compressed, texts as they are. `confirm` throws when this
 * process may not write; what is sealed says itself what it is, whoever writes it.
 */
export function createRunFiles(
  medium: Medium,
  folder: string,
  confirm: () => Promise<void> = async () => {},
): RunFiles {
  const linesPath = (name: string) => `${folder}/${name}.jsonl.gz`;
  const sealedPath = (digest: string) => linesPath(`sealed/${digest}`);

  async function* readLines(path: string): AsyncGenerator<string> {
    const bytes = await medium.read(path);
    if (!bytes) throw missing();
    try {
      yield* readGzipLines(Readable.from(bytes));
    } catch (error) {
      throw toStateError(error, 'read');
    }
  }

  return {
    async writeLines(name, lines) {
      await confirm();
      await medium.write(linesPath(name), compress(joinLines(lines)));
    },
    readLines: (name) => readLines(linesPath(name)),
    async sealLines(lines) {
      // One batch's documents are few enough to be held; the name is known only at the end.
      const hash = createHash('sha256');
      const kept: Uint8Array[] = [];
      for await (const chunk of compress(hashing(joinLines(lines), hash))) kept.push(chunk);
      const digest = hash.digest('hex');
      await medium.write(sealedPath(digest), kept, { ifAbsent: true });
      return digest;
    },
    async *readSealed(digest) {
      // Nothing of it is used before all of it is known to be whole.
      const lines: string[] = [];
      for await (const line of readLines(sealedPath(digest))) lines.push(line);
      const hash = createHash('sha256');
      for (const line of lines) hash.update(`${line}\n`);
      if (hash.digest('hex') !== digest) throw damaged();
      yield* lines;
    },
    async writeText(name, text) {
      const path = `${folder}/${name}`;
      await confirm();
      await medium.write(path, [Buffer.from(text)]);
      return medium.describe(path);
    },
    async readText(name) {
      const bytes = await medium.read(`${folder}/${name}`);
      if (!bytes) return undefined;
      const chunks: Uint8Array[] = [];
      for await (const chunk of bytes) chunks.push(chunk);
      return Buffer.concat(chunks).toString('utf8');
    },
  };
}

/** Compresses while the chunks come; an error of theirs passes through as it is. */
async function* compress(chunks: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const gzip = createGzip({ level: 1 });
  const source = Readable.from(chunks, { objectMode: false });
  source.on('error', (error) => gzip.destroy(error));
  yield* source.pipe(gzip) as AsyncIterable<Uint8Array>;
}

async function* hashing(
  chunks: AsyncIterable<string>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<string> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}

function missing(): DeidBatchError {
  return new DeidBatchError('StateUnusable', 'The state of the run lacks a file.', {
    hint: 'Start a new run; the state of this one is not whole.',
  });
}

function damaged(): DeidBatchError {
  return new DeidBatchError('StateUnusable', 'A file of the run is not as it was sealed.', {
    hint: 'Start a new run; the state of this one cannot be trusted.',
  });
}
