import { type IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { Http2SecureServer, Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { Socket } from 'node:net';
import { transportOf } from '../http/transport.ts';
import { unsentOn } from './exchanges.ts';

interface Connection {
  /** The number of requests that came over it encrypted and are being answered. */
  answering: number;
  /** Ends it once everything written to it is sent. */
  end(): void;
}

/**
 * The connections of some servers. When a Node server is closed, it waits for connections that have not sent a request yet, and
 * browsers and clients open such connections in advance: here they are ended once nothing on them is being answered.
 */
export class OpenConnections {
  readonly #open = new Map<Socket, Connection>();
  readonly #servers: Server[] = [];
  readonly #secureServers: Http2SecureServer[] = [];
  #isClosing = false;
  #isOver = false;

  /** Keeps the connections of a server. To be called before it listens, and after its answers are noted (`noteAnswer`). */
  watch(server: Server): void {
    this.#servers.push(server);
    server.on('connection', (socket) => this.#opened(socket));
  }

  /** The same for an https server: its TLS or HTTP/2 session is ended before the connection. */
  watchSecure(server: Http2SecureServer): void {
    this.#secureServers.push(server);
    server.on('connection', (socket: Socket) => this.#opened(socket));
    server.on('request', (request, response) => {
      const { socket } = transportOf(request);
      const connection = this.#open.get(socket);
      if (connection === undefined) return;
      if (request.httpVersionMajor === 2) connection.end = () => request.stream.session?.close();
      else connection.end = () => request.socket.destroySoon();
      connection.answering += 1;
      response.once('close', () => {
        connection.answering -= 1;
        if (this.#isClosing) this.#endIdle(socket);
      });
    });
  }

  /**
   * Has the next answer on every connection say `Connection: close`, and end it. Over HTTP/2 there is no such header. What is being
   * answered now does not end its connection: the request that may already follow it would be done, and its answer lost.
   */
  drain(): void {
    for (const server of [...this.#servers, ...this.#secureServers]) {
      // Whatever follows on a connection that ends is not done: its client can send it again.
      Object.assign(server, { maxRequestsPerSocket: 1 });
      server.prependListener('request', endWithAnswer);
    }
  }

  /**
   * Closes every connection that is idle now, and the others as soon as they are; after `graceMs` it destroys those that are
   * left. Call the function that it returns once no server has a connection any more.
   */
  close(graceMs: number): () => void {
    this.#isClosing = true;
    for (const server of this.#servers) server.on('request', ({ socket }, response) => this.#endAfter(response, socket));
    for (const socket of this.#open.keys()) {
      for (const response of unsentOn(socket)) this.#endAfter(response, socket);
      this.#endIdle(socket);
    }
    const timer = setTimeout(() => {
      this.#isOver = true;
      for (const socket of this.#open.keys()) socket.destroy();
    }, graceMs);
    return () => clearTimeout(timer);
  }

  #opened(socket: Socket): void {
    // It was accepted while the servers were closing.
    if (this.#isOver) return void socket.destroy();
    this.#open.set(socket, { answering: 0, end: () => socket.destroySoon() });
    socket.once('close', () => this.#open.delete(socket));
  }

  #endAfter(response: ServerResponse, socket: Socket): void {
    response.once('close', () => this.#endIdle(socket));
  }

  #endIdle(socket: Socket): void {
    const connection = this.#open.get(socket);
    if (connection?.answering === 0 && unsentOn(socket).length === 0) connection.end();
  }
}

function endWithAnswer(_request: IncomingMessage | Http2ServerRequest, response: ServerResponse | Http2ServerResponse): void {
  if (response instanceof ServerResponse) response.shouldKeepAlive = false;
}
