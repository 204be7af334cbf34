import type { Instant, VirtualClock } from '../clock.ts';
import { type ApiKey, isExpired } from '../core/api-key.ts';
import type { KeyStore } from '../core/key-store.ts';
import { othersTurn } from '../core/pieces.ts';

/** A longer wait is split into several, because a timer counts in 31 bits. */
const longestWaitMs = 24 * 3_600_000;
/** How many expiries are reported in one turn: a clock that jumps over a year may pass a million. */
const batchSize = 500;

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
  /** Every expiry before this instant has been reported, */
  #toldUntil: Instant;
  /** and of those at this instant the ones of these keys. */
  readonly #toldAtIt = new Set<string>();
  /** The furthest instant up to which rounds that are not over report. */
  #tellsUntil: Instant = Number.NEGATIVE_INFINITY;
  #rounds = 0;
  /** Keys that a round had not come to when they were changed, with the expiry that was reported then. */
  readonly #toldEarly = new Map<string, Instant>();
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
    this.#tellsUntil = Math.max(this.#tellsUntil, now);
    this.#rounds += 1;
    const round = this.#lastRound.then(() => this.#tellPassed(now, restarts)).finally(() => this.#endRound());
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
    this.#toldAtIt.clear();
    this.#toldEarly.clear();
    this.#alreadyPast.clear();
    this.catchUpSoon();
  }

  /**
   * Call this after a key was issued or changed: it may be the next to expire. `before` is the key before the change: if its
   * expiry is still to be reported, that is done now, since the change came after it.
   */
  consider(before: ApiKey | undefined, after: ApiKey): void {
    if (before !== undefined && this.#isToBeTold(before)) {
      this.#tellOf(before);
      this.#toldEarly.set(before.id, before.expiresAt ?? 0);
    }
    const { id, expiresAt, state } = after;
    if (expiresAt === null || state !== 'active') return;
    // As of the change: the clock may have passed the expiry since then.
    const isPast = isExpired(after, after.updatedAt);
    const wasThere = before?.expiresAt === expiresAt && before.state === 'active';
    if (isPast && !wasThere && expiresAt >= this.#toldUntil) this.#alreadyPast.set(id, expiresAt);
    if (!isPast && expiresAt < this.#toldUntil) this.#tellOf(after);
    else if (!isPast && expiresAt < this.#wakesAt) this.#wakeAt(expiresAt);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  async #tellPassed(now: Instant, restarts: number): Promise<void> {
    const isOver = () => this.#isClosed || restarts !== this.#restarts;
    if (now < this.#toldUntil) this.#putBack(now);
    for (let after: string | undefined; !isOver(); ) {
      const passed = await this.#keys.expiring(this.#toldUntil, now, batchSize, after);
      if (isOver()) return;
      for (const key of passed) this.#told(key);
      if (passed.length < batchSize) {
        this.#toldUpTo(Math.max(now, this.#toldUntil));
        return this.#awaitNext();
      }
      after = passed.at(-1)?.id;
      await othersTurn();
    }
  }

  #putBack(now: Instant): void {
    this.#alreadyPast.clear();
    this.#toldAtIt.clear();
    this.#toldUntil = now;
  }

  #toldUpTo(instant: Instant): void {
    if (instant !== this.#toldUntil) this.#toldAtIt.clear();
    this.#toldUntil = instant;
  }

  #told(key: ApiKey): void {
    const { id, expiresAt } = key;
    if (expiresAt === null) return;
    this.#toldUpTo(expiresAt);
    // A round that failed, or came after the first part of an instant's keys, meets them again.
    if (this.#toldAtIt.has(id)) return;
    this.#toldAtIt.add(id);
    if (this.#toldEarly.get(id) !== expiresAt) this.#tellOf(key);
  }

  #tellOf(key: ApiKey): void {
    const { id, expiresAt } = key;
    if (expiresAt === null || this.#alreadyPast.get(id) === expiresAt) return;
    // A key is expired strictly after its expiry.
    this.#tell(key, expiresAt + 1);
  }

  /** Whether a round that is not over has still to report the expiry of a key. */
  #isToBeTold({ id, expiresAt, state }: ApiKey): boolean {
    if (this.#rounds === 0 || expiresAt === null || state !== 'active') return false;
    if (expiresAt < this.#toldUntil || expiresAt >= this.#tellsUntil) return false;
    return !(expiresAt === this.#toldUntil && this.#toldAtIt.has(id)) && this.#toldEarly.get(id) !== expiresAt;
  }

  #endRound(): void {
    this.#rounds -= 1;
    if (this.#rounds === 0) this.#tellsUntil = Number.NEGATIVE_INFINITY;
    for (const [id, expiresAt] of this.#toldEarly) if (expiresAt < this.#toldUntil) this.#toldEarly.delete(id);
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
