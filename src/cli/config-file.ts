import { readFile } from 'node:fs/promises';
import { DeidBatchError } from '../errors/deid-batch-error.ts';
import type { GivenOptions } from '../options/resolve.ts';
import { OPTION_KEYS } from '../options/specs.ts';

/** Read from the working folder when no other file is named. */
export const DEFAULT_CONFIG_FILE = 'deid-batch.config.json';

/**
 * The options in a configuration file: one JSON object with option keys such as `maxDocsPerBatch`.
 * The default file may be absent. Throws ConfigFileUnreadable.
 */
export async function readConfigFile(path: string | undefined): Promise<GivenOptions> {
  const file = path ?? DEFAULT_CONFIG_FILE;
  const unreadable: Unreadable = (what, hint, cause) =>
    new DeidBatchError('ConfigFileUnreadable', `The configuration file ${file} ${what}.`, {
      hint,
      cause,
    });
  const content = await readFile(file, 'utf8').catch((cause) => {
    if (path === undefined && cause.code === 'ENOENT') return '{}';
    throw unreadable('cannot be read', 'Check the path and the permissions.', cause);
  });
  const given = parseObject(content, unreadable);
  const unknown = Object.keys(given).filter((key) => !OPTION_KEYS.some((known) => known === key));
  if (unknown.length > 0) {
    throw unreadable(
      `holds unknown keys: ${unknown.join(', ')}`,
      `Known keys: ${OPTION_KEYS.join(', ')}.`,
    );
  }
  return given;
}

type Unreadable = (what: string, hint: string, cause?: unknown) => DeidBatchError;

function parseObject(content: string, unreadable: Unreadable): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (cause) {
    throw unreadable('is not JSON', 'Check its commas and quotes.', cause);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw unreadable('does not hold a JSON object', 'Write { "source": "https://...", ... }.');
}
