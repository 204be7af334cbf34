import { createServer, type Server } from 'node:http';
import type { AddressInfo, Server as TcpServer } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { answerUnreadable } from './client-error.ts';

/** Another server whose requests the app answers as its own. */
export function servedBy(app: FastifyInstance): Server {
  const server = createServer((request, response) => app.routing(request, response));
  server.on('clientError', answerUnreadable);
  return server;
}

/** Resolves with the base URL of a server once it accepts connections. Throws the system's own error if the port is not free. */
export function listen(server: TcpServer, host: string, port: number, scheme = 'http'): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve(`${scheme}://${shownHost(host)}:${portOf(server)}`);
    });
  });
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
