import type { ApiVersion } from '../../wire/api-version.ts';
import type { JobRequest, WireOperation } from '../../wire/job.ts';
import { readCustomizations } from './customizations.ts';
import { type RequestFields, readFields } from './request-fields.ts';

const OPERATIONS: readonly WireOperation[] = ['Surrogate', 'Redact', 'Tag'];
const MAX_PREFIX_LENGTH = 1024;

/**
 * The job that the body of a PUT asks for, with the defaults that the service echoes; throws the
 * recorded 400 for one that breaks the model. SurrogateOnly is refused: a job has no entities.
 */
export function parseJobRequest(json: unknown, version: ApiVersion): JobRequest {
  return readFields(json, (fields): JobRequest => {
    fields.require('SourceLocation');
    fields.require('TargetLocation');
    const source = fields.section('SourceLocation');
    const target = fields.section('TargetLocation');
    const extensions = source?.texts('Extensions');
    if (extensions?.length === 0) {
      source?.refuse('Extensions', 'Extensions must have at least one item.');
    }
    return {
      sourceLocation: {
        location: readLocation(source),
        prefix: source?.text('Prefix', { max: MAX_PREFIX_LENGTH }) ?? '',
        extensions: extensions ?? ['*'],
      },
      targetLocation: {
        location: readLocation(target),
        prefix: target?.text('Prefix', { max: MAX_PREFIX_LENGTH }) ?? '',
        overwrite: target?.flag('Overwrite') ?? false,
      },
      operation: fields.choice('Operation', OPERATIONS) ?? 'Surrogate',
      customizations: readCustomizations(fields.section('Customizations'), version),
    };
  });
}

function readLocation(fields: RequestFields | undefined): string {
  const location = fields?.text('Location') ?? '';
  // The wording of 2025 recordings.
  if (!URL.canParse(location)) {
    fields?.refuse('Location', 'Location must be a valid Absolute URI.');
  }
  return location;
}
