import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDeidBatchError } from '../../src/errors/deid-batch-error.ts';
import { blobNamed, type ListingPlan, planListing } from '../plan/plan-listing.ts';
import { containers, type TreeBlob } from './arbitraries.ts';
import { countBatchesByBruteForce } from './brute-force-plan.ts';
import { LISTING_ORDERS } from './listing-orders.ts';

const TARGET_PREFIX = 'out/';

interface Case {
  blobs: TreeBlob[];
  grouped: boolean;
  maxDocuments: number;
  /** Given to the planner as the prefixes that were listed. */
  prefixes: readonly string[];
  stripPrefix: string;
}

function cases(limits: { maxBlobs: number; maxDocuments: number }): fc.Arbitrary<Case> {
  const whole = fc.record({
    blobs: containers(limits),
    grouped: fc.boolean(),
    maxDocuments: fc.integer({ min: 1, max: limits.maxDocuments }),
    prefixes: fc.constantFrom<readonly string[]>([''], [''], [''], ['a', 'b', 'p']),
    stripPrefix: fc.constant(''),
  });
  return fc
    .tuple(whole, fc.constantFrom('', '', '', 'a', 'a/p', 'aa/a\u0301', 'p1/'))
    .map(([found, stripPrefix]) => ({
      ...found,
      stripPrefix,
      blobs: moveUnder(stripPrefix, found),
    }));
}

/** The blobs with their documents under `prefix`, where every document that is planned must lie. */
function moveUnder(
  prefix: string,
  { blobs, prefixes }: Pick<Case, 'blobs' | 'prefixes'>,
): TreeBlob[] {
  const moved = blobs.map((blob) => {
    const name = blob.selected && !blob.name.startsWith(prefix) ? prefix + blob.name : blob.name;
    return { ...blob, name, selected: blob.selected && isListed(name, prefixes) };
  });
  return [...new Map(moved.map((blob) => [blob.name, blob])).values()];
}

function isListed(name: string, prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) => name.startsWith(prefix));
}

/** The plan, or undefined when the documents cannot be expressed as prefixes. */
async function plan(
  { blobs, grouped, maxDocuments, prefixes, stripPrefix }: Case,
  {
    order = 'ordinal',
    pageSize = 1_000,
  }: { order?: keyof typeof LISTING_ORDERS; pageSize?: number } = {},
): Promise<ListingPlan | undefined> {
  const byName = new Map(blobs.map((blob) => [blob.name, blob]));
  const ordered = LISTING_ORDERS[order]([...byName.keys()]);
  try {
    return await planListing({
      blobs: prefixes.flatMap((prefix) =>
        ordered.filter((name) => name.startsWith(prefix)).map(blobNamed),
      ),
      isSelected: (name) => byName.get(name)?.selected === true,
      ...(grouped ? { groupOf: (name: string) => byName.get(name)?.group } : {}),
      maxDocuments,
      prefixes,
      targetPrefix: TARGET_PREFIX,
      stripPrefix,
      pageSize,
    });
  } catch (error) {
    if (isDeidBatchError(error, 'NotExact', 'GroupTooLarge')) return undefined;
    throw error;
  }
}

describe('a plan, put to a service that filters the whole container by string prefix', () => {
  test('selects each planned document exactly once and nothing else', async () => {
    const seen = { batches: 0, decoys: 0, refused: 0, stripped: 0 };
    await fc.assert(
      fc.asyncProperty(cases({ maxBlobs: 30, maxDocuments: 8 }), async (given) => {
        const planned = await plan(given);
        if (!planned) {
          seen.refused += 1;
          return;
        }
        const { batches, selection } = planned.plan;
        const expected = given.blobs.filter(({ selected }) => selected);
        const taken = batches.flatMap(({ source }) =>
          given.blobs.filter(({ name }) => name.startsWith(source.prefix)),
        );
        expect(taken.map(({ name }) => name).sort()).toEqual(
          expected.map(({ name }) => name).sort(),
        );
        expect(selection.documents).toBe(expected.length);
        seen.batches = Math.max(seen.batches, batches.length);
        seen.decoys += given.blobs.length - taken.length;
        seen.stripped += given.stripPrefix === '' ? 0 : taken.length;

        for (const [index, batch] of batches.entries()) {
          const { prefix } = batch.source;
          const inside = given.blobs.filter(({ name }) => name.startsWith(prefix));
          const names = inside.map(({ name }) => name);
          expect(inside.length).toBeLessThanOrEqual(given.maxDocuments);
          expect(inside.length).toBe(batch.documents);
          expect(batch.bytes).toBe(names.reduce((sum, name) => sum + blobNamed(name).bytes, 0));
          expect(batch.id).toBe(`b${String(index + 1).padStart(5, '0')}`);

          const manifest = planned.manifests[index] ?? [];
          expect(manifest.map(({ name }) => name).sort()).toEqual(names.sort());
          for (const { name, bytes, etag } of manifest) {
            expect({ bytes, etag }).toEqual({
              bytes: blobNamed(name).bytes,
              etag: blobNamed(name).etag,
            });
          }

          const groups = new Set(inside.map(({ group }) => group));
          expect(batch.groups).toBe(given.grouped ? groups.size : undefined);
          for (const group of given.grouped ? groups : []) {
            const members = expected.filter((blob) => blob.group === group);
            expect(members.every(({ name }) => name.startsWith(prefix))).toBe(true);
          }

          // Ends between code points, and not before a mark that belongs to the character before.
          expect(prefix).not.toMatch(/\p{Surrogate}/u);
          for (const name of names) {
            const rest = name.slice(prefix.length);
            expect(rest).not.toMatch(/^[\udc00-\udfff]/);
            if (prefix !== '') expect(rest).not.toMatch(/^\p{M}/u);
          }
          expect(isListed(prefix, given.prefixes)).toBe(true);

          // The service puts the target's prefix in the place of the source's.
          for (const name of names) {
            expect(batch.target.prefix + name.slice(prefix.length)).toBe(
              TARGET_PREFIX + name.slice(given.stripPrefix.length),
            );
          }
          const body = JSON.parse(batch.body);
          expect(body.sourceLocation).toEqual(batch.source);
          expect(body.targetLocation).toEqual(batch.target);
          expect(batch.source.extensions).toEqual(['*']);

          for (const other of batches) {
            if (other !== batch) expect(other.source.prefix.startsWith(prefix)).toBe(false);
          }
        }
      }),
      { numRuns: 300 },
    );
    expect(seen.batches).toBeGreaterThan(3);
    expect(seen.decoys).toBeGreaterThan(50);
    expect(seen.refused).toBeGreaterThan(10);
    expect(seen.stripped).toBeGreaterThan(10);
  });

  test('has as few batches as trying every prefix finds, and is refused when there is no way', async () => {
    const seen = { planned: 0, several: 0, refused: 0, grouped: 0 };
    await fc.assert(
      fc.asyncProperty(cases({ maxBlobs: 9, maxDocuments: 5 }), async (given) => {
        const { blobs, grouped, maxDocuments, prefixes, stripPrefix } = given;
        const fewest = countBatchesByBruteForce({
          blobs: blobs.map((blob) => ({ ...blob, group: grouped ? blob.group : undefined })),
          prefixes,
          maxDocuments,
          minPrefixLength: stripPrefix.length,
        });
        const planned = await plan(given);
        expect(planned?.plan.batches.length).toBe(fewest);
        if (fewest === undefined) seen.refused += 1;
        else seen.planned += 1;
        if ((fewest ?? 0) > 1) seen.several += 1;
        if ((fewest ?? 0) > 1 && grouped) seen.grouped += 1;
      }),
      { numRuns: 1_000 },
    );
    expect(seen.planned).toBeGreaterThan(100);
    expect(seen.refused).toBeGreaterThan(30);
    expect(seen.several).toBeGreaterThan(50);
    expect(seen.grouped).toBeGreaterThan(10);
  });
});

describe('a plan does not depend on', () => {
  test('where the listing is cut into pages', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(
        cases({ maxBlobs: 20, maxDocuments: 8 }),
        fc.integer({ min: 1, max: 7 }),
        async (given, pageSize) => {
          const inOnePage = await plan(given);
          const inPages = await plan(given, { pageSize });
          expect(inPages?.plan).toEqual(inOnePage?.plan);
          if (inOnePage) compared += 1;
        },
      ),
      { numRuns: 200 },
    );
    expect(compared).toBeGreaterThan(50);
  });

  test('the order in which the storage lists, apart from the order of the batches', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(cases({ maxBlobs: 20, maxDocuments: 8 }), async (given) => {
        const plans = await Promise.all([
          plan(given, { order: 'ordinal' }),
          plan(given, { order: 'utf16' }),
          plan(given, { order: 'hierarchical' }),
        ]);
        const [ordinal, ...others] = plans.map(describeBatches);
        for (const other of others) expect(other).toEqual(ordinal);
        if (ordinal && ordinal.length > 1) compared += 1;
      }),
      { numRuns: 300 },
    );
    expect(compared).toBeGreaterThan(50);
  });
});

function describeBatches(planned: ListingPlan | undefined): string[] | undefined {
  return planned?.plan.batches
    .map(({ documents, bytes, groups, body }) => JSON.stringify([documents, bytes, groups, body]))
    .sort();
}

describe('a listing is accepted exactly when the names under every prefix follow each other', () => {
  test('in whatever order they come', async () => {
    const seen = { accepted: 0, refused: 0 };
    const names = containers({ maxBlobs: 5 }).map((blobs) => blobs.map(({ name }) => name));
    await fc.assert(
      fc.asyncProperty(names, async (shuffled) => {
        const isAccepted = await planListing({ blobs: shuffled.map(blobNamed) }).then(
          () => true,
          (error) => {
            if (isDeidBatchError(error, 'ListingOutOfOrder')) return false;
            throw error;
          },
        );
        expect(isAccepted).toBe(hasContiguousPrefixes(shuffled));
        seen[isAccepted ? 'accepted' : 'refused'] += 1;
      }),
      { numRuns: 1_000 },
    );
    expect(seen.accepted).toBeGreaterThan(100);
    expect(seen.refused).toBeGreaterThan(50);
  });

  test('and a name that comes twice is refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        containers({ maxBlobs: 8 }),
        fc.nat(),
        fc.boolean(),
        async (blobs, at, selected) => {
          const names = LISTING_ORDERS.ordinal(blobs.map(({ name }) => name));
          const twice = names.flatMap((name, index) =>
            index === at % names.length ? [name, name] : [name],
          );
          const planning = planListing({ blobs: twice.map(blobNamed), isSelected: () => selected });
          await expect(planning).rejects.toMatchObject({ code: 'ListingOutOfOrder' });
        },
      ),
    );
  });
});

function hasContiguousPrefixes(names: readonly string[]): boolean {
  const prefixes = new Set(
    names.flatMap((name) => [...name].map((_, end, all) => all.slice(0, end + 1).join(''))),
  );
  return [...prefixes].every((prefix) => {
    const places = names.flatMap((name, index) => (name.startsWith(prefix) ? [index] : []));
    return (places.at(-1) ?? 0) - (places[0] ?? 0) === places.length - 1;
  });
}
