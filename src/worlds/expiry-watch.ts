import type { Instant, VirtualClock } from '../clock.ts';
import { type ApiKey, isExpired } from '../core/api-key.ts';
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
  readonly #tell: (key: ApiKey, at: Instant) => void;
  /** Keys that a change put past their expiry, or that were issued so, by that expiry: the clock did not pass it. */
  readonly #alreadyPast = new Map<string, Instant>();
  /** Expiries before this instant were told. */
  #toldUntil: Instant;
  /** Rounds run one after the other: two at once would tell of the same keys. */
  #lastRound: Promise<void> = Promise.resolve();
  /** How often the keys became other ones: what was read before tells of keys that are gone. */
  #restarts = 0;
  #timer: NodeJS.Timeout | undefined;
  #wakesAt: Instant = Number.POSITIVE_INFINITY;
  #isClosed = false;

  /** `tell` is given a key and the first instant at which it is expired. */
  constructor(clock: VirtualClock, keys: KeyStore, tell: (key: ApiKey, at: Instant) => void) {
    this.#clock = clock;
    this.#keys = keys;
    this.#tell = tell;
    this.#toldUntil = clock.now();
  }

  /** To be called after the clock was moved, and before anybody reads what was told. Throws what the store does. */
  catchUp(): Promise<void> {
    // Up to now, and not to when its turn comes: the clock may be put back before that.
    const [now, restarts] = [this.#clock.now(), this.#restarts];
    const round = this.#lastRound.then(() => this.#tellPassed(now, restarts));
    this.#lastRound = round.catch(() => undefined);
    return round;
  }

  /** The same where nobody waits: what could not be read is told by the next round. */
  catchUpSoon(): void {
    this.catchUp().catch(() => undefined);
  }

  /** The keys are other ones: what expired so far is not told. */
  restart(): void {
    this.#restarts += 1;
    this.#toldUntil = this.#clock.now();
    this.#alreadyPast.clear();
    this.catchUpSoon();
  }

  /** A key was issued or changed: it may expire before all others. */
  consider(key: ApiKey): void {
    const { id, expiresAt, state } = key;
    if (expiresAt === null || state !== 'active') return;
    const isPast = isExpired(key, this.#clock.now());
    if (isPast && expiresAt >= this.#toldUntil) this.#alreadyPast.set(id, expiresAt);
    if (!isPast && expiresAt < this.#wakesAt) this.#wakeAt(expiresAt);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  async #tellPassed(now: Instant, restarts: number): Promise<void> {
    const isOver = () => this.#isClosed || restarts !== this.#restarts;
    for (let limit = batch; !isOver(); ) {
      if (now < this.#toldUntil) this.#alreadyPast.clear();
      const passed = await this.#keys.expiring(Math.min(this.#toldUntil, now), now, limit);
      if (isOver()) return;
      const isAll = passed.length < limit;
      // Of the last instant there may be more than fit: those wait for the next round.
      const last = passed.at(-1)?.expiresAt ?? now;
      const told = isAll ? passed : passed.filter(({ expiresAt }) => expiresAt !== last);
      this.#toldUntil = isAll ? now : last;
      for (const key of told) this.#tellOf(key);
      if (isAll) return this.#finish();
      if (told.length === 0) limit *= 10;
    }
  }

  #tellOf(key: ApiKey): void {
    const { id, expiresAt } = key;
    if (expiresAt === null || this.#alreadyPast.get(id) === expiresAt) return;
    // A key is expired strictly after its expiry.
    this.#tell(key, expiresAt + 1);
  }

  /** Looks for the next expiry, and wakes up for it. */
  async #finish(): Promise<void> {
    for (const [id, expiresAt] of this.#alreadyPast) if (expiresAt < this.#toldUntil) this.#alreadyPast.delete(id);
    this.#wakesAt = Number.POSITIVE_INFINITY;
    clearTimeout(this.#timer);
    const [next] = await this.#keys.expiring(this.#toldUntil, null, 1);
    // A key that was issued meanwhile may have been first.
    if (next?.expiresAt != null && next.expiresAt < this.#wakesAt) this.#wakeAt(next.expiresAt);
  }

  #wakeAt(instant: Instant): void {
    const { now, frozen } = this.#clock.read();
    this.#wakesAt = instant;
    clearTimeout(this.#timer);
    const waitMs = Math.min(Math.max(instant + 1 - now, 1), longestWaitMs);
    if (!frozen && !this.#isClosed) this.#timer = setTimeout(() => this.catchUpSoon(), waitMs).unref();
  }
}
