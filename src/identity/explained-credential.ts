import type { AccessToken, GetTokenOptions, TokenCredential } from '@azure/core-auth';
import { DeidBatchError } from '../errors/deid-batch-error.ts';

/** A credential whose failures say what to do, and that knows who it speaks for. */
export interface ExplainedCredential extends TokenCredential {
  /** The identity of the last token, for messages: its object id. Never the token. */
  describe(): string;
}

/** Wraps any credential, so that every failure is IdentityUnavailable or TokenRefused. */
export function explainCredential(
  credential: TokenCredential,
  kind: CredentialKind = 'given',
): ExplainedCredential {
  let holder = 'the identity';
  return {
    describe: () => holder,
    async getToken(scopes: string | string[], options?: GetTokenOptions) {
      const token = await requestToken(credential, { kind, scopes, options });
      holder = describeHolder(token);
      return token;
    },
  };
}

interface TokenCall {
  kind: CredentialKind;
  scopes: string | string[];
  options: GetTokenOptions | undefined;
}

async function requestToken(
  credential: TokenCredential,
  { kind, scopes, options }: TokenCall,
): Promise<AccessToken> {
  let token: AccessToken | null;
  try {
    // Not every credential listens to the signal while its endpoint keeps it waiting.
    token = await raceAbort(credential.getToken(scopes, options), options?.abortSignal);
  } catch (error) {
    throw toIdentityError(error, kind);
  }
  if (token) return token;
  throw new DeidBatchError('TokenRefused', 'The credential gave no token.', {
    hint: 'Check the credential that was passed in: getToken must resolve with a token.',
  });
}

/** The result of `work`, or a rejection as soon as the signal aborts. */
async function raceAbort<T>(work: Promise<T>, signal: GetTokenOptions['abortSignal']): Promise<T> {
  if (!signal) return work;
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(new DOMException('The wait for a token was aborted.', 'AbortError'));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Where a credential comes from. */
export type CredentialKind = 'managed-identity' | 'azure-cli' | 'default' | 'given';

const UNAVAILABLE: Record<CredentialKind, { message: string; hint: string }> = {
  'managed-identity': {
    message: 'No managed identity endpoint answers here.',
    hint: 'Run where Azure provides a managed identity (VM, App Service, Functions, Container Apps, AKS), or use --auth azure-cli on a developer machine.',
  },
  'azure-cli': { message: 'The Azure CLI gives no token.', hint: 'Run az login.' },
  default: {
    message: 'No credential of this machine gives a token.',
    hint: 'Log in with az login, or use --auth managed-identity where there is one.',
  },
  given: {
    message: 'The credential that was passed in gives no token.',
    hint: 'See the cause of this error.',
  },
};

function toIdentityError(error: unknown, kind: CredentialKind): unknown {
  if (error instanceof DeidBatchError || !(error instanceof Error)) return error;
  if (error.name === 'AbortError') return error;
  if (isRefusal(error)) {
    return new DeidBatchError(
      'TokenRefused',
      `The identity endpoint refused to give a token${describeStatus(error)}.`,
      {
        hint: 'Check that the identity is assigned to this machine or app: --identity takes the client id of a user-assigned identity, system the system-assigned one.',
        cause: error,
      },
    );
  }
  return new DeidBatchError('IdentityUnavailable', UNAVAILABLE[kind].message, {
    hint: UNAVAILABLE[kind].hint,
    cause: error,
  });
}

function isRefusal(error: Error): boolean {
  return REFUSALS.has(error.name) || statusOf(error) !== undefined;
}

/** An endpoint that answered, though with no token. */
const REFUSALS = new Set(['AuthenticationError', 'AuthenticationRequiredError']);

function describeStatus(error: Error): string {
  const status = statusOf(error);
  return status === undefined ? '' : ` (HTTP ${status})`;
}

/**
 * The HTTP status that the endpoint answered with. The managed identity reports every failure as
 * "unavailable"; whether the endpoint answered shows only in what caused that.
 */
function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  const status = 'statusCode' in error ? error.statusCode : 'status' in error && error.status;
  if (typeof status === 'number' && status >= 400) return status;
  return statusOf(error.cause);
}

/** Reads who a token is for. Only for messages: nobody relies on what an unchecked token says. */
function describeHolder({ token }: AccessToken): string {
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
    const { oid } = JSON.parse(payload) as { oid?: unknown };
    return typeof oid === 'string' ? `the identity with object id ${oid}` : 'the identity';
  } catch {
    return 'the identity';
  }
}
