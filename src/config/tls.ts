/** How https is to be served beside http. */
export interface TlsSetting {
  readonly port: number;
  readonly certificate: SelfSigned | CertificateFiles;
}

/** Certificates of an authority of our own. */
export interface SelfSigned {
  readonly kind: 'self-signed';
  /** Where the authority is kept, made where there is none; undefined: a new one at each start, in memory. */
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
