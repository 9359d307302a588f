import { describe, expect, test } from 'vitest';
import { createFaultInjector, type FaultRule, parseFaultRules } from '../../src/emulator/faults.ts';

const hits = (rule: FaultRule, targets: string[], method = 'GET') => {
  const faults = createFaultInjector([rule]);
  return targets.map((target) => faults.take({ server: 'service', method, target }) !== undefined);
};

describe('a path', () => {
  test('with a placeholder stands for one segment, whatever the query', () => {
    const targets = ['/jobs/a', '/jobs/a?x=1', '/jobs', '/jobs/a/documents', '/jobs/a:cancel'];
    expect(hits({ path: '/jobs/{name}', status: 500 }, targets)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(hits({ path: '/jobs/{name}:cancel', status: 500 }, targets)[4]).toBe(true);
  });

  test('takes everything outside a placeholder literally', () => {
    expect(hits({ path: '/a.b+c', status: 500 }, ['/a.b+c', '/axb+c'])).toEqual([true, false]);
  });

  test('that starts with ^ is a regular expression over path and query', () => {
    const targets = ['/c?restype=container&comp=list', '/c?restype=container'];
    expect(hits({ path: '^/c.*comp=list', status: 500 }, targets)).toEqual([true, false]);
  });
});

describe('counting', () => {
  const four = ['/', '/', '/', '/'];

  test('a rule without nth and count hits every call', () => {
    expect(hits({ status: 500 }, four)).toEqual([true, true, true, true]);
  });

  test('nth alone hits that call only', () => {
    expect(hits({ nth: 2, status: 500 }, four)).toEqual([false, true, false, false]);
  });

  test('count says how many calls in a row', () => {
    expect(hits({ count: 2, status: 500 }, four)).toEqual([true, true, false, false]);
    expect(hits({ nth: 2, count: 2, status: 500 }, four)).toEqual([false, true, true, false]);
  });

  test('only calls that match are counted', () => {
    expect(hits({ path: '/x', nth: 2, status: 500 }, ['/x', '/y', '/x'])).toEqual([
      false,
      false,
      true,
    ]);
    expect(hits({ method: 'put', status: 500 }, four)).toEqual([false, false, false, false]);
    expect(hits({ method: 'put', nth: 1, status: 500 }, four, 'PUT')[0]).toBe(true);
    expect(hits({ server: 'storage', status: 500 }, four)[0]).toBe(false);
  });

  test('the first rule that is due applies, and all that match are counted', () => {
    const faults = createFaultInjector([
      { nth: 1, status: 500 },
      { nth: 2, status: 503 },
    ]);
    const take = () => faults.take({ server: 'service', method: 'GET', target: '/' })?.status;
    expect([take(), take(), take()]).toEqual([500, 503, undefined]);
    faults.setRules([{ nth: 1, status: 418 }]);
    expect([take(), take()]).toEqual([418, undefined]);
  });
});

describe('a bad rule is refused with its number and its field', () => {
  test.each<[unknown, RegExp]>([
    [[{ status: 500 }, { status: 'x' }], /^Fault rule 2: status: /],
    [[{ status: 500, colour: 'red' }], /Fault rule 1: .*colour/],
    [[{ server: 'arm', status: 500 }], /Fault rule 1: server: /],
    [[{ path: 'jobs', status: 500 }], /Fault rule 1: path: starts neither/],
    [[{ path: '^(', status: 500 }], /Fault rule 1: path: /],
    [[{ nth: 0, status: 500 }], /Fault rule 1: nth: /],
    [[{ path: '/jobs' }], /Fault rule 1: has no effect; give one of status/],
    [{ status: 500 }, /^Fault rules: /],
  ])('%j', (rules, message) => {
    expect(() => parseFaultRules(rules)).toThrow(message);
  });
});
