import { Client, type ClientConfig } from 'pg';

/** How long to wait before the next try to connect, in milliseconds. */
const retryMs = 500;

/** Hears what others say on some channels, on a connection of its own, which is made anew whenever it breaks. */
export class Listener {
  readonly #config: ClientConfig;
  readonly #channels: readonly string[];
  readonly #heard: (channel: string, said: string) => void;
  #client: Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(config: ClientConfig, channels: readonly string[], heard: (channel: string, said: string) => void) {
    this.#config = config;
    this.#channels = channels;
    this.#heard = heard;
  }

  /** Connects, and resolves once it hears. Throws what the connection says. */
  async open(): Promise<void> {
    const client = new Client(this.#config);
    client.on('error', () => this.#lost(client));
    client.on('end', () => this.#lost(client));
    client.on('notification', ({ channel, payload = '' }) => this.#heard(channel, payload));
    this.#client = client;
    await client.connect();
    for (const channel of this.#channels) await client.query(`LISTEN ${channel}`);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    await this.#client?.end().catch(() => undefined);
  }

  #lost(client: Client): void {
    if (this.#isClosed || this.#client !== client) return;
    this.#client = undefined;
    void client.end().catch(() => undefined);
    this.#tryLater();
  }

  #tryLater(): void {
    this.#retry = setTimeout(() => {
      const trying = this.open();
      const client = this.#client;
      trying.catch(() => client && this.#lost(client));
    }, retryMs).unref();
  }
}
