import type { EmulatedRequest } from './http.ts';
import type { EmulatedIdentity, RoleName } from './identities.ts';

/** What a request does to a container, or to the account when it names none. */
export interface StorageAccess {
  container: string | undefined;
  kind: 'read' | 'write';
}

// A contributor may read as well.
const ROLES: Record<StorageAccess['kind'], readonly RoleName[]> = {
  read: ['Storage Blob Data Reader', 'Storage Blob Data Contributor'],
  write: ['Storage Blob Data Contributor'],
};

/** Whether a role of `identity` allows `access`, for its container or for the whole account. */
export function isGranted(identity: EmulatedIdentity, access: StorageAccess): boolean {
  return identity.roles.some(
    ({ role, container }) =>
      ROLES[access.kind].includes(role) &&
      (container === undefined || container === access.container),
  );
}

/** What `request` does to the container in its path; undefined when its path cannot be decoded. */
export function readAccess({ method, target }: EmulatedRequest): StorageAccess | undefined {
  const location = readLocation(target.split('?')[0] ?? '');
  if (!location) return undefined;
  const kind = method === 'GET' || method === 'HEAD' ? 'read' : 'write';
  return { container: location.container, kind };
}

/**
 * The container that `request` copies from: undefined when it copies nothing, 'elsewhere' when the
 * source is not in this account.
 */
export function readCopySource({
  headers,
}: EmulatedRequest): StorageAccess | 'elsewhere' | undefined {
  const source = headers['x-ms-copy-source'];
  if (typeof source !== 'string') return undefined;
  const url = URL.canParse(source) ? new URL(source) : undefined;
  const location = url && readLocation(url.pathname);
  const isHere = url?.port === new URL(`https://${headers.host}`).port;
  if (!location?.container || !isHere) return 'elsewhere';
  return { container: location.container, kind: 'read' };
}

/** Decoded before it is split, as Azurite does it: `a%2Fb` names container `a` there too. */
function readLocation(path: string): { container: string | undefined } | undefined {
  try {
    const [, , container] = decodeURIComponent(path).split('/');
    return { container: container || undefined };
  } catch {
    return undefined;
  }
}
