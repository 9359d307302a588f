import { Readable } from 'node:stream';
import type { Clock } from '../../../src/clock.ts';
import { createAdvanceableClock } from '../../../src/emulator/advanceable-clock.ts';
import type { EmulatedIdentity, RoleName } from '../../../src/emulator/identities.ts';
import { type Behaviour, DEFAULT_BEHAVIOUR } from '../../../src/emulator/service/behaviour.ts';
import { createServiceHandler } from '../../../src/emulator/service/service.ts';
import { createEmulatedCredential, createTokenAuthority } from '../../../src/emulator/tokens.ts';
import { STABLE_API_VERSION } from '../../../src/wire/api-version.ts';
import type { Answer, CallService } from './call-service.ts';

/** Time stands still until a test advances it; a sleep ends by that or by its signal. */
const standingClock: Clock = {
  nowMs: () => Date.UTC(2026, 0, 5, 9),
  monotonicMs: () => 0,
  sleep: (_ms, signal) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    }),
};

/** A request body that makes a job; `changes` replace its parts. */
export function createJobBody(changes: object = {}): object {
  return {
    sourceLocation: { location: 'https://storage.test/source', prefix: 'notes/' },
    targetLocation: { location: 'https://storage.test/target', prefix: 'out/' },
    ...changes,
  };
}

/**
 * The service's handler without sockets on a clock that stands still, for everything that is
 * decided before a job works: no job of it ever reaches storage.
 */
export function createStandingService(
  options: { behaviour?: Partial<Behaviour>; roles?: RoleName[] } = {},
) {
  const { behaviour = {}, roles = ['DeID Data Owner'] } = options;
  const clock = createAdvanceableClock(standingClock);
  const identity: EmulatedIdentity = {
    kind: 'user',
    objectId: 'caller',
    clientId: 'client',
    resourceId: '/caller',
    roles: roles.map((role) => ({ role })),
  };
  const authority = createTokenAuthority({ identities: [identity], clock: standingClock });
  const service = createServiceHandler({
    clock,
    authority,
    storageCredential: createEmulatedCredential(authority, identity),
    ca: '',
    origin: () => 'https://service.test',
    behaviour: { ...DEFAULT_BEHAVIOUR, ...behaviour },
    speed: 1,
  });
  const bearer = (audience = 'https://deid.azure.com', lifetimeMs = 60_000): string =>
    `Bearer ${authority.issue({ identity, audience, lifetimeMs }).token}`;

  const call: CallService = async (method, path, request = {}): Promise<Answer> => {
    const { body, version = STABLE_API_VERSION, headers } = request;
    const { pathname, search } = new URL(path, 'https://service.test');
    const separator = search ? '&' : '?';
    const target = search.includes('api-version=')
      ? `${pathname}${search}`
      : `${pathname}${search}${separator}api-version=${version}`;
    const response = await service.handler({
      method,
      target,
      headers: { authorization: bearer(), ...headers },
      body: Readable.from(body === undefined ? [] : [JSON.stringify(body)]),
    });
    return {
      status: response.status,
      headers: response.headers ?? {},
      body: typeof response.body === 'string' ? JSON.parse(response.body) : {},
    };
  };
  return { service, call, clock, bearer };
}
