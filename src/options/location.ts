import { DeidBatchError } from '../errors/deid-batch-error.ts';
import type { Location } from '../model/location.ts';

/**
 * The https URL in `text`, in canonical form. `what` names the option in messages, which never
 * show the URL itself: it may hold a secret. Throws InvalidUrl, InsecureUrl or SecretInUrl.
 */
export function parseHttpsUrl(text: string, what: string): URL {
  // Looked for in the text, since what carries a key need not be a URL at all.
  if (/(AccountKey|SharedAccessSignature|[?&;]sig)=/i.test(text)) throw secretInUrl(what);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || url.host === '') {
    throw new DeidBatchError('InvalidUrl', `${what} is not a URL.`, {
      hint: 'Give a full URL that begins with https://.',
    });
  }
  if (url.username !== '' || url.password !== '') throw secretInUrl(what);
  if (url.protocol === 'http:') {
    throw new DeidBatchError('InsecureUrl', `${what} begins with http://, not https://.`, {
      hint: 'Use https://; a token is never sent over an unencrypted connection.',
    });
  }
  if (url.protocol !== 'https:') {
    throw new DeidBatchError('InvalidUrl', `${what} does not begin with https://.`, {
      hint: 'Give a full URL that begins with https://.',
    });
  }
  if (url.search !== '' || url.hash !== '') {
    throw new DeidBatchError('InvalidUrl', `${what} has a query or a fragment.`, {
      hint: 'Give the plain URL, without ? and #.',
    });
  }
  return url;
}

/** The service's endpoint without a trailing slash; throws as {@link parseHttpsUrl}. */
export function parseEndpoint(text: string, what: string): string {
  const url = parseHttpsUrl(text, what);
  if (url.pathname !== '/') {
    throw new DeidBatchError('InvalidUrl', `${what} has a path.`, {
      hint: "Give the service's endpoint only, such as https://<id>.api.<region>.deid.azure.com.",
    });
  }
  return url.origin;
}

const CONTAINER = /^(\$root|\$web|(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9])$/;
const IP_ADDRESS = /^(\d+\.\d+\.\d+\.\d+|\[.*\]|localhost)$/;

/**
 * The container and the prefix in a URL such as `https://account.blob.core.windows.net/c/a/b`.
 * A prefix is taken as a folder: it ends in `/`. Where the host is an address, the first segment
 * of the path is the account, as in the storage emulator.
 */
export function parseLocation(text: string, what: string): Location {
  const url = parseHttpsUrl(text, what);
  const segments = url.pathname.slice(1).split('/');
  const depth = IP_ADDRESS.test(url.hostname) ? 2 : 1;
  const account = segments.slice(0, depth);
  if (!CONTAINER.test(account.at(-1) ?? '') || account.length < depth) {
    throw new DeidBatchError('InvalidUrl', `${what} names no container.`, {
      hint: 'Give https://<account>.blob.core.windows.net/<container>.',
    });
  }
  const prefix = decode(segments.slice(depth).join('/'), what);
  return {
    location: [url.origin, ...account].join('/'),
    prefix: prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`,
  };
}

/** The container in a URL that may name nothing below it. */
export function parseContainer(text: string, what: string): string {
  const { location, prefix } = parseLocation(text, what);
  if (prefix !== '') {
    throw new DeidBatchError('InvalidUrl', `${what} goes on after the container.`, {
      hint: "Give the container only, and choose the blobs with --pattern 'folder/**'.",
    });
  }
  return location;
}

function decode(text: string, what: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new DeidBatchError('InvalidUrl', `${what} is not percent-encoded correctly.`, {
      hint: 'Write a percent sign as %25.',
      cause,
    });
  }
}

function secretInUrl(what: string): DeidBatchError {
  return new DeidBatchError('SecretInUrl', `${what} carries a SAS token, a key or a password.`, {
    hint: 'Remove it: deid-batch authenticates with a managed identity only. Treat the secret as exposed and rotate it.',
  });
}
