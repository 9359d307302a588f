import type { JobRequest, JobResource } from './job.ts';

const DEFAULT_LOCALE = 'en-US';
const DEFAULT_REDACTION_FORMAT = '[{type}]';

/**
 * Whether a job that the service reports was made from `sent`. The service echoes defaults that
 * were left out, may send a locale as null, and may add or drop a slash at the end of a container
 * URL; names and enumerations it echoes as it understood them.
 */
export function isSameRequest(sent: JobRequest, found: JobResource): boolean {
  return JSON.stringify(normalise(sent)) === JSON.stringify(normalise(found));
}

function normalise(job: JobRequest | JobResource): unknown {
  const { sourceLocation: source, targetLocation: target, operation } = job;
  const custom = job.customizations ?? {};
  return [
    trimSlash(source.location),
    source.prefix,
    [...source.extensions].sort(),
    trimSlash(target.location),
    target.prefix,
    target.overwrite,
    operation.toLowerCase(),
    // Each operation reads only its own customisation; the service may echo null for the other.
    operation.toLowerCase() === 'redact'
      ? (custom.redactionFormat ?? DEFAULT_REDACTION_FORMAT)
      : null,
    operation.toLowerCase() === 'surrogate' ? (custom.surrogateLocale ?? DEFAULT_LOCALE) : null,
    custom.inputLocale ?? DEFAULT_LOCALE,
  ];
}

function trimSlash(location: string): string {
  return location.replace(/\/+$/, '');
}
