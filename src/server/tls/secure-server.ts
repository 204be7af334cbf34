import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import {
  constants,
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type OutgoingHttpHeaders,
  type SecureServerOptions,
} from 'node:http2';
import type { Socket } from 'node:net';
import { createSecureContext } from 'node:tls';
import { systemClock } from '../../clock.ts';
import { fileProblem } from '../../config/system-words.ts';
import { type CertificateFiles, type SelfSigned, TlsError } from '../../config/tls.ts';
import { carryOver, headersOfConnection } from '../../http/transport.ts';
import { GroupedResponse } from '../grouped-response.ts';

/** An https server, over HTTP/1.1 and HTTP/2. */
export interface SecureServer {
  readonly server: Http2SecureServer;
  /** The certificate that clients have to trust, as PEM; null if the user brought one. */
  readonly ca: string | null;
}

/**
 * A server whose requests another server, `answering`, answers as its own. `names` are those that clients are known to use,
 * `handshakeTimeout` is in milliseconds.
 * Throws TlsError for a certificate that cannot be used.
 */
export async function secureServer(
  certificate: SelfSigned | CertificateFiles,
  names: readonly string[],
  answering: Server,
  handshakeTimeout: number,
): Promise<SecureServer> {
  const { ca, ...options } =
    certificate.kind === 'files' ? await ownOptions(certificate) : await signedOptions(certificate, names);
  const server = createSecureServer({ ...options, allowHTTP1: true, Http1ServerResponse: GroupedResponse, handshakeTimeout });
  const transports = new Map<string, Socket>();
  server.on('connection', (transport: Socket) => {
    const peer = peerOf(transport);
    transports.set(peer, transport);
    transport.once('close', () => transports.delete(peer));
  });
  server.on('request', (request, response) => {
    const socket = transports.get(peerOf(request.socket));
    const isHttp2 = request.httpVersionMajor === 2;
    // An HTTP/2 client would take the plain end of a connection for the end of the answer.
    const breakOff = () => (isHttp2 ? request.stream.close(constants.NGHTTP2_INTERNAL_ERROR) : request.socket.destroySoon());
    if (socket !== undefined) carryOver(request, { socket, breakOff });
    if (isHttp2) speakAsHttp1(request, response);
    answering.emit('request', request, response);
  });
  server.on('clientError', (error, socket) => answering.emit('clientError', error, socket));
  // Before the handshake is done nothing can be answered, and a connection that waits for the end of its answer stays open.
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  return { server, ca };
}

/** Identifies a TCP connection by its remote end, because the TLS socket on top of it does not reveal it. */
function peerOf({ remoteAddress, remotePort }: Pick<Socket, 'remoteAddress' | 'remotePort'>): string {
  return `${remoteAddress} ${remotePort}`;
}

/** Headers that HTTP/2 refuses to send. */
const notOfHttp2: ReadonlySet<string> = new Set([...headersOfConnection, 'transfer-encoding', 'http2-settings']);

/**
 * Makes an HTTP/2 request and its response look like HTTP/1.1: with `Host`, without pseudo-headers, and with headers of a
 * connection dropped instead of refused. The rest of the program knows nothing of HTTP/2.
 */
function speakAsHttp1(request: Http2ServerRequest, response: Http2ServerResponse): void {
  const plain = Object.entries(request.headers).filter(([name]) => !name.startsWith(':'));
  const headers = { ...Object.fromEntries(plain), host: request.authority };
  const distinct = Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value : [value]]);
  Object.defineProperties(request, { headers: { value: headers }, headersDistinct: { value: Object.fromEntries(distinct) } });
  const writeHead = response.writeHead.bind(response);
  const answer = (status: number, sent: OutgoingHttpHeaders = {}) => {
    const kept = Object.entries(sent).filter(([name]) => !notOfHttp2.has(name.toLowerCase()));
    if (response.date !== undefined) kept.push(['date', response.date]);
    return writeHead(status, Object.fromEntries(kept));
  };
  Object.defineProperty(response, 'writeHead', { value: answer });
}

interface Certified extends Pick<SecureServerOptions, 'cert' | 'key' | 'SNICallback'> {
  readonly ca: string | null;
}

async function ownOptions({ certFile, keyFile }: CertificateFiles): Promise<Certified> {
  const refuse = (reason: string) => new TlsError(`cannot use the certificate ${certFile} with the key ${keyFile}: ${reason}`);
  const read = async (file: string) =>
    readFile(file).catch((error: unknown) => {
      throw refuse(`${file}: ${fileProblem(error)}`);
    });
  const [cert, key] = [await read(certFile), await read(keyFile)];
  const problem = problemOf(cert, key);
  if (problem !== undefined) throw refuse(problem);
  return { cert, key, ca: null };
}

/** Finds at the start what would otherwise fail with the first client. */
function problemOf(cert: Buffer, key: Buffer): string | undefined {
  const certificate = made(() => new X509Certificate(cert));
  if (certificate === undefined)
    return 'the first file holds no certificate (PEM, which begins with -----BEGIN CERTIFICATE-----)';
  const privateKey = made(() => createPrivateKey(key));
  if (privateKey === undefined) return 'the second file holds no private key without a passphrase (PEM)';
  if (!certificate.checkPrivateKey(privateKey)) return 'they do not belong together';
  if (made(() => createSecureContext({ cert, key })) === undefined)
    return 'they are too weak, or of a kind that https cannot use';
  return undefined;
}

/** What a function of the crypto library makes; undefined if it throws. */
function made<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

/** The code that makes certificates is large, so it is imported only here. */
async function signedOptions({ authorityFile }: SelfSigned, names: readonly string[]): Promise<Certified> {
  const [{ Authority }, { authorityOf }, { Identities }] = await Promise.all([
    import('./authority.ts'),
    import('./authority-file.ts'),
    import('./identities.ts'),
  ]);
  const authority = await (authorityFile === undefined ? Authority.make(systemClock.now()) : authorityOf(authorityFile));
  const identities = new Identities(authority, names);
  return {
    ...(await identities.known()),
    ca: authority.certificate,
    SNICallback: (name, done) => {
      const further = identities.of(name);
      if (further === undefined) done(null);
      else further.then((context) => done(null, context), done);
    },
  };
}
