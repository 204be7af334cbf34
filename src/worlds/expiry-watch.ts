import type { Instant, VirtualClock } from '../clock.ts';
import { type ApiKey, isExpired } from '../core/api-key.ts';
import type { KeyStore } from '../core/key-store.ts';

/** A longer wait is split into several, because a timer counts in 31 bits. */
const longestWaitMs = 24 * 3_600_000;
/** How many expiries are read at a time: a clock that jumps over a year may pass a million. */
const batchSize = 1000;

/**
 * Reports every key whose expiry the clock has passed, whether it ran or was moved, in order of time. After the clock is put
 * back, the same keys expire again.
 */
export class ExpiryWatch {
  readonly #clock: VirtualClock;
  readonly #keys: KeyStore;
  readonly #tell: (key: ApiKey, at: Instant) => void;
  /** Keys that were given an expiry which was past already, with that expiry: the clock did not pass it, so it is not reported. */
  readonly #alreadyPast = new Map<string, Instant>();
  /** Every expiry before this instant has been reported. */
  #toldUntil: Instant;
  /** Rounds run one after another: two at once would report the same keys. */
  #lastRound: Promise<void> = Promise.resolve();
  /** Counts the replacements of all keys: what was read before one is out of date. */
  #restarts = 0;
  #timer: NodeJS.Timeout | undefined;
  #wakesAt: Instant = Number.POSITIVE_INFINITY;
  #isClosed = false;

  /** `tell` is called with a key and the first instant at which it is expired. */
  constructor(clock: VirtualClock, keys: KeyStore, tell: (key: ApiKey, at: Instant) => void) {
    this.#clock = clock;
    this.#keys = keys;
    this.#tell = tell;
    this.#toldUntil = clock.now();
  }

  /** Reports every expiry up to now. Resolves when all are reported; throws what the store throws. */
  catchUp(): Promise<void> {
    // Now, and not when the round begins: the clock may be put back before that.
    const [now, restarts] = [this.#clock.now(), this.#restarts];
    const round = this.#lastRound.then(() => this.#tellPassed(now, restarts));
    this.#lastRound = round.catch(() => undefined);
    return round;
  }

  /** The same without waiting. After a failure, the next round reports what is missing. */
  catchUpSoon(): void {
    this.catchUp().catch(() => undefined);
  }

  /** Call this after all keys were replaced: what expired before is not reported. */
  restart(): void {
    this.#restarts += 1;
    this.#toldUntil = this.#clock.now();
    this.#alreadyPast.clear();
    this.catchUpSoon();
  }

  /** Call this after a key was issued or changed: it may be the next to expire. */
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
    for (let limit = batchSize; !isOver(); ) {
      if (now < this.#toldUntil) this.#alreadyPast.clear();
      const passed = await this.#keys.expiring(Math.min(this.#toldUntil, now), now, limit);
      if (isOver()) return;
      const isAll = passed.length < limit;
      // More keys than were read may expire at the last instant: they are left to the next pass of the loop.
      const last = passed.at(-1)?.expiresAt ?? now;
      const told = isAll ? passed : passed.filter(({ expiresAt }) => expiresAt !== last);
      this.#toldUntil = isAll ? now : last;
      for (const key of told) this.#tellOf(key);
      if (isAll) return this.#awaitNext();
      if (told.length === 0) limit *= 10;
    }
  }

  #tellOf(key: ApiKey): void {
    const { id, expiresAt } = key;
    if (expiresAt === null || this.#alreadyPast.get(id) === expiresAt) return;
    // A key is expired strictly after its expiry.
    this.#tell(key, expiresAt + 1);
  }

  /** Finds the next expiry, and sets the timer for it. */
  async #awaitNext(): Promise<void> {
    for (const [id, expiresAt] of this.#alreadyPast) if (expiresAt < this.#toldUntil) this.#alreadyPast.delete(id);
    this.#wakesAt = Number.POSITIVE_INFINITY;
    clearTimeout(this.#timer);
    const [next] = await this.#keys.expiring(this.#toldUntil, null, 1);
    // A key that was issued meanwhile may expire earlier still.
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
