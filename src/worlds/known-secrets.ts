import { othersTurn } from '../core/pieces.ts';
import { hashSecret } from '../core/secret.ts';
import { SecretHashes, SecretHints } from '../core/secret-hashes.ts';
import type { SecretPrint } from '../core/world-store.ts';

/** What holds keys: the contents of a world. */
export interface SecretHolder {
  /** The prints of the secrets of all its keys, some of them at a time. */
  secretPrints(): Iterable<readonly SecretPrint[]>;
}

const noHolder: SecretHolder = { secretPrints: () => [] };

/** When more are known, those of keys that are no more are forgotten. */
const mostKnown = 1 << 20;

/**
 * The secrets of all worlds, as hashes: the journals must not show them, in whatever world they are sent. Those of keys that a
 * reset, a restore or a drop has removed stay known, since a text with one of them may still be kept, or come again.
 */
export class KnownSecrets {
  readonly #most: number;
  #hashes = new SecretHashes();
  #hints = new SecretHints();
  /** By holder, secrets so short that they may be words as well: these are forgotten with their keys. */
  readonly #short = new Map<SecretHolder, SecretHashes>();
  /** Those whose secrets were not read yet: most are never asked for. */
  readonly #unread = new Set<SecretHolder>();
  readonly #read = new Set<SecretHolder>();
  /** Those that no key has. */
  readonly #unstored: SecretPrint[] = [];
  #mostNow: number;

  constructor(most: number = mostKnown) {
    this.#most = most;
    this.#mostNow = most;
  }

  /** How many long secrets are known. */
  get size(): number {
    return this.#hashes.size;
  }

  /** Call this for new contents, and when many keys were put into them at once. */
  expect(holder: SecretHolder): void {
    this.#read.delete(holder);
    this.#unread.add(holder);
  }

  /** Call this with every key that is issued. */
  note(holder: SecretHolder, print: SecretPrint): void {
    if (this.#read.has(holder)) this.#add(holder, print);
  }

  /** Call this with a secret that was answered as that of a key, and that no key has. */
  noteUnstored(print: SecretPrint): void {
    this.#unstored.push(print);
    this.#add(noHolder, print);
  }

  /**
   * Call this before keys are removed from a store: their secrets stay known. They are read in pieces, between which others have
   * their turn.
   */
  async keep(holder: SecretHolder): Promise<void> {
    if (!this.#unread.has(holder)) return;
    // From now on new keys are noted.
    this.#read.add(holder);
    for (const prints of holder.secretPrints()) {
      for (const print of prints) this.#add(holder, print);
      await othersTurn();
      // Somebody could not wait, and read all of them.
      if (!this.#unread.has(holder)) return;
    }
    this.#unread.delete(holder);
  }

  /** The same in one turn, where nothing can be awaited. */
  keepNow(holder: SecretHolder): void {
    if (this.#unread.delete(holder)) this.#readAll(holder);
  }

  /** Reads the secrets that were not read yet, in pieces; undefined if there are none. */
  prepare(): Promise<void> | undefined {
    return this.#unread.size === 0 ? undefined : this.#keepAll();
  }

  async #keepAll(): Promise<void> {
    for (const holder of this.#unread) await this.keep(holder);
  }

  /** Call this when contents end: nothing is read from them any more. */
  leave(holder: SecretHolder): void {
    this.#unread.delete(holder);
    this.#read.delete(holder);
    this.#short.delete(holder);
  }

  /** Whether a word is, or was, the secret of a key. */
  isSecret(word: string): boolean {
    this.#readUnread();
    const hash = hashSecret(word);
    if (this.#hashes.has(hash)) return true;
    for (const short of this.#short.values()) if (short.has(hash)) return true;
    return false;
  }

  /** The lengths of the hints of secrets that a text may have at a place. */
  hintsAt(text: string, place: number): readonly number[] {
    this.#readUnread();
    return this.#hints.lengthsAt(text, place);
  }

  #readUnread(): void {
    for (const holder of this.#unread) this.#readAll(holder);
    this.#unread.clear();
    if (this.#hashes.size > this.#mostNow) this.#startAnew();
  }

  #readAll(holder: SecretHolder): void {
    this.#read.add(holder);
    for (const prints of holder.secretPrints()) for (const print of prints) this.#add(holder, print);
  }

  #add(holder: SecretHolder, { hash, hint }: SecretPrint): void {
    if (SecretHints.isLong(hint)) {
      this.#hashes.add(hash);
      this.#hints.add(hint);
      return;
    }
    const short = this.#short.get(holder) ?? new SecretHashes();
    short.add(hash);
    this.#short.set(holder, short);
  }

  /** Forgets the secrets of keys that are no more. */
  #startAnew(): void {
    this.#hashes = new SecretHashes();
    this.#hints = new SecretHints();
    for (const holder of this.#read) this.#readAll(holder);
    for (const print of this.#unstored) this.#add(noHolder, print);
    // Were they as many as before, they would be read again at once.
    this.#mostNow = Math.max(this.#most, this.#hashes.size * 2);
  }
}
