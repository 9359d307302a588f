import { describe, expect, test } from 'vitest';
import { compileGroupBy } from '../src/plan/group-by.ts';
import { blobNamed, type PlannedListing, planListing } from './plan/plan-listing.ts';

const blobs = (...names: string[]) => names.map(blobNamed);

async function refusal(listing: PlannedListing) {
  const error = await planListing(listing).then(
    () => undefined,
    (failure) => failure,
  );
  expect(error).toMatchObject({ name: 'DeidBatchError', exitCode: 2, hint: expect.any(String) });
  return error;
}

describe('a plan', () => {
  test('says what each batch takes, whereto, and in what groups', async () => {
    const { plan } = await planListing({
      blobs: blobs('n/p1/a', 'n/p1/b', 'n/p2/a', 'n/p2/x.csv', 'z'),
      isSelected: (name) => name.endsWith('a') || name.endsWith('b'),
      groupOf: compileGroupBy('folder:2'),
      targetPrefix: 'out/',
      stripPrefix: 'n/',
    });
    expect(plan.selection).toMatchObject({ listed: 5, documents: 3 });
    expect(plan.consistency).toEqual({
      scope: 'group',
      groups: 2,
      largestGroup: 2,
      splitGroups: 0,
    });
    expect(plan.batches).toEqual([
      expect.objectContaining({
        id: 'b00001',
        layout: 'inPlace',
        source: { location: 'https://storage.test/source', prefix: 'n/p1/', extensions: ['*'] },
        target: { location: 'https://storage.test/target', prefix: 'out/p1/', overwrite: false },
        documents: 2,
        groups: 1,
      }),
      expect.objectContaining({ id: 'b00002', documents: 1, groups: 1 }),
    ]);
    expect(plan.estimate).toEqual({ megabytes: 0.01, copies: 0, requests: 6 });
  });

  test('without groups says that each batch is a scope of its own', async () => {
    const { plan } = await planListing({ blobs: blobs('a', 'b'), maxDocuments: 1 });
    expect(plan.consistency).toEqual({ scope: 'batch', splitGroups: 0 });
    expect(plan.batches.map(({ groups }) => groups)).toEqual([undefined, undefined]);
  });

  test('of nothing has no batches', async () => {
    const { plan } = await planListing({ blobs: blobs('a'), isSelected: () => false });
    expect(plan.batches).toEqual([]);
    expect(plan.selection).toMatchObject({ listed: 1, documents: 0 });
  });

  test('maps names alike when a folder above the stripped prefix is exact as well', async () => {
    const { plan } = await planListing({
      blobs: blobs('notes/p1', 'notes/p2'),
      targetPrefix: 'out/',
      stripPrefix: 'notes/p',
    });
    // The service turns notes/p1 into out/1: target prefix, and what follows the source prefix.
    expect(plan.batches.map(({ source, target }) => [source.prefix, target.prefix])).toEqual([
      ['notes/p', 'out/'],
    ]);
  });
});

describe('the digest', () => {
  const base: PlannedListing = { blobs: blobs('a/1', 'a/2', 'b/1', 'c'), isSelected: isNote };
  function isNote(name: string) {
    return name !== 'c';
  }
  const digestOf = async (change: Partial<PlannedListing>) =>
    (await planListing({ ...base, ...change })).plan.digest;

  test('is the same for the same input', async () => {
    expect(await digestOf({})).toBe(await digestOf({ pageSize: 1 }));
    expect(await digestOf({})).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each<[string, Partial<PlannedListing>]>([
    ['a document more', { blobs: blobs('a/1', 'a/2', 'a/3', 'b/1', 'c') }],
    ['a document of another size', { blobs: withChange({ bytes: 11 }) }],
    ['a document with another etag', { blobs: withChange({ etag: '0x999' }) }],
    ['another cut', { maxDocuments: 1 }],
    ['groups', { groupOf: compileGroupBy('folder:1') }],
    ['another target', { targetPrefix: 'out/' }],
    ['another name in the target', { isSelected: (name) => name < 'b', stripPrefix: 'a' }],
    ['overwriting', { overwrite: true }],
    ['another operation', { job: { operation: 'redact' } }],
    ['another locale', { job: { surrogateLocale: 'fr-CA' } }],
    ['another version of the service', { apiVersion: '2025-07-15-preview' }],
  ])('changes with %s', async (_, change) => {
    const { isSelected = isNote } = change;
    expect(await digestOf(change)).not.toBe(
      await digestOf({ isSelected, ...(change.stripPrefix ? { stripPrefix: '' } : {}) }),
    );
  });

  function withChange(change: { bytes?: number; etag?: string }) {
    return blobs('a/1', 'a/2', 'b/1', 'c').map((blob) =>
      blob.name === 'a/2' ? { ...blob, ...change } : blob,
    );
  }
});

describe('what cannot be planned is refused, with its numbers and no names', () => {
  test('documents in no group', async () => {
    const error = await refusal({
      blobs: blobs('p1/jane', 'p2/jane', 'jane'),
      groupOf: compileGroupBy('folder:1'),
    });
    expect(error.code).toBe('UngroupedDocuments');
    expect(error.message).toMatch(/^1 of 3 /);
    expect(error.message).not.toMatch(/jane/);
  });

  test('a group above the cap, by its size', async () => {
    const error = await refusal({
      blobs: blobs('p1/jane1', 'p1/jane2', 'p1/jane3', 'p2/a', 'p3/a', 'p3/b'),
      groupOf: compileGroupBy('folder:1'),
      maxDocuments: 1,
    });
    expect(error.code).toBe('GroupTooLarge');
    expect(error.message).toMatch(/^2 of 3 groups have more than 1 documents; .* 3\.$/);
    expect(error.message).not.toMatch(/jane|p1/);
  });

  test('but a group of exactly the cap is planned', async () => {
    const { plan } = await planListing({
      blobs: blobs('p1/1', 'p1/2', 'p2/1'),
      groupOf: compileGroupBy('folder:1'),
      maxDocuments: 2,
    });
    expect(plan.batches.map(({ documents }) => documents)).toEqual([2, 1]);
  });

  test('documents outside of the stripped prefix', async () => {
    const error = await refusal({ blobs: blobs('a/jane', 'b/jane'), stripPrefix: 'a/' });
    expect(error.code).toBe('OutsideStripPrefix');
    expect(error.message).toMatch(/^1 of 2 /);
  });

  test('documents with URLs that are too long', async () => {
    const longest = 'a'.repeat(1_024 - 'https://storage.test/source/'.length);
    await planListing({ blobs: blobs(longest) });
    const error = await refusal({ blobs: blobs('b', `${longest}a`) });
    expect(error.code).toBe('NameTooLong');
    expect(error.message).toMatch(/^1 of 2 /);
  });

  test('documents without an exact prefix, by reason', async () => {
    const error = await refusal({
      blobs: blobs('a', 'a.bak', 'p/1', 'p/2.bak', 'p/3', 'z'),
      isSelected: (name) => !name.endsWith('.bak'),
      groupOf: (name) => name.charAt(0),
    });
    expect(error.code).toBe('NotExact');
    expect(error.message).toMatch(/^3 of 4 selected documents .*: 2 because .*group.*; 1 because /);
  });

  test('but blobs that are skipped and lie in the way of nobody are no obstacle', async () => {
    const { plan } = await planListing({
      blobs: blobs('a', 'b', 'c.bak'),
      isSelected: (name) => !name.endsWith('.bak'),
    });
    expect(plan.batches.map(({ source }) => source.prefix)).toEqual(['a', 'b']);
  });

  test('a name outside of what was listed, as a bug', async () => {
    await expect(planListing({ blobs: blobs('a1', 'b1'), prefixes: ['a'] })).rejects.toMatchObject({
      code: 'InternalError',
      exitCode: 1,
    });
  });

  test('a listing that gives a name of one prefix under another', async () => {
    await expect(
      planListing({ blobs: blobs('a1', 'b1', 'a2'), prefixes: ['a', 'b'] }),
    ).rejects.toMatchObject({ code: 'ListingOutOfOrder' });
  });
});
