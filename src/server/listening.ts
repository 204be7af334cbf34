import { createServer, type Server } from 'node:http';
import type { AddressInfo, Server as TcpServer } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { answerUnreadable } from './client-error.ts';

/** A further server whose requests the app answers as its own. */
export function servedBy(app: FastifyInstance): Server {
  const server = createServer((request, response) => app.routing(request, response));
  server.on('clientError', answerUnreadable);
  return server;
}

/** Resolves with its base URL once it accepts connections. Throws the system's own error where the port cannot be had. */
export function listen(server: TcpServer, host: string, port: number, scheme = 'http'): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve(`${scheme}://${shownHost(host)}:${portOf(server)}`);
    });
  });
}

/** Resolves once it has no connection left. */
export function stop(server: TcpServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

/** The port that it listens on. */
export function portOf(server: TcpServer): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}

/** A host that a client can connect to: the wildcard addresses are for listening only. */
function shownHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
