import { readFileSync } from 'node:fs';
import { request as requestHttps } from 'node:https';
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { STABLE_API_VERSION } from '../../../src/wire/api-version.ts';
import type { WireError } from '../../../src/wire/error-body.ts';
import type { JobSummary } from '../../../src/wire/job.ts';

/** What any body of the service may hold. */
export interface AnswerBody {
  name?: string;
  status?: string;
  error?: WireError;
  summary?: JobSummary;
  createdAt?: string;
  startedAt?: string;
  lastUpdatedAt?: string;
  customizations?: object;
  value?: AnswerItem[];
  nextLink?: string;
  outputText?: string;
  taggerResult?: { documentVersion: string; entities: { category: string; text: string }[] };
}

/** A job or a document in a list. */
export interface AnswerItem extends AnswerBody {
  id?: string;
  input?: { location: string; eTag: string };
  output?: { location: string; eTag: string };
}

/** One answer of the service. */
export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** Empty when there was none. */
  body: AnswerBody;
}

export type CallService = (
  method: string,
  path: string,
  options?: { body?: unknown; version?: string; headers?: Record<string, string> },
) => Promise<Answer>;

/** Calls the emulated service over HTTPS as the identity that may do everything. */
export async function createServiceCaller(emulator: Emulator): Promise<CallService> {
  const ca = readFileSync(emulator.caFile);
  const token = await emulator.adminCredential.getToken('https://deid.azure.com/.default');

  return (method, path, { body, version = STABLE_API_VERSION, headers } = {}) =>
    new Promise((resolve, reject) => {
      const separator = path.includes('?') ? '&' : '?';
      const url = path.startsWith('https:')
        ? path
        : `${emulator.serviceEndpoint}${path}${separator}api-version=${version}`;
      const outgoing = requestHttps(
        url,
        {
          method,
          ca,
          headers: {
            authorization: `Bearer ${token?.token}`,
            'content-type': 'application/json',
            ...headers,
          },
        },
        async (incoming) => {
          const text = Buffer.concat(await incoming.toArray()).toString();
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            body: text === '' ? {} : JSON.parse(text),
          });
        },
      );
      outgoing.once('error', reject);
      outgoing.end(body === undefined ? undefined : JSON.stringify(body));
    });
}

/**
 * Reads `path` until `accepts` its body. Each read sets the emulator's clock forward, by so much
 * that the reads are not throttled.
 */
export async function pollUntil(
  { emulator, call }: { emulator: Emulator; call: CallService },
  path: string,
  accepts: (body: AnswerBody) => boolean,
  stepMs = 200,
): Promise<AnswerBody> {
  for (let reads = 0; reads < 2000; reads += 1) {
    const { body } = await call('GET', path);
    if (accepts(body)) return body;
    emulator.advance(stepMs);
  }
  throw new Error(`${path} did not come to the expected state`);
}

/** Whether a job has ended. */
export function hasEnded({ status = '' }: AnswerBody): boolean {
  return ['Succeeded', 'Failed', 'Canceled', 'PartialFailed'].includes(status);
}
