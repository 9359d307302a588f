import { describe, expect, test } from 'vitest';
import { parseDocumentPage } from '../../src/wire/document.ts';

const INPUT = { location: 'https://storage.test/source/a' };
const DOCUMENT = { id: '1', input: INPUT, status: 'Succeeded' };

test('a page is read with what its documents have', () => {
  const document = {
    ...DOCUMENT,
    output: { location: 'https://storage.test/target/a', eTag: '0x2' },
    error: { code: 'C', message: 'M' },
  };
  expect(parseDocumentPage({ value: [document], nextLink: 'https://next.test' })).toEqual({
    value: [
      {
        ...DOCUMENT,
        output: { location: 'https://storage.test/target/a', etag: '0x2' },
        error: { code: 'C', message: 'M' },
      },
    ],
    nextLink: 'https://next.test',
  });
});

test.each<[object, string | undefined]>([
  [{ eTag: '0x1' }, '0x1'],
  [{ etag: '0x1' }, '0x1'],
  [{ eTag: '0x1', etag: '0x2' }, '0x1'],
  [{ eTag: null, etag: '0x2' }, '0x2'],
  [{ eTag: null, etag: null }, undefined],
  [{ etag: '' }, undefined],
  [{}, undefined],
])('the etag in %j is %j', (etags, etag) => {
  const page = parseDocumentPage({ value: [{ ...DOCUMENT, input: { ...INPUT, ...etags } }] });
  expect(page.value[0]?.input).toEqual(etag === undefined ? INPUT : { ...INPUT, etag });
});

test('what is null is absent, and the last page has no link', () => {
  const page = parseDocumentPage({
    value: [{ ...DOCUMENT, output: null, error: null }],
    nextLink: null,
  });
  expect(page).toEqual({ value: [DOCUMENT] });
  expect(parseDocumentPage({ value: [] })).toEqual({ value: [] });
});

describe('another shape is refused by the names of its fields', () => {
  test.each<[unknown, string]>([
    [null, 'body'],
    [{}, 'value'],
    [{ value: { hunter2: 1 } }, 'value'],
    [{ value: [DOCUMENT, { ...DOCUMENT, id: 7 }] }, 'value.1.id'],
    [{ value: [{ ...DOCUMENT, input: 'hunter2' }] }, 'value.0.input'],
    [{ value: [{ ...DOCUMENT, input: { eTag: 'hunter2' } }] }, 'value.0.input.location'],
    [{ value: [{ ...DOCUMENT, status: undefined }] }, 'value.0.status'],
    [{ value: [], nextLink: 5 }, 'nextLink'],
  ])('%j', (body, field) => {
    expect(() => parseDocumentPage(body)).toThrow(
      `a page of documents of an unknown shape (${field})`,
    );
    expect(() => parseDocumentPage(body)).not.toThrow(/hunter2/);
  });
});
