import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  formatDocument,
  formatSpooledBlob,
  parseDocument,
  parseSpooledBlob,
} from '../../src/plan/spool.ts';
import { blobNames } from '../property/arbitraries.ts';

const documents = fc.record({
  name: blobNames,
  bytes: fc.nat(),
  etag: fc.constantFrom('', '0x8DD', '"quoted"'),
});

test('a line of the spool gives back the blob, and is one line', () => {
  fc.assert(
    fc.property(documents, fc.option(blobNames, { nil: undefined }), (found, group) => {
      const { name, bytes, etag } = found;
      const document = group === undefined ? { bytes, etag } : { bytes, etag, group };
      for (const blob of [{ name }, { name, document }]) {
        const line = formatSpooledBlob(blob);
        expect(line).not.toContain('\n');
        expect(parseSpooledBlob(line)).toEqual(blob);
      }
    }),
  );
});

test('a line of a manifest gives back the document, and is one line', () => {
  fc.assert(
    fc.property(documents, (document) => {
      const line = formatDocument(document);
      expect(line).not.toContain('\n');
      expect(parseDocument(line)).toEqual(document);
    }),
  );
});
