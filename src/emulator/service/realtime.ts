import { randomBytes } from 'node:crypto';
import { type ApiVersion, PREVIEW_API_VERSION } from '../../wire/api-version.ts';
import { deidentifyText, replaceEntities, tagText } from '../engine/engine.ts';
import { renderTaggerResult } from './apply-operation.ts';
import { DEFAULT_REDACTION_FORMAT, readCustomizations } from './customizations.ts';
import { parseJsonBody } from './parse-json-body.ts';
import { type RequestFields, readFields } from './request-fields.ts';
import { createJsonResponse } from './responses.ts';
import type { OperationHandler } from './service-context.ts';
import { createFailure } from './service-failure.ts';
import { type GivenEntities, locateEntities, readGivenEntities } from './tagged-entities.ts';

/** Limits of the route (documented). */
const MAX_REQUEST_BYTES = 50_000;
const MAX_INPUT_CHARACTERS = 48_000;

const OPERATIONS = ['Surrogate', 'Redact', 'Tag'] as const;
const PREVIEW_OPERATIONS = [...OPERATIONS, 'SurrogateOnly'] as const;

interface TextRequest {
  inputText: string;
  operation: (typeof PREVIEW_OPERATIONS)[number];
  redactionFormat: string;
  /** Only with SurrogateOnly. */
  entities: GivenEntities | undefined;
}

/** `POST /deid`: one text. Every call is a surrogate scope of its own (documented). */
export const deidentifyInput: OperationHandler = ({ body, version }) => {
  if (body.byteLength > MAX_REQUEST_BYTES) {
    throw createFailure(413, 'RequestEntityTooLarge', 'The request is larger than 50 KB.');
  }
  const request = readFields(parseJsonBody(body), (fields) => readTextRequest(fields, version));
  const { inputText, operation, redactionFormat, entities } = request;
  const jobKey = randomBytes(32);
  switch (operation) {
    case 'Tag':
      return createJsonResponse({ taggerResult: renderTaggerResult(tagText(inputText)) });
    case 'SurrogateOnly':
      return createJsonResponse({
        outputText: replaceEntities(
          inputText,
          entities ? locateEntities(inputText, entities) : [],
          {
            operation: 'Surrogate',
            jobKey,
            redactionFormat,
          },
        ),
      });
    default:
      return createJsonResponse({
        outputText: deidentifyText(inputText, { operation, jobKey, redactionFormat }),
      });
  }
};

function readTextRequest(fields: RequestFields, version: ApiVersion): TextRequest {
  fields.require('InputText');
  const inputText = fields.text('InputText', { max: MAX_INPUT_CHARACTERS });
  const known = version === PREVIEW_API_VERSION ? PREVIEW_OPERATIONS : OPERATIONS;
  const operation = fields.choice('Operation', known) ?? 'Surrogate';
  const customizations = readCustomizations(fields.section('Customizations'), version);
  return {
    inputText: inputText ?? '',
    operation,
    redactionFormat: customizations.redactionFormat ?? DEFAULT_REDACTION_FORMAT,
    entities: operation === 'SurrogateOnly' ? readGivenEntities(fields) : undefined,
  };
}
