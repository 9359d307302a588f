import type { PipelineResponse } from '@azure/core-rest-pipeline';
import { DeidBatchError } from '../errors/deid-batch-error.ts';
import { parseErrorBody } from '../wire/error-body.ts';
import { WireFormatError } from '../wire/wire-format-error.ts';

export interface ServiceAttempt {
  endpoint: string;
  /** What was tried, as in "may not create a job". */
  doing: string;
  describeIdentity(): string;
}

/** What an unsuccessful answer of the service means. */
export function toServiceError(
  response: PipelineResponse,
  attempt: ServiceAttempt,
): DeidBatchError {
  const { status } = response;
  const { endpoint, doing } = attempt;
  if (status === 401 || status === 403) {
    return new DeidBatchError(
      'ServiceAccessDenied',
      `The service at ${endpoint} does not let ${attempt.describeIdentity()} ${doing} (HTTP ${status}).`,
      {
        hint: 'Assign it the role "DeID Batch Data Owner" on the de-identification service (an assignment takes up to 10 minutes to work).',
      },
    );
  }
  if (status === 408 || status === 429 || status >= 500) {
    return new DeidBatchError(
      'ServiceUnavailable',
      `The service at ${endpoint} answered HTTP ${status} when asked to ${doing}.`,
      { hint: 'Try again later.' },
    );
  }
  return new DeidBatchError(
    'JobRejected',
    `The service at ${endpoint} refused to ${doing}: HTTP ${status}${describeFault(response)}.`,
    { hint: 'Check --service, and the values that are passed to it (operation, locales, format).' },
  );
}

/** The service's code and the fields it names; its messages stay out, they may quote a value. */
function describeFault(response: PipelineResponse): string {
  const fault = parseErrorBody(parseJson(response));
  if (!fault) return '';
  const fields = (fault.details ?? []).flatMap((detail) => detail.target ?? []);
  return fields.length === 0 ? ` ${fault.code}` : ` ${fault.code} (${fields.join(', ')})`;
}

/** The code of the service's own error in a response; undefined when there is none. */
export function readErrorCode(response: PipelineResponse): string | undefined {
  return parseErrorBody(parseJson(response))?.code;
}

/** The body as `parse` reads it; throws UnexpectedAnswer when it does not have that shape. */
export function understandBody<T>(response: PipelineResponse, parse: (body: unknown) => T): T {
  try {
    return parse(parseJson(response));
  } catch (error) {
    if (error instanceof WireFormatError) throw unexpectedAnswer(error.message, error);
    throw error;
  }
}

/** An answer that is not what the service is documented to give. */
export function unexpectedAnswer(message: string, cause?: unknown): DeidBatchError {
  return new DeidBatchError('UnexpectedAnswer', message, {
    hint: 'Check that --service is a de-identification service and that no proxy answers for it.',
    cause,
  });
}

function parseJson(response: PipelineResponse): unknown {
  try {
    return JSON.parse(response.bodyAsText ?? '');
  } catch {
    return undefined;
  }
}
