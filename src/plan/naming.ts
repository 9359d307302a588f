import { SERVICE_LIMITS } from '../model/limits.ts';

export interface NamingRules {
  /** Container URLs, without a trailing slash. */
  sourceLocation: string;
  targetLocation: string;
  /** What every output name starts with; empty, or ends in `/`. */
  targetPrefix: string;
  /** What is cut off the start of every source name. */
  stripPrefix: string;
}

/**
 * How names map from source to target: the service replaces a batch's source prefix by its target
 * prefix, so output name = `targetPrefix` + source name without `stripPrefix`, whatever the cut.
 */
export interface Naming {
  /** A batch's prefix is never shorter: the service replaces prefixes, it does not strip more. */
  minPrefixLength: number;
  /** Whether `name` starts with the prefix to strip, so that it has an output name at all. */
  covers(name: string): boolean;
  /** The output name of a source name, and the target prefix of a source prefix. */
  output(name: string): string;
  /** Whether the URLs of the document and its output are short enough for the service. */
  fits(name: string): boolean;
}

export function createNaming(rules: NamingRules): Naming {
  const { sourceLocation, targetLocation, targetPrefix, stripPrefix } = rules;
  const output = (name: string) => targetPrefix + name.slice(stripPrefix.length);
  return {
    minPrefixLength: stripPrefix.length,
    covers: (name) => name.startsWith(stripPrefix),
    output,
    fits: (name) =>
      urlLength(sourceLocation, name) <= SERVICE_LIMITS.maxLocationLength &&
      urlLength(targetLocation, output(name)) <= SERVICE_LIMITS.maxLocationLength,
  };
}

/** Characters of the blob's URL with its name percent-encoded as UTF-8. */
function urlLength(location: string, name: string): number {
  let length = location.length + 1;
  for (const byte of new TextEncoder().encode(name)) {
    length += isUnreserved(byte) ? 1 : 3;
  }
  return length;
}

/** Bytes that stand for themselves in the path of a URL (RFC 3986), and `/`. */
function isUnreserved(byte: number): boolean {
  return (
    (byte >= 0x61 && byte <= 0x7a) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x2d && byte <= 0x39) ||
    byte === 0x5f ||
    byte === 0x7e
  );
}
