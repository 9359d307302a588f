import { randomUUID } from 'node:crypto';
import type { EmulatedResponse } from './http.ts';
import { TENANT_ID, type TokenRefusal } from './tokens.ts';

/** The audience of tokens for Azure Storage. */
export const STORAGE_AUDIENCE = 'https://storage.azure.com';

const UNAUTHENTICATED =
  'Server failed to authenticate the request. Please refer to the information in the www-authenticate header.';

const FORBIDDEN = 'This request is not authorized to perform this operation using this permission.';

const DETAILS: Record<Exclude<TokenRefusal, 'missing'>, string> = {
  malformed: 'The token is malformed.',
  signature: 'Signature validation failed.',
  audience: 'Audience validation failed. Audience did not match.',
  expired: 'Lifetime validation failed. The token is expired.',
  notYetValid: 'Lifetime validation failed. The token is not yet valid.',
  unknownIdentity: 'The identity does not exist in this tenant.',
};

/** Azure Storage's answer to a request whose token it does not take. */
export function refuseToken(reason: TokenRefusal): EmulatedResponse {
  const challenge = `Bearer authorization_uri=https://login.microsoftonline.com/${TENANT_ID}/oauth2/authorize resource_id=${STORAGE_AUDIENCE}`;
  const refusal =
    reason === 'missing'
      ? renderStorageError(401, 'NoAuthenticationInformation', UNAUTHENTICATED)
      : renderStorageError(401, 'InvalidAuthenticationInfo', UNAUTHENTICATED, DETAILS[reason]);
  return { ...refusal, headers: { ...refusal.headers, 'WWW-Authenticate': challenge } };
}

/** Azure Storage's answer to a caller who lacks the role. */
export function refuseAccess(): EmulatedResponse {
  return renderStorageError(403, 'AuthorizationPermissionMismatch', FORBIDDEN);
}

/** Azure Storage's answer to a copy whose source the caller may not read, or that is not here. */
export function refuseCopySource(reason: 'forbidden' | 'notFound'): EmulatedResponse {
  return reason === 'forbidden'
    ? renderStorageError(403, 'CannotVerifyCopySource', FORBIDDEN)
    : renderStorageError(404, 'CannotVerifyCopySource', 'The specified resource does not exist.');
}

/** Azure Storage's answer to a path that cannot be decoded. */
export function refuseUri(): EmulatedResponse {
  return renderStorageError(
    400,
    'InvalidUri',
    'The requested URI does not represent any resource on the server.',
  );
}

/** An error as Azure Storage words it: XML, and the code in a header too, for HEAD has no body. */
function renderStorageError(
  status: number,
  code: string,
  message: string,
  detail?: string,
): EmulatedResponse {
  const requestId = randomUUID();
  const details = detail ? `<AuthenticationErrorDetail>${detail}</AuthenticationErrorDetail>` : '';
  return {
    status,
    headers: {
      'Content-Type': 'application/xml',
      'x-ms-error-code': code,
      'x-ms-request-id': requestId,
    },
    body: `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${message}\nRequestId:${requestId}</Message>${details}</Error>`,
  };
}
