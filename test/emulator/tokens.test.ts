import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createRunnerIdentities } from '../../src/emulator/default-identities.ts';
import type { EmulatedIdentity } from '../../src/emulator/identities.ts';
import { createTokenAuthority, readClaimedObjectId } from '../../src/emulator/tokens.ts';

const audience = 'https://storage.azure.com';
const [runner, stranger] = createRunnerIdentities() as [EmulatedIdentity, EmulatedIdentity];

const createAuthority = (nowMs: () => number = Date.now) =>
  createTokenAuthority({ identities: [runner], clock: { ...systemClock, nowMs } });

describe('a token', () => {
  test('is good for the audience it was issued for, with or without a slash', () => {
    const authority = createAuthority();
    const { token } = authority.issue({ identity: runner, audience: `${audience}/` });
    const verdict = authority.verify({ authorization: `Bearer ${token}`, audiences: [audience] });
    expect(verdict).toEqual({ ok: true, identity: runner });
  });

  test('expires when its life is over, to the second', () => {
    let nowMs = 1_700_000_000_000;
    const authority = createAuthority(() => nowMs);
    const { token, expiresAtMs } = authority.issue({
      identity: runner,
      audience,
      lifetimeMs: 5000,
    });
    const request = { authorization: `Bearer ${token}`, audiences: [audience] };
    expect(expiresAtMs).toBe(nowMs + 5000);
    nowMs = expiresAtMs - 1;
    expect(authority.verify(request)).toMatchObject({ ok: true });
    nowMs = expiresAtMs;
    expect(authority.verify(request)).toEqual({ ok: false, reason: 'expired' });
    nowMs = 0;
    expect(authority.verify(request)).toEqual({ ok: false, reason: 'notYetValid' });
  });

  test('names its identity to whoever only reads it', () => {
    const { token } = createAuthority().issue({ identity: runner, audience });
    expect(readClaimedObjectId(`Bearer ${token}`)).toBe(runner.objectId);
    expect(readClaimedObjectId('Bearer x')).toBeUndefined();
    expect(readClaimedObjectId(undefined)).toBeUndefined();
  });
});

describe('refused is', () => {
  const authority = createAuthority();
  const issue = (identity: EmulatedIdentity, from = authority) =>
    `Bearer ${from.issue({ identity, audience }).token}`;

  test.each([
    ['missing', undefined],
    ['missing', ''],
    ['malformed', 'Basic abc'],
    ['malformed', 'Bearer a.b.c'],
    ['malformed', 'SharedKey devstoreaccount1:abc'],
    ['signature', issue(runner, createAuthority())],
    ['signature', `${issue(runner)}A`],
    ['unknownIdentity', issue(stranger)],
  ])('%s: %s', (reason, authorization) => {
    const verdict = authority.verify({ authorization, audiences: [audience] });
    expect(verdict).toEqual({ ok: false, reason });
  });

  test('a token for another audience', () => {
    const verdict = authority.verify({
      authorization: issue(runner),
      audiences: ['https://deid.azure.com'],
    });
    expect(verdict).toEqual({ ok: false, reason: 'audience' });
  });
});
