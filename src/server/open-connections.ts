import type { Server, ServerResponse } from 'node:http';
import type { Http2SecureServer } from 'node:http2';
import type { Socket } from 'node:net';
import { transportOf } from '../http/transport.ts';

interface Connection {
  /** The number of requests on it that are being answered. */
  answering: number;
  /** Ends it once everything written to it is sent. */
  end(): void;
}

/**
 * The connections of some servers, and how many requests on each are being answered. When a Node server is closed, it waits
 * for connections that have not sent a request yet, and browsers and clients open such connections in advance.
 */
export class OpenConnections {
  readonly #open = new Map<Socket, Connection>();
  #isClosing = false;
  #isOver = false;

  /** Counts the connections of a server. To be called before it listens. */
  watch(server: Server): void {
    server.on('connection', (socket) => this.#opened(socket));
    const count = this.#count.bind(this);
    // One function for all answers, which finds the connection by itself.
    const closed = function (this: ServerResponse) {
      count(this.req.socket, -1);
    };
    server.on('request', ({ socket }, response) => {
      count(socket, 1);
      response.on('close', closed);
    });
  }

  /** The same for an https server: its TLS or HTTP/2 session is ended before the connection. */
  watchSecure(server: Http2SecureServer): void {
    server.on('connection', (socket: Socket) => this.#opened(socket));
    server.on('request', (request, response) => {
      const { socket } = transportOf(request);
      const connection = this.#open.get(socket);
      if (connection === undefined) return;
      if (request.httpVersionMajor === 2) connection.end = () => request.stream.session?.close();
      else connection.end = () => request.socket.destroySoon();
      this.#count(socket, 1);
      response.once('close', () => this.#count(socket, -1));
    });
  }

  /**
   * Closes every connection that is idle now, and the others as soon as they are; after `graceMs` it destroys those that are
   * left. Call the function that it returns once no server has a connection any more.
   */
  close(graceMs: number): () => void {
    this.#isClosing = true;
    for (const socket of this.#open.keys()) this.#count(socket, 0);
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

  #count(socket: Socket, more: number): void {
    const connection = this.#open.get(socket);
    if (connection === undefined) return;
    connection.answering += more;
    if (this.#isClosing && connection.answering === 0) connection.end();
  }
}
