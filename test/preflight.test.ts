import { describe, expect, test } from 'vitest';
import type { Document } from '../src/model/document.ts';
import type { Lister } from '../src/model/lister.ts';
import type { Location } from '../src/model/location.ts';
import { checkTarget, refuseOverlap } from '../src/preflight.ts';
import { blobNamed, planListing } from './plan/plan-listing.ts';

const at = (container: string, prefix = ''): Location => ({
  location: `https://storage.test/${container}`,
  prefix,
});

describe('places overlap when one holds names of the other', () => {
  test.each<[boolean, Location, Location]>([
    [true, at('c'), at('c')],
    [true, at('c'), at('c', 'out/')],
    [true, at('c', 'a/'), at('c', 'a/')],
    [true, at('c', 'a/'), at('c', 'a/b/')],
    [true, at('c', 'a'), at('c', 'ab/')],
    [false, at('c', 'a/'), at('c', 'b/')],
    [false, at('c', 'a/'), at('c', 'ab/')],
    [false, at('c', 'a/b/'), at('c', 'a/c/')],
    [false, at('c'), at('d')],
    [false, at('c'), at('cc')],
  ])('%s: %j and %j', (overlap, one, other) => {
    for (const [source, target] of [
      [one, other],
      [other, one],
    ] as const) {
      const attempt = () =>
        refuseOverlap([
          { name: 'source', at: [at('elsewhere'), source] },
          { name: 'target', at: [target] },
        ]);
      if (overlap) {
        expect(attempt).toThrow(expect.objectContaining({ code: 'LocationsOverlap', exitCode: 2 }));
        expect(attempt).toThrow(/source and the target/);
      } else {
        attempt();
      }
    }
  });

  test('which is looked for between every two of them', () => {
    const places = [
      { name: 'source', at: [at('a')] },
      { name: 'target', at: [at('b')] },
      { name: 'staging', at: [at('b', 'x/')] },
    ];
    expect(() => refuseOverlap(places)).toThrow(/target and the staging/);
    refuseOverlap(places.slice(0, 2));
  });
});

describe('outputs that may not be overwritten', () => {
  const { signal } = new AbortController();

  async function check(existing: string[], { overwrite = false } = {}) {
    const { plan, manifests } = await planListing({
      blobs: ['n/a1', 'n/a2', 'n/b', 'n/b.bak', 'n/c1'].map(blobNamed),
      isSelected: (name) => !name.startsWith('n/b'),
      targetPrefix: 'out/',
      stripPrefix: 'n/',
    });
    expect(plan.batches).toHaveLength(2);
    const listed: string[] = [];
    const read: string[] = [];
    const target: Lister = {
      async *listPages({ prefix }) {
        listed.push(prefix);
        yield [];
        yield existing.filter((name) => name.startsWith(prefix)).map(blobNamed);
      },
    };
    const readDocuments = async ({ id }: { id: string }) => {
      read.push(id);
      const documents = manifests[Number(id.slice(1)) - 1] ?? [];
      return new Map<string, Document>(documents.map((document) => [document.name, document]));
    };
    const error = await checkTarget(
      { target, readDocuments },
      { plan, prefix: 'out/', overwrite, signal },
    ).then(
      () => undefined,
      (failure) => failure,
    );
    return { error, listed, read };
  }

  test('are counted and refused when they exist', async () => {
    const { error } = await check(['out/a1', 'out/a2', 'out/c1', 'out/c2']);
    expect(error).toMatchObject({ code: 'OutputExists', exitCode: 2 });
    expect(error.message).toMatch(/^3 of 3 /);
    expect(error.message).not.toMatch(/a1/);
  });

  test('are not the blobs beside them', async () => {
    const { error, read } = await check(['out/a', 'out/a3', 'out/b', 'a1', 'out/c1.json']);
    expect(error).toBeUndefined();
    expect(read).not.toEqual([]);
  });

  test('may be there when they may be replaced, but the target is looked at', async () => {
    const { error, listed, read } = await check(['out/a1'], { overwrite: true });
    expect(error).toBeUndefined();
    expect(listed).toEqual(['out/']);
    expect(read).toEqual([]);
  });

  test('take one look at a target that is empty', async () => {
    const { error, listed } = await check(['elsewhere/a1']);
    expect(error).toBeUndefined();
    expect(listed).toEqual(['out/']);
  });
});
