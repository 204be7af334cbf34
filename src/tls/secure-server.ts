import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import {
  constants,
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type SecureServerOptions,
} from 'node:http2';
import type { Socket } from 'node:net';
import { createSecureContext } from 'node:tls';
import { systemClock } from '../clock.ts';
import { answerUnreadable } from '../http/client-error.ts';
import { carryOver } from '../http/transport.ts';
import { type CertificateFiles, type SelfSigned, TlsError } from './settings.ts';

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
    if (isHttp2) speakAsHttp1(request);
    answering.emit('request', request, response);
  });
  server.on('clientError', answerUnreadable);
  return { server, ca };
}

/** A TCP connection is known by its far end: what encrypts it does not give it away. */
function peerOf({ remoteAddress, remotePort }: Pick<Socket, 'remoteAddress' | 'remotePort'>): string {
  return `${remoteAddress} ${remotePort}`;
}

/** HTTP/2 says in headers of its own what HTTP/1.1 says in its first line and in `Host`: nobody further in is to know of it. */
function speakAsHttp1(request: Http2ServerRequest): void {
  const headers = Object.entries(request.headers).filter(([name]) => !name.startsWith(':'));
  const value = { host: request.authority, ...Object.fromEntries(headers) };
  Object.defineProperty(request, 'headers', { value });
}

interface Certified extends Pick<SecureServerOptions, 'cert' | 'key' | 'SNICallback'> {
  readonly ca: string | null;
}

async function ownOptions({ certFile, keyFile }: CertificateFiles): Promise<Certified> {
  try {
    const [cert, key] = [await readFile(certFile), await readFile(keyFile)];
    // Throws here what a server would only throw to its first client.
    createSecureContext({ cert, key });
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
