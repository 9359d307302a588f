import type { Document } from '../model/document.ts';

/** A line of the spooled listing: a blob that is not selected has a name only. */
export interface SpooledBlob {
  name: string;
  document?: { bytes: number; etag: string; group?: string };
}

export function formatSpooledBlob({ name, document }: SpooledBlob): string {
  if (!document) return JSON.stringify([name]);
  const { bytes, etag, group } = document;
  return JSON.stringify(group === undefined ? [name, bytes, etag] : [name, bytes, etag, group]);
}

export function parseSpooledBlob(line: string): SpooledBlob {
  const [name, bytes, etag, group] = JSON.parse(line) as [string, number?, string?, string?];
  if (bytes === undefined || etag === undefined) return { name };
  return { name, document: group === undefined ? { bytes, etag } : { bytes, etag, group } };
}

/** A line of a batch's manifest. */
export function formatDocument({ name, bytes, etag }: Document): string {
  return JSON.stringify([name, bytes, etag]);
}

export function parseDocument(line: string): Document {
  const [name, bytes, etag] = JSON.parse(line) as [string, number, string];
  return { name, bytes, etag };
}
