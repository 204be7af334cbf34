import type { Server } from 'node:http';
import type { Http2SecureServer, ServerHttp2Stream } from 'node:http2';
import { answerExceptions } from './client-error.ts';
import { noteAnswer } from './exchanges.ts';

/** How long others may keep latchkey waiting, in milliseconds of real time. */
export interface Limits {
  /** For a TLS handshake. */
  readonly handshakeMs: number;
  /** For the head of a request, counted from the connection. Over HTTP/2: how long a connection may have no request at all. */
  readonly headMs: number;
  /** For a whole request, its body included. */
  readonly requestMs: number;
  /** How long a connection may stay open between two requests. */
  readonly idleMs: number;
  /** How often the limits of HTTP/1.1 are checked. */
  readonly checkMs: number;
  /** How long open requests may take once latchkey is stopping. */
  readonly graceMs: number;
}

export const defaultLimits: Limits = {
  handshakeMs: 10_000,
  headMs: 60_000,
  requestMs: 300_000,
  idleMs: 72_000,
  checkMs: 5_000,
  graceMs: 500,
};

/** Makes a server keep to the limits. To be called before it listens, for each listener alike. */
export function keepLimits(server: Server | Http2SecureServer, { headMs, requestMs, idleMs, checkMs }: Limits): void {
  // Servers of both kinds read these from themselves for HTTP/1.1, but the types know them only of one kind.
  Object.assign(server, {
    headersTimeout: headMs,
    requestTimeout: requestMs,
    keepAliveTimeout: idleMs,
    connectionsCheckingInterval: checkMs,
  });
  // Before the request is answered: whoever closes the server meanwhile must know of it.
  server.prependListener('request', noteAnswer);
  answerExceptions(server);
}

/** Makes the HTTP/2 sessions of a server keep to the limits, which Node applies to HTTP/1.1 alone. */
export function keepSessionLimits(server: Http2SecureServer, { headMs, requestMs }: Limits): void {
  server.on('session', (session) => {
    const open = new Set<ServerHttp2Stream>();
    const giveUp = () => void (open.size === 0 && session.destroy());
    let waiting = setTimeout(giveUp, headMs).unref();
    session.once('close', () => clearTimeout(waiting));
    session.on('stream', (stream) => {
      open.add(stream);
      clearTimeout(waiting);
      const reading = setTimeout(() => stream.destroy(), requestMs).unref();
      stream.once('end', () => clearTimeout(reading));
      stream.once('close', () => {
        clearTimeout(reading);
        open.delete(stream);
        clearTimeout(waiting);
        if (open.size === 0 && !session.destroyed) waiting = setTimeout(giveUp, headMs).unref();
      });
    });
  });
}
