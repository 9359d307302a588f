import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { TokenCredential } from '@azure/core-auth';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { EmulatedIdentity } from './identities.ts';

/** The tenant that all emulated identities belong to. */
export const TENANT_ID = 'e0000000-0000-4000-8000-000000000000';

/** Life of a managed identity's token in Azure. */
export const DEFAULT_TOKEN_LIFETIME_MS = 24 * 60 * 60 * 1000;

export interface IssuedToken {
  token: string;
  /** Milliseconds since the Unix epoch. */
  expiresAtMs: number;
}

export type TokenRefusal =
  | 'missing'
  | 'malformed'
  | 'expired'
  | 'notYetValid'
  | 'audience'
  | 'unknownIdentity'
  | 'signature';

export type TokenVerdict =
  | { ok: true; identity: EmulatedIdentity }
  | { ok: false; reason: TokenRefusal };

/** Issues and checks the tokens of one emulator. */
export interface TokenAuthority {
  /** A token for `audience`, e.g. `https://storage.azure.com`, that Azurite takes as well. */
  issue(options: {
    identity: EmulatedIdentity;
    audience: string;
    /** Zero or less gives a token that has expired already. */
    lifetimeMs?: number;
  }): IssuedToken;
  /** Who sent the `Authorization` header, if its token is good for one of `audiences`. */
  verify(request: {
    authorization: string | undefined;
    audiences: readonly string[];
  }): TokenVerdict;
}

const claimsSchema = z.object({
  aud: z.string(),
  oid: z.string(),
  nbf: z.number(),
  exp: z.number(),
});

/** An authority with a key of its own: tokens of another emulator are refused. */
export function createTokenAuthority(options: {
  identities: readonly EmulatedIdentity[];
  clock: Clock;
}): TokenAuthority {
  const key = randomBytes(32);
  const sign = (content: string) => createHmac('sha256', key).update(content).digest();

  return {
    issue({ identity, audience, lifetimeMs = DEFAULT_TOKEN_LIFETIME_MS }) {
      const issuedAt = Math.floor(options.clock.nowMs() / 1000);
      const expiresAt = issuedAt + Math.ceil(lifetimeMs / 1000);
      const content = [
        { typ: 'JWT', alg: 'HS256' },
        {
          aud: audience,
          iss: `https://sts.windows.net/${TENANT_ID}/`,
          iat: issuedAt,
          nbf: issuedAt,
          exp: expiresAt,
          appid: identity.clientId,
          oid: identity.objectId,
          sub: identity.objectId,
          tid: TENANT_ID,
          xms_mirid: identity.resourceId,
        },
      ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
      const signature = sign(content.join('.')).toString('base64url');
      return { token: [...content, signature].join('.'), expiresAtMs: expiresAt * 1000 };
    },

    verify({ authorization, audiences }) {
      const refuse = (reason: TokenRefusal): TokenVerdict => ({ ok: false, reason });
      if (!authorization) return refuse('missing');
      const token = splitToken(authorization);
      if (!token) return refuse('malformed');
      if (!isSame(sign(token.content), token.signature)) return refuse('signature');

      const { aud, oid, nbf, exp } = token.claims;
      const now = options.clock.nowMs() / 1000;
      if (now < nbf) return refuse('notYetValid');
      if (now >= exp) return refuse('expired');
      if (!audiences.some((audience) => trimSlash(audience) === trimSlash(aud))) {
        return refuse('audience');
      }
      const identity = options.identities.find(({ objectId }) => objectId === oid);
      return identity ? { ok: true, identity } : refuse('unknownIdentity');
    },
  };
}

/** A credential of `identity` that asks `authority` directly, without an identity endpoint. */
export function createEmulatedCredential(
  authority: TokenAuthority,
  identity: EmulatedIdentity,
): TokenCredential {
  return {
    async getToken(scopes) {
      const scope = typeof scopes === 'string' ? scopes : (scopes[0] ?? '');
      const issued = authority.issue({ identity, audience: scope.replace(/\/\.default$/, '') });
      return { token: issued.token, expiresOnTimestamp: issued.expiresAtMs };
    },
  };
}

/** The object id that the token in `authorization` claims, without checking anything. */
export function readClaimedObjectId(authorization: string | undefined): string | undefined {
  return authorization ? splitToken(authorization)?.claims.oid : undefined;
}

function splitToken(authorization: string) {
  const [, content, payload, signature] =
    /^Bearer ([\w-]+\.([\w-]+))\.([\w-]+)$/i.exec(authorization) ?? [];
  if (!content || !payload || !signature) return undefined;
  try {
    const claims = claimsSchema.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
    return { content, claims, signature: Buffer.from(signature, 'base64url') };
  } catch {
    return undefined;
  }
}

function isSame(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}

function trimSlash(audience: string): string {
  return audience.replace(/\/$/, '');
}
