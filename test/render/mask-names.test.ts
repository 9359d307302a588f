import { expect, test } from 'vitest';
import { createNameMask, maskPlan, showName } from '../../src/render/mask-names.ts';
import { createPlan } from './plans.ts';

const mask = createNameMask(Buffer.alloc(32, 1));

test('a name has the same id each time, and another one with another key', () => {
  expect(mask('notes/mrn4711/')).toMatch(/^~[0-9a-f]{12}$/);
  expect(mask('notes/mrn4711/')).toBe(mask('notes/mrn4711/'));
  expect(mask('notes/mrn4711/')).not.toBe(mask('notes/mrn4712/'));
  expect(createNameMask(Buffer.alloc(32, 2))('notes/mrn4711/')).not.toBe(mask('notes/mrn4711/'));
});

test('the empty prefix stays empty', () => expect(mask('')).toBe(''));

test('a masked plan holds no name in any of its fields, and neither manifest nor request', () => {
  const masked = maskPlan(createPlan(), mask);
  expect(JSON.stringify(masked)).not.toMatch(/mrn4711|manifest|body/);
  expect(masked.batches[0]).toMatchObject({
    source: { location: 'https://a.example/in', prefix: mask('notes/mrn4711/1/') },
    target: { prefix: mask('notes/mrn4711/1/'), overwrite: false },
  });
});

test('a plan with names on request is the same but for them', () => {
  const [masked, shown] = [mask, showName].map((how) => maskPlan(createPlan(), how));
  expect(shown?.batches[0]?.source.prefix).toBe('notes/mrn4711/1/');
  expect(shown).toMatchObject({ digest: masked?.digest, selection: masked?.selection });
});
