import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * The connections of some servers, and how many requests of each are being answered. Node waits at the end for a connection
 * on which nothing was asked yet, and browsers and clients open such ones in advance.
 */
export class OpenConnections {
  readonly #answering = new Map<Socket, number>();
  #isClosing = false;

  /** To be called before the server listens. */
  watch(server: Server): void {
    server.on('connection', (socket) => {
      this.#answering.set(socket, 0);
      socket.once('close', () => this.#answering.delete(socket));
    });
    server.on('request', ({ socket }, response) => {
      this.#count(socket, 1);
      response.once('close', () => this.#count(socket, -1));
    });
  }

  /** Closes every connection on which nothing is being answered: the others as soon as that is so. */
  close(): void {
    this.#isClosing = true;
    for (const socket of this.#answering.keys()) this.#count(socket, 0);
  }

  #count(socket: Socket, more: number): void {
    const answering = (this.#answering.get(socket) ?? 0) + more;
    if (this.#answering.has(socket)) this.#answering.set(socket, answering);
    if (this.#isClosing && answering === 0) socket.destroySoon();
  }
}
