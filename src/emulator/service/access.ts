import type { EmulatedIdentity, RoleName } from '../identities.ts';
import type { TokenAuthority } from '../tokens.ts';
import type { Operation } from './router.ts';
import { ServiceFailure } from './service-failure.ts';

/** Audiences of tokens for the service; the scope is `https://deid.azure.com/.default`. */
const AUDIENCES = ['https://deid.azure.com', 'https://deid.azure.com/'];

const READERS: readonly RoleName[] = [
  'DeID Data Owner',
  'DeID Batch Data Owner',
  'DeID Batch Data Reader',
];
const WRITERS: readonly RoleName[] = ['DeID Data Owner', 'DeID Batch Data Owner'];

/** Who may do what, from the data actions of the built-in roles. */
const ROLES: Readonly<Record<Exclude<Operation, 'checkHealth'>, readonly RoleName[]>> = {
  deidentifyText: ['DeID Data Owner', 'DeID Realtime Data User'],
  listJobs: READERS,
  getJob: READERS,
  listDocuments: READERS,
  submitJob: WRITERS,
  cancelJob: WRITERS,
  deleteJob: WRITERS,
};

/** The caller of `operation`; throws the 401 or 403 that turns away anyone who may not do it. */
export function authorizeRequest(
  authority: TokenAuthority,
  operation: Exclude<Operation, 'checkHealth'>,
  authorization: string | undefined,
): EmulatedIdentity {
  const verified = authority.verify({ authorization, audiences: AUDIENCES });
  if (!verified.ok) {
    throw new ServiceFailure(
      401,
      { code: 'Unauthorized', message: `The token was refused: ${verified.reason}` },
      { 'x-ms-error-code': 'Unauthorized', 'www-authenticate': 'Bearer error="invalid_token"' },
    );
  }
  const allowed = ROLES[operation];
  if (!verified.identity.roles.some(({ role }) => allowed.includes(role))) {
    throw new ServiceFailure(
      403,
      {
        code: 'Forbidden',
        message: `The caller may not do this; one of these roles is needed: ${allowed.join(', ')}.`,
      },
      { 'x-ms-error-code': 'Forbidden' },
    );
  }
  return verified.identity;
}
