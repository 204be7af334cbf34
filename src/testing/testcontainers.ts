import { basename } from 'node:path';
import { AbstractStartedContainer, GenericContainer, type StartedTestContainer, Wait } from 'testcontainers';
import { connect } from '../client/connect.ts';
import type { Latchkey } from '../client/types.ts';

const [httpPort, httpsPort] = [5282, 5283];

/** A latchkey in a container, for Testcontainers. Set settings that have no method here with `withEnvironment`. */
export class LatchkeyContainer extends GenericContainer {
  #adminToken: string | undefined;

  constructor(image = 'latchkey') {
    super(image);
    this.withExposedPorts(httpPort).withWaitStrategy(Wait.forLogMessage(/latchkey \S+ ready: /));
  }

  /** The instant at which the clock starts, RFC 3339. */
  withClock(instant: string): this {
    return this.withEnvironment({ LATCHKEY_CLOCK: instant });
  }

  /** The providers to emulate (default: all). */
  withProviders(...providers: readonly string[]): this {
    return this.withEnvironment({ LATCHKEY_PROVIDERS: providers.join(',') });
  }

  /** Which version of a provider to emulate. */
  withProfile(provider: string, profile: string): this {
    return this.withEnvironment({ [`LATCHKEY_${provider.toUpperCase()}_PROFILE`]: profile });
  }

  /** A seed file, which is copied into the container. */
  withSeedFile(source: string): this {
    const target = `/tmp/${basename(source)}`;
    return this.withCopyFilesToContainer([{ source, target }]).withEnvironment({ LATCHKEY_SEED: target });
  }

  /** The token that callers of the control plane must send. */
  withAdminToken(token: string): this {
    this.#adminToken = token;
    return this.withEnvironment({ LATCHKEY_ADMIN_TOKEN: token });
  }

  /** https alongside http, with certificates of latchkey's own authority. */
  withTls(): this {
    return this.withExposedPorts(httpsPort).withEnvironment({ LATCHKEY_TLS: 'self-signed' });
  }

  /** Resolves once latchkey answers. */
  override async start(): Promise<StartedLatchkeyContainer> {
    return new StartedLatchkeyContainer(await super.start(), this.#adminToken);
  }
}

/** A latchkey that runs in a container. */
export class StartedLatchkeyContainer extends AbstractStartedContainer {
  readonly #adminToken: string | undefined;

  constructor(started: StartedTestContainer, adminToken: string | undefined) {
    super(started);
    this.#adminToken = adminToken;
  }

  /** Its base URL, as the tests reach it. */
  getUrl(): string {
    return `http://${this.getHost()}:${this.getMappedPort(httpPort)}`;
  }

  /** The same for https. The certificate to trust is that of `connect()`'s `tls()`. */
  getHttpsUrl(): string {
    return `https://${this.getHost()}:${this.getMappedPort(httpsPort)}`;
  }

  /** The client that drives it. */
  connect(): Promise<Latchkey> {
    return connect(this.getUrl(), { adminToken: this.#adminToken });
  }
}
