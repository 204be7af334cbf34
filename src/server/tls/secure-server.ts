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
import { type CertificateFiles, type SelfSigned, TlsError } from '../../config/tls.ts';
import { carryOver, headersOfConnection } from '../../http/transport.ts';
import { answerUnreadable } from '../client-error.ts';

/** A server of https, over HTTP/1.1 and HTTP/2. */
export interface SecureServer {
  readonly server: Http2SecureServer;
  /** The certificate that its clients have to trust; null where they are the user's own. */
  readonly ca: string | null;
}

/**
 * A server that hands what it is asked, decrypted, to another one, which answers it as its own. `names` are those that it is
 * known to have. Throws TlsError for a certificate that cannot be used.
 */
export async function secureServer(
  certificate: SelfSigned | CertificateFiles,
  names: readonly string[],
  answering: Server,
): Promise<SecureServer> {
  const { ca, ...options } =
    certificate.kind === 'files' ? await ownOptions(certificate) : await signedOptions(certificate, names);
  const server = createSecureServer({ ...options, allowHTTP1: true });
  const transports = new Map<string, Socket>();
  server.on('connection', (transport: Socket) => {
    const peer = peerOf(transport);
    transports.set(peer, transport);
    transport.once('close', () => transports.delete(peer));
  });
  server.on('request', (request, response) => {
    const socket = transports.get(peerOf(request.socket));
    const isHttp2 = request.httpVersionMajor === 2;
    // A client of HTTP/2 takes a connection that merely ends for the end of its answer.
    const breakOff = () => (isHttp2 ? request.stream.close(constants.NGHTTP2_INTERNAL_ERROR) : request.socket.destroySoon());
    if (socket !== undefined) carryOver(request, { socket, breakOff });
    if (isHttp2) speakAsHttp1(request, response);
    answering.emit('request', request, response);
  });
  server.on('clientError', answerUnreadable);
  return { server, ca };
}

/** A TCP connection is known by its far end: what encrypts it does not give it away. */
function peerOf({ remoteAddress, remotePort }: Pick<Socket, 'remoteAddress' | 'remotePort'>): string {
  return `${remoteAddress} ${remotePort}`;
}

/** HTTP/2 refuses to send these. */
const notOfHttp2: ReadonlySet<string> = new Set([...headersOfConnection, 'transfer-encoding', 'http2-settings']);

/**
 * HTTP/2 says in headers of its own what HTTP/1.1 says in its first line and in `Host`, and knows no headers of connections:
 * nobody further in is to know of it.
 */
function speakAsHttp1(request: Http2ServerRequest, response: Http2ServerResponse): void {
  const plain = Object.entries(request.headers).filter(([name]) => !name.startsWith(':'));
  const headers = { ...Object.fromEntries(plain), host: request.authority };
  const distinct = Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value : [value]]);
  Object.defineProperties(request, { headers: { value: headers }, headersDistinct: { value: Object.fromEntries(distinct) } });
  const writeHead = response.writeHead.bind(response);
  const answer = (status: number, sent: OutgoingHttpHeaders = {}) =>
    writeHead(status, Object.fromEntries(Object.entries(sent).filter(([name]) => !notOfHttp2.has(name.toLowerCase()))));
  Object.defineProperty(response, 'writeHead', { value: answer });
}

interface Certified extends Pick<SecureServerOptions, 'cert' | 'key' | 'SNICallback'> {
  readonly ca: string | null;
}

async function ownOptions({ certFile, keyFile }: CertificateFiles): Promise<Certified> {
  try {
    const [cert, key] = [await readFile(certFile), await readFile(keyFile)];
    // Throws here what a server would only throw to its first client; of keys of different kinds it would not even then.
    createSecureContext({ cert, key });
    if (!new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))) throw new Error('they do not belong together');
    return { cert, key, ca: null };
  } catch (error) {
    throw new TlsError(
      `cannot use the certificate ${certFile} with the key ${keyFile}: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** What makes certificates is large, and only they need it. */
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
