import {
  type ApiVersion,
  PREVIEW_API_VERSION,
  STABLE_API_VERSION,
} from '../../wire/api-version.ts';
import { ServiceFailure } from './service-failure.ts';

/**
 * The api-version of `query`; throws 400 for none or an unknown one. No recording shows either: the
 * codes follow the convention of ASP.NET API versioning.
 */
export function readApiVersion(query: URLSearchParams, unknownVersionCode: string): ApiVersion {
  const version = query.get('api-version');
  if (version === STABLE_API_VERSION || version === PREVIEW_API_VERSION) return version;
  throw new ServiceFailure(
    400,
    version
      ? { code: unknownVersionCode, message: 'The requested api-version is not supported.' }
      : {
          code: 'MissingApiVersionParameter',
          message: 'The query parameter api-version is required.',
        },
  );
}
