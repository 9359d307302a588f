import { createPrivateKey, X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { createCertificates } from '../../src/emulator/certificates.ts';

test('the server certificate is signed by the authority and names both loopback hosts', async () => {
  const certificates = await createCertificates(Date.now());
  const authority = new X509Certificate(certificates.ca);
  const server = new X509Certificate(certificates.cert);
  expect(authority.ca).toBe(true);
  expect(server.ca).toBe(false);
  expect(server.verify(authority.publicKey)).toBe(true);
  expect(server.checkPrivateKey(createPrivateKey(certificates.key))).toBe(true);
  expect(server.checkHost('localhost')).toBe('localhost');
  expect(server.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(server.checkHost('example.com')).toBeUndefined();
});

test('each start has certificates of its own', async () => {
  const [one, other] = await Promise.all([createCertificates(0), createCertificates(0)]);
  expect(one.ca).not.toBe(other.ca);
  expect(one.key).not.toBe(other.key);
});
