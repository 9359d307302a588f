import {
  createHttpHeaders,
  createPipelineRequest,
  type HttpMethods,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { DeidBatchError } from '../errors/deid-batch-error.ts';
import { toTransportError } from '../errors/to-transport-error.ts';
import { createServicePipeline, type ServiceConnection } from './pipeline.ts';
import { toServiceError } from './service-error.ts';

export interface Call {
  method: HttpMethods;
  url: string;
  signal: AbortSignal;
  /** JSON. */
  body?: string;
  /** How long to wait for the whole answer; a minute by default. */
  timeoutMs?: number;
}

/** Sends requests to the service and puts failures into our words. */
export interface Transport {
  send(call: Call): Promise<PipelineResponse>;
  /** What an unsuccessful answer means; `doing` is what was tried, as in "create a job". */
  explain(response: PipelineResponse, doing: string): DeidBatchError;
}

const DEFAULT_TIMEOUT_MS = 60_000;

export function createTransport(connection: ServiceConnection): Transport {
  const { endpoint, describeIdentity } = connection;
  const { pipeline, client } = createServicePipeline(connection);
  return {
    async send({ method, url, signal, body, timeoutMs = DEFAULT_TIMEOUT_MS }) {
      const headers = createHttpHeaders({ accept: 'application/json' });
      if (body !== undefined) headers.set('content-type', 'application/json');
      const request = createPipelineRequest({
        method,
        url,
        headers,
        timeout: timeoutMs,
        abortSignal: signal,
        ...(body === undefined ? {} : { body }),
      });
      try {
        return await pipeline.sendRequest(client, request);
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof DeidBatchError) throw error;
        throw toTransportError(error, { kind: 'service', host: new URL(endpoint).host });
      }
    },
    explain: (response, doing) => toServiceError(response, { endpoint, doing, describeIdentity }),
  };
}
