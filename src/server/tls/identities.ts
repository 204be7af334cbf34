import { createSecureContext, type SecureContext } from 'node:tls';
import { type Clock, systemClock } from '../../clock.ts';
import type { Authority, Identity } from './authority.ts';

/** The most names that get a certificate of their own: each costs memory, and clients choose them. */
const mostNames = 256;

/** The certificates of a server: one for the names that it is known to have, and one for each other name that clients use. */
export class Identities {
  readonly #authority: Authority;
  readonly #clock: Clock;
  readonly #known: ReadonlySet<string>;
  readonly #further = new Map<string, Promise<SecureContext>>();

  constructor(authority: Authority, known: readonly string[], clock: Clock = systemClock) {
    this.#authority = authority;
    this.#known = new Set(known);
    this.#clock = clock;
  }

  /** The certificate for a client that gives no name, or one of the known names. */
  known(): Promise<Identity> {
    return this.#authority.issue([...this.#known], this.#clock.now());
  }

  /**
   * The certificate for a client that calls the server by a name; undefined if the one for the known names will do. A wildcard
   * covers one label, and many clients refuse one directly below a top-level domain: so `rockset.checkout-7.localhost` needs a
   * certificate of its own, and so does the name that a container network gives.
   */
  of(name: string): Promise<SecureContext> | undefined {
    const called = name.toLowerCase();
    if (this.#known.has(called) || !isHostName(called)) return undefined;
    const before = this.#further.get(called);
    if (before !== undefined || this.#further.size >= mostNames) return before;
    const made = this.#authority.issue([called], this.#clock.now()).then(createSecureContext);
    this.#further.set(called, made);
    return made;
  }
}

function isHostName(name: string): boolean {
  return name.length <= 253 && /^[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/.test(name);
}
