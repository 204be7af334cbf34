import { serveCommand } from '../support/command.ts';

/**
 * Replaces the package `testcontainers`, because there is no container engine: a container of the image is a process of the
 * command, with the container's environment and the ports of the process.
 */
export const Wait = { forLogMessage: (message: RegExp) => message };

interface Running {
  readonly ports: ReadonlyMap<number, number>;
  stop(): Promise<unknown>;
}

export class GenericContainer {
  readonly image: string;
  readonly #ports: number[] = [];
  #environment: Record<string, string> = {};
  #readyMessage = /^never$/;

  constructor(image: string) {
    this.image = image;
  }

  withExposedPorts(...ports: number[]): this {
    this.#ports.push(...ports);
    return this;
  }

  withEnvironment(environment: Record<string, string>): this {
    this.#environment = { ...this.#environment, ...environment };
    return this;
  }

  /** Copies nothing: the environment gets the path of the source instead. */
  withCopyFilesToContainer(files: { readonly source: string; readonly target: string }[]): this {
    for (const { source, target } of files) this.#copied.set(target, source);
    return this;
  }
  readonly #copied = new Map<string, string>();

  withWaitStrategy(message: RegExp): this {
    this.#readyMessage = message;
    return this;
  }

  async start(): Promise<StartedTestContainer> {
    const env = Object.fromEntries(
      Object.entries(this.#environment).map(([name, value]) => [name, this.#copied.get(value) ?? value]),
    );
    const { announcement, stop } = await serveCommand([], { env });
    if (!this.#readyMessage.test(announcement))
      throw new Error(`expected a line such as ${this.#readyMessage}, not ${announcement}`);
    const found = [...announcement.matchAll(/(https?):\/\/127\.0\.0\.1:(\d+)/g)].map(
      ([, scheme, port]) => [scheme === 'http' ? 5282 : 5283, Number(port)] as const,
    );
    return new StartedTestContainer({ ports: new Map(found.filter(([port]) => this.#ports.includes(port))), stop });
  }
}

export class StartedTestContainer {
  readonly #running: Running;

  constructor(running: Running) {
    this.#running = running;
  }

  getHost(): string {
    return '127.0.0.1';
  }

  getMappedPort(port: number): number {
    const mapped = this.#running.ports.get(port);
    if (mapped === undefined) throw new Error(`port ${port} is not exposed`);
    return mapped;
  }

  stop(): Promise<unknown> {
    return this.#running.stop();
  }
}

export class AbstractStartedContainer {
  readonly #started: StartedTestContainer;

  constructor(started: StartedTestContainer) {
    this.#started = started;
  }

  getHost(): string {
    return this.#started.getHost();
  }

  getMappedPort(port: number): number {
    return this.#started.getMappedPort(port);
  }

  stop(): Promise<unknown> {
    return this.#started.stop();
  }
}
