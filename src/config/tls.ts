import type { GivenSettings } from './given.ts';

/** How https is served alongside http. */
export interface TlsSetting {
  readonly port: number;
  readonly certificate: SelfSigned | CertificateFiles;
}

/** Certificates of latchkey's own authority. */
export interface SelfSigned {
  readonly kind: 'self-signed';
  /** The file that keeps the authority, made if it does not exist; undefined: each start makes a new authority, in memory. */
  readonly authorityFile: string | undefined;
}

/** The user's own certificate. */
export interface CertificateFiles {
  readonly kind: 'files';
  readonly certFile: string;
  readonly keyFile: string;
}

/** A certificate or an authority that cannot be used. */
export class TlsError extends Error {
  override readonly name = 'TlsError';
}

/** Reads `tls`, `tls-port` and `tls-ca`; undefined if https is not served. */
export function readTls(given: GivenSettings): TlsSetting | undefined {
  const { tls, port, 'tls-ca': authorityFile, 'tls-port': tlsPort = port === 0 ? 0 : 5283 } = given.values;
  if (tls === undefined) {
    for (const setting of ['tls-port', 'tls-ca']) if (given.has(setting)) given.refuse(setting, 'is set, but --tls is not');
    return undefined;
  }
  if (tls === 'self-signed') return { port: tlsPort, certificate: { kind: 'self-signed', authorityFile } };
  const [certFile = '', keyFile = '', ...more] = tls.split(',').map((file) => file.trim());
  if (certFile === '' || keyFile === '' || more.length > 0)
    given.refuse('tls', `must be self-signed or cert.pem,key.pem, not ${JSON.stringify(tls)}`);
  if (authorityFile !== undefined) given.refuse('tls-ca', 'needs --tls self-signed');
  return { port: tlsPort, certificate: { kind: 'files', certFile, keyFile } };
}
