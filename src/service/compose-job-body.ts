import type { Batch } from '../model/plan.ts';
import { type ApiVersion, PREVIEW_API_VERSION, STABLE_API_VERSION } from '../wire/api-version.ts';
import type { JobRequest, WireOperation } from '../wire/job.ts';

export interface JobOptions {
  operation: 'surrogate' | 'redact' | 'tag';
  surrogateLocale: string;
  inputLocale: string;
  redactionFormat: string;
}

const DEFAULT_LOCALE = 'en-US';

/** The oldest version of the service that knows what these options ask for. */
export function chooseApiVersion({ inputLocale }: JobOptions): ApiVersion {
  return inputLocale === DEFAULT_LOCALE ? STABLE_API_VERSION : PREVIEW_API_VERSION;
}

/** The body of the job for these locations; the same input gives the same bytes. */
export function composeJobBody(
  options: JobOptions,
  { source, target }: Pick<Batch, 'source' | 'target'>,
): string {
  const customizations = composeCustomizations(options);
  const request: JobRequest = {
    sourceLocation: source,
    targetLocation: target,
    operation: WIRE_OPERATIONS[options.operation],
    ...(Object.keys(customizations).length === 0 ? {} : { customizations }),
  };
  return JSON.stringify(request);
}

const WIRE_OPERATIONS: Record<JobOptions['operation'], WireOperation> = {
  surrogate: 'Surrogate',
  redact: 'Redact',
  tag: 'Tag',
};

function composeCustomizations(options: JobOptions): NonNullable<JobRequest['customizations']> {
  const { operation, inputLocale, surrogateLocale, redactionFormat } = options;
  return {
    ...(operation === 'redact' ? { redactionFormat } : {}),
    ...(operation === 'surrogate' ? { surrogateLocale } : {}),
    ...(inputLocale === DEFAULT_LOCALE ? {} : { inputLocale }),
  };
}
