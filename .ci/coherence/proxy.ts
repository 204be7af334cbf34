import { once } from 'node:events';
import { connect, createServer, type NetConnectOpts, type Server, type Socket } from 'node:net';

/** What waits to be passed on in one direction of a connection; null is its end. */
interface Waiting {
  readonly chunk: Buffer | null;
  readonly dueAt: number;
}

/** A TCP port on 127.0.0.1 in front of a server, whose connections can be slow, silent, cut or refused. */
export class CuttableProxy {
  readonly #target: NetConnectOpts;
  readonly #latencyMs: number;
  readonly #connections = new Set<Connection>();
  #server: Server | undefined;
  #port = 0;
  #isSilent = false;

  /** Whatever passes is late by `latencyMs`, in each direction. */
  constructor(target: NetConnectOpts, latencyMs = 0) {
    this.#target = target;
    this.#latencyMs = latencyMs;
  }

  get port(): number {
    return this.#port;
  }

  /** Starts to accept connections; after `refuse`, on the same port. */
  async listen(): Promise<void> {
    const server = createServer((client) => this.#accept(client)).listen(this.#port, '127.0.0.1');
    this.#server = server;
    await once(server, 'listening');
    const address = server.address();
    if (address !== null && typeof address === 'object') this.#port = address.port;
  }

  /** Breaks all connections. New ones are accepted. */
  cut(): void {
    for (const one of [...this.#connections]) one.destroy();
  }

  /** Breaks all connections, and refuses new ones until `listen`. */
  async refuse(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      if (this.#server === undefined) resolve();
      else this.#server.close(() => resolve());
    });
    this.#server = undefined;
    this.cut();
    await closed;
  }

  /**
   * Passes nothing on until `speak`, and then everything, as a network does that was interrupted: also what was sent by somebody
   * who has hung up since.
   */
  silence(): void {
    this.#isSilent = true;
  }

  speak(): void {
    this.#isSilent = false;
    for (const one of this.#connections) one.pass();
  }

  #accept(client: Socket): void {
    const connection = new Connection(client, connect(this.#target), this.#latencyMs, () => this.#isSilent);
    this.#connections.add(connection);
    connection.whenClosed(() => this.#connections.delete(connection));
  }
}

class Connection {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #directions: readonly Direction[];

  constructor(client: Socket, server: Socket, latencyMs: number, isSilent: () => boolean) {
    this.#client = client;
    this.#server = server;
    this.#directions = [new Direction(client, server, latencyMs, isSilent), new Direction(server, client, latencyMs, isSilent)];
  }

  whenClosed(then: () => void): void {
    let open = 2;
    for (const socket of [this.#client, this.#server])
      socket.once('close', () => {
        open -= 1;
        if (open === 0) then();
      });
  }

  pass(): void {
    for (const one of this.#directions) one.pass();
  }

  destroy(): void {
    this.#client.destroy();
    this.#server.destroy();
  }
}

/** What is read from one socket and, later, written to another. */
class Direction {
  readonly #to: Socket;
  readonly #latencyMs: number;
  readonly #isSilent: () => boolean;
  readonly #waiting: Waiting[] = [];

  constructor(from: Socket, to: Socket, latencyMs: number, isSilent: () => boolean) {
    this.#to = to;
    this.#latencyMs = latencyMs;
    this.#isSilent = isSilent;
    from.setNoDelay(true);
    from.on('data', (chunk) => this.#wait(chunk));
    // Also after an error, which needs a listener: whatever came before it is passed on first.
    from.on('error', () => undefined);
    from.on('close', () => this.#wait(null));
    from.on('end', () => from.end());
  }

  /** Passes on what is due. */
  pass(): void {
    while (!this.#isSilent()) {
      const next = this.#waiting[0];
      if (next === undefined || next.dueAt > performance.now()) return;
      this.#waiting.shift();
      if (next.chunk === null) this.#to.end(() => this.#to.destroy());
      else if (this.#to.writable) this.#to.write(next.chunk);
    }
  }

  #wait(chunk: Buffer | null): void {
    this.#waiting.push({ chunk, dueAt: performance.now() + this.#latencyMs });
    if (this.#latencyMs === 0) this.pass();
    // A timer may ring a little early.
    else setTimeout(() => this.pass(), this.#latencyMs + 1);
  }
}
