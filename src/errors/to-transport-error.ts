import { DeidBatchError } from './deid-batch-error.ts';

const UNRESOLVED = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME', 'EAI_FAIL']);

const UNTRUSTED = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_REJECTED',
  'CERT_CHAIN_TOO_LONG',
  'CERT_UNTRUSTED',
  'CERT_SIGNATURE_FAILURE',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** What failed to answer: decides the words and the code. */
export interface Peer {
  kind: 'storage' | 'service';
  host: string;
}

/** The failure of a connection, by its system error code: no such host, no trust, no answer. */
export function toTransportError(error: unknown, peer: Peer): DeidBatchError {
  const code = findSystemCode(error);
  if (code !== undefined && UNRESOLVED.has(code)) {
    return new DeidBatchError('HostNotFound', `The host ${peer.host} does not resolve (${code}).`, {
      hint: `Check the URL of the ${peer.kind} for typing errors, and this machine's DNS; a private endpoint resolves only inside its network.`,
      cause: error,
    });
  }
  if (code !== undefined && UNTRUSTED.has(code)) {
    return new DeidBatchError(
      'CertificateNotTrusted',
      `The TLS certificate of ${peer.host} is not trusted (${code}).`,
      {
        hint: 'Behind a TLS-inspecting proxy, give its certificate authority with --ca-file.',
        cause: error,
      },
    );
  }
  return new DeidBatchError(
    peer.kind === 'storage' ? 'StorageUnavailable' : 'ServiceUnavailable',
    `The ${peer.kind} at ${peer.host} does not answer${code === undefined ? '' : ` (${code})`}.`,
    { hint: 'Check the network and try again.', cause: error },
  );
}

/** The system error code of an error or of what caused it. */
function findSystemCode(error: unknown): string | undefined {
  for (let depth = 0, at: unknown = error; depth < 5 && at instanceof Error; depth += 1) {
    const code = 'code' in at ? at.code : undefined;
    if (
      typeof code === 'string' &&
      /^[A-Z][A-Z0-9_]+$/.test(code) &&
      code !== 'REQUEST_SEND_ERROR'
    ) {
      return code;
    }
    at = at.cause;
  }
  return undefined;
}
