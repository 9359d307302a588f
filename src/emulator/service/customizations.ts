import { type ApiVersion, PREVIEW_API_VERSION } from '../../wire/api-version.ts';
import type { JobRequest } from '../../wire/job.ts';
import type { RequestFields } from './request-fields.ts';

/** What redaction writes when the request names no format (documented). */
export const DEFAULT_REDACTION_FORMAT = '[{type}]';

const DEFAULT_LOCALE = 'en-US';
const MAX_REDACTION_FORMAT_LENGTH = 16;
const LOCALES: Readonly<Record<ApiVersion, readonly string[]>> = {
  '2024-11-15': ['en-US'],
  '2025-07-15-preview': ['en-US', 'en-GB', 'fr-CA', 'fr-FR', 'de-DE', 'es-US'],
};

/** The customizations with defaults filled in; invalid ones are noted in `fields`. */
export function readCustomizations(
  fields: RequestFields | undefined,
  version: ApiVersion,
): NonNullable<JobRequest['customizations']> {
  const redactionFormat = fields?.text('RedactionFormat', {
    min: 1,
    max: MAX_REDACTION_FORMAT_LENGTH,
  });
  if (redactionFormat !== undefined && !isRedactionFormat(redactionFormat)) {
    fields?.refuse('RedactionFormat', 'RedactionFormat may use each variable once.');
  }
  return {
    ...(redactionFormat !== undefined && { redactionFormat }),
    surrogateLocale: fields?.choice('SurrogateLocale', LOCALES[version]) ?? DEFAULT_LOCALE,
    ...(version === PREVIEW_API_VERSION && {
      inputLocale: fields?.choice('InputLocale', LOCALES[version]) ?? DEFAULT_LOCALE,
    }),
  };
}

/** Each of `{type}` in its three cases and `{len}` at most once (documented). */
function isRedactionFormat(format: string): boolean {
  return ['{type}', '{Type}', '{TYPE}', '{len}'].every(
    (variable) => format.split(variable).length <= 2,
  );
}
