import type { Instant, VirtualClock } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import type { KeyStore } from '../core/key-store.ts';

/** Longer waits are cut into pieces: a timer counts in 31 bits. */
const longestWaitMs = 24 * 3_600_000;
/** So many at a time: a clock that jumps over a year may pass a million expiries. */
const batch = 1000;

/**
 * Tells of every key whose expiry the clock has passed, be it moved or running, in the order of time. A clock that is put
 * back makes them expire once more.
 */
export class ExpiryWatch {
  readonly #clock: VirtualClock;
  readonly #keys: KeyStore;
  readonly #tell: (key: ApiKey) => void;
  /** Expiries before this instant were told. */
  #toldUntil: Instant;
  #timer: NodeJS.Timeout | undefined;
  #wakesAt: Instant = Number.POSITIVE_INFINITY;
  #isClosed = false;

  constructor(clock: VirtualClock, keys: KeyStore, tell: (key: ApiKey) => void) {
    this.#clock = clock;
    this.#keys = keys;
    this.#tell = tell;
    this.#toldUntil = clock.now();
  }

  /** To be called after the clock was moved, and before anybody reads what was told. */
  async catchUp(): Promise<void> {
    for (let limit = batch; !this.#isClosed; ) {
      const now = this.#clock.now();
      const from = Math.min(this.#toldUntil, now);
      const passed = await this.#keys.expiring(from, now, limit);
      const isAll = passed.length < limit;
      // Of the last instant there may be more than fit: those wait for the next round.
      const last = passed.at(-1)?.expiresAt ?? now;
      const told = isAll ? passed : passed.filter(({ expiresAt }) => expiresAt !== last);
      this.#toldUntil = isAll ? now : last;
      for (const key of told) this.#tell(key);
      if (isAll) return this.#schedule();
      if (told.length === 0) limit *= 10;
    }
  }

  /** The keys are other ones: what expired so far is not told. */
  restart(): void {
    this.#toldUntil = this.#clock.now();
    void this.catchUp();
  }

  /** A key was issued or changed: it may expire before all others. */
  consider({ expiresAt, state }: ApiKey): void {
    if (expiresAt !== null && state === 'active' && expiresAt < this.#wakesAt) this.#wakeAt(expiresAt);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  async #schedule(): Promise<void> {
    const [next] = await this.#keys.expiring(this.#toldUntil, null, 1);
    this.#wakesAt = Number.POSITIVE_INFINITY;
    clearTimeout(this.#timer);
    if (next !== undefined) this.consider(next);
  }

  #wakeAt(instant: Instant): void {
    const { now, frozen } = this.#clock.read();
    this.#wakesAt = instant;
    clearTimeout(this.#timer);
    // A key is expired strictly after its expiry.
    const waitMs = Math.min(Math.max(instant + 1 - now, 1), longestWaitMs);
    if (!frozen && !this.#isClosed) this.#timer = setTimeout(() => void this.catchUp(), waitMs).unref();
  }
}
