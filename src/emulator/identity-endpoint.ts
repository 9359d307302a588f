import { randomUUID, timingSafeEqual } from 'node:crypto';
import type { EmulatedResponse, Handler } from './http.ts';
import type { EmulatedIdentity } from './identities.ts';
import type { TokenAuthority } from './tokens.ts';

/** Where the identity endpoint answers. */
export const IDENTITY_PATH = '/msi/token';

const API_VERSION = '2019-08-01';

const RESOURCES = [
  'https://deid.azure.com',
  'https://storage.azure.com',
  'https://management.azure.com',
  'https://management.core.windows.net',
];

/** Query parameters that choose a user-assigned identity, and what they are compared with. */
const SELECTORS = [
  ['client_id', 'clientId'],
  ['mi_res_id', 'resourceId'],
  ['principal_id', 'objectId'],
  ['object_id', 'objectId'],
] as const satisfies readonly (readonly [string, keyof EmulatedIdentity])[];

/**
 * The managed identity endpoint of App Service and Azure Functions, as its documentation describes
 * api-version 2019-08-01: `X-IDENTITY-HEADER` must hold `secret` (401 otherwise), `client_id`,
 * `mi_res_id` or `principal_id` choose a user-assigned identity, none of them the system-assigned
 * one, and an identity that does not exist gives 400.
 */
export function createIdentityHandler(options: {
  authority: TokenAuthority;
  identities: readonly EmulatedIdentity[];
  secret: string;
  tokenLifetimeMs: number;
}): Handler {
  const { authority, identities, secret, tokenLifetimeMs } = options;
  return async ({ method, target, headers }) => {
    const { pathname, searchParams: query } = new URL(target, 'http://127.0.0.1');
    if (pathname.replace(/\/$/, '') !== IDENTITY_PATH) return refuse(404, 'Not found.');
    if (method !== 'GET') return refuse(405, 'Only GET is allowed.');
    if (!isSecret(headers['x-identity-header'], secret)) {
      return refuse(401, 'The X-IDENTITY-HEADER header is missing or wrong.');
    }
    if (query.get('api-version') !== API_VERSION) {
      return refuse(400, `The api-version must be ${API_VERSION}.`);
    }
    const resource = query.get('resource') ?? '';
    if (!RESOURCES.includes(resource.replace(/\/$/, ''))) {
      return refuse(400, 'AADSTS500011: The resource principal was not found in the tenant.');
    }
    const identity = selectIdentity(identities, query);
    if (!identity) {
      return refuse(
        400,
        'No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.',
      );
    }
    const issued = authority.issue({ identity, audience: resource, lifetimeMs: tokenLifetimeMs });
    return json(200, {
      access_token: issued.token,
      expires_on: String(issued.expiresAtMs / 1000),
      resource,
      token_type: 'Bearer',
      client_id: identity.clientId,
    });
  };
}

function selectIdentity(
  identities: readonly EmulatedIdentity[],
  query: URLSearchParams,
): EmulatedIdentity | undefined {
  const wanted = SELECTORS.flatMap(([parameter, property]) => {
    const value = query.get(parameter);
    return value === null ? [] : [{ property, value: value.toLowerCase() }];
  });
  const kind = wanted.length === 0 ? 'system' : 'user';
  return identities.find(
    (identity) =>
      identity.kind === kind &&
      wanted.every(({ property, value }) => identity[property].toLowerCase() === value),
  );
}

function isSecret(given: string | string[] | undefined, secret: string): boolean {
  if (typeof given !== 'string') return false;
  const [left, right] = [Buffer.from(given), Buffer.from(secret)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function refuse(status: number, message: string): EmulatedResponse {
  return json(status, { statusCode: status, message, correlationId: randomUUID() });
}

function json(status: number, body: unknown): EmulatedResponse {
  return { status, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}
