import { pathToFileURL } from 'node:url';
import { resolvePeer } from './peer.ts';

/** What the emulator's HTTPS servers present, and what their clients trust, all as PEM. */
export interface Certificates {
  ca: string;
  cert: string;
  key: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * A new certificate authority and a server certificate of it for 127.0.0.1 and localhost, valid
 * from a day before `nowMs` (clocks differ) for 30 days. The authority's own key is forgotten, so
 * that nothing else can ever be signed by what a user was told to trust.
 */
export async function createCertificates(nowMs: number): Promise<Certificates> {
  const { generate } = await importSelfsigned();
  const common = {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(nowMs - DAY_MS),
    notAfterDate: new Date(nowMs + 30 * DAY_MS),
  } as const;

  const authority = await generate([{ name: 'commonName', value: 'deid-batch emulator CA' }], {
    ...common,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: 'deid-batch emulator' }], {
    ...common,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { ca: authority.cert, cert: server.cert, key: server.private };
}

async function importSelfsigned(): Promise<typeof import('selfsigned')> {
  return await import(pathToFileURL(resolvePeer('selfsigned')).href);
}
