/** The secrets to look for, besides those that are recognised by their shape or by the name of their field. */
export interface KnownSecrets {
  /** What was read as the credential of the request. */
  readonly presented: string | undefined;
  /** Whether a word is the secret of a key: secrets of a seed may have any shape. */
  isSecret(word: string): boolean;
  /** The lengths of the hints of secrets that a text may have at a place. */
  hintsAt(text: string, place: number): readonly number[];
}

/** What is known of one request: the secrets of all keys, and its own credential. */
export function knownOf(secrets: Omit<KnownSecrets, 'presented'>, presented: string | undefined): KnownSecrets {
  return {
    presented,
    isSecret: (word) => secrets.isSecret(word),
    hintsAt: (text, place) => secrets.hintsAt(text, place),
  };
}
