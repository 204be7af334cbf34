import { hashSecret } from './secret.ts';

/** Few keys are in use at a time. */
const mostSecrets = 64;

/**
 * The hashes of the secrets that were accepted last: hashing one costs a request more than finding its key. What is remembered
 * is true of the text alone. The key is looked up and judged at every request all the same.
 *
 * Only accepted secrets are kept, at most 64 of a provider in a world, and no longer than until a key is changed or the keys are replaced.
 * Whatever else a client sends is not kept.
 */
export class AcceptedSecrets {
  readonly #hashes = new Map<string, string>();

  hashOf(secret: string): string {
    return this.#hashes.get(secret) ?? hashSecret(secret);
  }

  /** Call this for a secret whose key was accepted. */
  keep(secret: string, hash: string): void {
    if (this.#hashes.has(secret)) return;
    if (this.#hashes.size >= mostSecrets) this.forget();
    this.#hashes.set(secret, hash);
  }

  /** Call this after a key was changed. */
  forget(): void {
    this.#hashes.clear();
  }
}
