import { noDelays } from '../core/propagation.ts';
import type { DelaysAt } from '../faults/faults.ts';
import type { Contents } from './contents.ts';
import type { KnownSecrets } from './known-secrets.ts';

/** What a world holds now. */
export class CurrentContents {
  readonly #secrets: KnownSecrets;
  readonly #make: () => Contents;
  #now: Contents;
  #delaysAt: DelaysAt = () => noDelays;

  constructor(secrets: KnownSecrets, make: () => Contents) {
    this.#secrets = secrets;
    this.#make = make;
    this.#now = make();
    secrets.expect(this.#now);
  }

  get now(): Contents {
    return this.#now;
  }

  delayChanges(delaysAt: DelaysAt): void {
    this.#delaysAt = delaysAt;
    this.#now.delayChanges(delaysAt);
  }

  /** Call this whenever everything in the store was replaced: what was remembered of it ends, and faults act on what is new. */
  replace(): void {
    this.end();
    this.#now = this.#make();
    this.#secrets.expect(this.#now);
    this.#now.delayChanges(this.#delaysAt);
  }

  /**
   * Reads the secrets of all keys now, where another process may replace the keys: once this one is told, the old ones are gone from
   * the store.
   */
  readSecrets(): void {
    this.#secrets.expect(this.#now);
    this.#secrets.keepNow(this.#now);
  }

  end(): void {
    this.#now.end();
    this.#secrets.leave(this.#now);
  }
}
