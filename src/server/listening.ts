import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { plainHttp } from './plain-http.ts';

/** Another server whose requests the app answers as its own. */
export function servedBy(app: FastifyInstance): Server {
  const server = createServer(plainHttp, (request, response) => app.routing(request, response));
  server.on('clientError', (error, socket) => app.server.emit('clientError', error, socket));
  return server;
}

/** A server that listens. */
export interface Listening {
  readonly url: string;
  /** Accepts connections for it at a second address; undefined if it has only one. */
  readonly twin: TcpServer | undefined;
}

/** Clients resolve `localhost` to either. */
const [loopback, loopback6] = ['127.0.0.1', '::1'];
/** What the system says of an address that the machine does not have. */
const missing: ReadonlySet<unknown> = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);
/** A port that is free at one address may be taken at the other. */
const mostTries = 20;

/**
 * Resolves once a server accepts connections: at an address, or for `localhost` at both loopback addresses, as far as the
 * machine has them. Throws the system's own error if the port is not free.
 */
export async function listen(server: TcpServer, host: string, port: number, scheme = 'http'): Promise<Listening> {
  const listening = (address: string, twin?: TcpServer) => ({ url: `${scheme}://${shownHost(address)}:${portOf(server)}`, twin });
  if (host !== 'localhost') {
    await bind(server, host, port);
    return listening(host);
  }
  for (let tried = 1; ; tried++) {
    if (!(await bindIfThere(server, loopback, port))) {
      await bind(server, loopback6, port);
      return listening(loopback6);
    }
    const twin = twinOf(server);
    try {
      return listening(loopback, (await bindIfThere(twin, loopback6, portOf(server))) ? twin : undefined);
    } catch (error) {
      await stop(server);
      if (port !== 0 || codeOf(error) !== 'EADDRINUSE' || tried === mostTries) throw error;
    }
  }
}

/** A server that hands its connections to another one. */
function twinOf(server: TcpServer): TcpServer {
  // As an HTTP server accepts them.
  return createTcpServer({ allowHalfOpen: true, noDelay: true }, (socket) => server.emit('connection', socket));
}

/** False if the machine does not have the address. */
async function bindIfThere(server: TcpServer, host: string, port: number): Promise<boolean> {
  try {
    await bind(server, host, port);
    return true;
  } catch (error) {
    if (missing.has(codeOf(error))) return false;
    throw error;
  }
}

function bind(server: TcpServer, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** Stops a server; resolves once it has no connection left. */
export function stop(server: TcpServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

/** The port that a server listens on. */
export function portOf(server: TcpServer): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}

/** A host that a client can connect to: it cannot connect to a wildcard address. */
function shownHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
