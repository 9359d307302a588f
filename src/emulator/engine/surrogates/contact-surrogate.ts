import { overwriteDigits, replaceCharacters } from './id-surrogate.ts';
import type { KeyedDigest } from './keyed-digest.ts';
import { canonicalise } from './text-case.ts';

/** A telephone number in the same format with 555-01xx, which is reserved for fiction. */
export function replacePhone(text: string, digest: KeyedDigest): string {
  const [number = '', ...rest] = text.split(/(?=\s*,?\s*(?:x|ext))/i);
  const digits = number.replace(/\D/g, '');
  const random = digest.number('phone', digits.slice(-10));
  const line = `55501${String(random % 100).padStart(2, '0')}`;
  const area = 200 + (Math.floor(random / 100) % 800);
  const extension = replaceCharacters(rest.join(''), 'extension', digest);
  if (digits.length < 7) return replaceCharacters(text, 'phone', digest);
  const local = digits.length >= 10 ? `${area}${line}` : line;
  const country = digits.slice(0, Math.max(0, digits.length - local.length));
  const extensionText = rest.join('').replace(/\d+/, () => extension.replace(/\D/g, ''));
  return overwriteDigits(number, country + local) + extensionText;
}

/** A social security number that starts with 9: none is ever issued. */
export function replaceSocialSecurity(text: string, digest: KeyedDigest): string {
  const replaced = replaceCharacters(
    text.replace(/[^\d\s-]/g, (c) => c),
    'ssn',
    digest,
  );
  const count = text.replace(/\D/g, '').length;
  return count >= 9 ? replaced.replace(/\d/, '9') : replaced;
}

/** An address at example.com. */
export function replaceEmail(text: string, digest: KeyedDigest): string {
  return `${letters(digest, 'email', text, 8)}@example.com`;
}

/** A page of example.com; a scheme stays. */
export function replaceUrl(text: string, digest: KeyedDigest): string {
  const scheme = /^[a-z]+:\/\//i.exec(text)?.[0] ?? '';
  return `${scheme}example.com/${letters(digest, 'url', text, 8)}`;
}

/** An address of 192.0.2.0/24 or 2001:db8::/32, which are reserved for documentation. */
export function replaceIpAddress(text: string, digest: KeyedDigest): string {
  const random = digest.number('ip', canonicalise(text));
  if (!text.includes(':')) return `192.0.2.${1 + (random % 254)}`;
  const high = (random >>> 16).toString(16);
  return `2001:db8::${high}:${(random & 0xffff).toString(16)}`;
}

export function replaceUsername(text: string, digest: KeyedDigest): string {
  return `${text.startsWith('@') ? '@' : ''}user_${letters(digest, 'username', text, 7)}`;
}

function letters(digest: KeyedDigest, kind: string, value: string, count: number): string {
  const bytes = digest.bytes(kind, canonicalise(value));
  const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789';
  return Array.from({ length: count }, () => alphabet.charAt(bytes.next().value % 32)).join('');
}
