import { createHmac } from 'node:crypto';

/** Pseudo-random numbers that depend on a secret and a value only. */
export interface KeyedDigest {
  /** A number in 0..2^32-1 for a value of a kind. */
  number(kind: string, value: string): number;
  /** Endless bytes for a value of a kind, each 0..255. */
  bytes(kind: string, value: string): Iterator<number, never>;
}

/** HMAC-SHA256 under the key of one surrogate scope. */
export function createKeyedDigest(key: Uint8Array): KeyedDigest {
  const digest = (kind: string, value: string, block: number) =>
    createHmac('sha256', key).update(`${kind}\0${block}\0${value}`).digest();
  function* bytes(kind: string, value: string): Generator<number, never> {
    for (let block = 0; ; block += 1) yield* digest(kind, value, block);
  }
  return {
    number: (kind, value) => digest(kind, value, 0).readUInt32BE(0),
    bytes,
  };
}
