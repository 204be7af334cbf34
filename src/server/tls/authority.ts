// The library below finds its algorithms with this. It adds to `Reflect`, so this file is loaded only if https is served.
import 'reflect-metadata';
import { createPrivateKey, createPublicKey, KeyObject, randomBytes, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { dateOf, type Instant } from '../../clock.ts';

/** A certificate with its key, as PEM. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
}

const dayMs = 86_400_000;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** A certificate authority for tests: clients that trust its certificate trust every certificate that it issues. */
export class Authority {
  readonly #certificate: X509Certificate;
  readonly #key: webcrypto.CryptoKey;

  private constructor(certificate: X509Certificate, key: webcrypto.CryptoKey) {
    this.#certificate = certificate;
    this.#key = key;
  }

  /** A new authority, valid for ten years. `now` is real time, because clients check it against their own. */
  static async make(now: Instant): Promise<Authority> {
    const keys = await makeKeys();
    const certificate = await X509CertificateGenerator.createSelfSigned({
      // A unique name: trust stores confuse authorities of the same name.
      name: `CN=latchkey ${randomBytes(4).toString('hex')}, O=latchkey test authority`,
      ...validity(now, 3650),
      keys,
      signingAlgorithm: algorithm,
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
        await SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    });
    return new Authority(certificate, keys.privateKey);
  }

  /** Reads an authority that `pem` wrote and that is valid at `now`, in real time. Throws an Error with the reason. */
  static async read(pem: string, now: Instant): Promise<Authority> {
    const { key, certificate } = partsOf(pem);
    const [own, certified] = [createPublicKey(key), createPublicKey(certificate.publicKey.toString('pem'))];
    if (!own.equals(certified)) throw new Error('the key does not belong to the certificate');
    if (certificate.getExtension(BasicConstraintsExtension)?.ca !== true)
      throw new Error('the certificate does not belong to an authority');
    if (certificate.notAfter < dateOf(now)) throw new Error('it has expired');
    const pkcs8 = key.export({ type: 'pkcs8', format: 'der' });
    return new Authority(certificate, await webcrypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']));
  }

  /** Its certificate, which clients have to trust, as PEM. */
  get certificate(): string {
    return `${this.#certificate.toString('pem')}\n`;
  }

  /** Its private key and its certificate, for a file that only its owner may read. */
  get pem(): string {
    return pemOf(this.#key) + this.certificate;
  }

  /** A certificate for a server of these names or addresses, valid for as long as the strictest clients accept. */
  async issue(names: readonly string[], now: Instant): Promise<Identity> {
    const keys = await makeKeys();
    const certificate = await X509CertificateGenerator.create({
      subject: `CN=${names[0]}`,
      issuer: this.#certificate.subject,
      ...validity(now, 824),
      publicKey: keys.publicKey,
      signingKey: this.#key,
      signingAlgorithm: algorithm,
      extensions: [
        new SubjectAlternativeNameExtension(names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }))),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        await AuthorityKeyIdentifierExtension.create(this.#certificate),
        await SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    });
    return { cert: `${certificate.toString('pem')}\n`, key: pemOf(keys.privateKey) };
  }
}

/** Throws an Error unless a text has both, in the one form that this class writes. */
function partsOf(pem: string): { readonly key: KeyObject; readonly certificate: X509Certificate } {
  const problem = 'it does not hold a certificate and its key (EC, P-256)';
  try {
    const key = createPrivateKey(pem);
    const certificate = new X509Certificate(pem.slice(pem.indexOf('-----BEGIN CERTIFICATE-----')));
    if (key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return { key, certificate };
  } catch (cause) {
    throw new Error(problem, { cause });
  }
  throw new Error(problem);
}

function makeKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

/** Starts a day early, for clients whose clock is behind. */
function validity(now: Instant, days: number) {
  return { notBefore: dateOf(now - dayMs), notAfter: dateOf(now + days * dayMs) };
}

function pemOf(key: webcrypto.CryptoKey): string {
  return KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }).toString();
}
