/**
 * Which mutants there are: the ways in which a provider could fail to refuse, which `latchkey prove` tries one by one. What each
 * does is in `src/mutants`; here is only what everybody may know of them.
 */
interface MutantFacts {
  /** `default`: tried unless something else is asked for; `all`: only with `--mutants all`, or by name. */
  readonly set: 'default' | 'all';
  /** What the provider then does wrong, in words that follow its name in a report. */
  readonly says: string;
  /** What is right instead, as one sentence. */
  readonly right: string;
}

/** Every mutant, in the order of reports. */
export const mutants = {
  'accept-expired': { set: 'default', says: 'an expired key is accepted', right: 'An expired key is refused.' },
  'accept-revoked': { set: 'default', says: 'a revoked key is accepted', right: 'A revoked key is refused.' },
  'accept-suspended': { set: 'default', says: 'a suspended key is accepted', right: 'A suspended key is refused.' },
  'accept-unknown': {
    set: 'default',
    says: 'a key that was never issued is accepted, as that of the first administrator',
    right: 'A key that was never issued is refused.',
  },
  'accept-missing': {
    set: 'default',
    says: 'a request without a key is accepted, as from the first administrator',
    right: 'A request without a key is refused.',
  },
  'ignore-role': {
    set: 'default',
    says: 'a key may do what its role does not allow',
    right: 'A key may do only what its role allows.',
  },
  'ignore-tenant': {
    set: 'default',
    says: 'a key reaches another organisation',
    right: 'A key reaches only its own organisation.',
  },
  'ignore-owner': {
    set: 'default',
    says: "a key reaches other users' keys",
    right: "A key reaches only its own user's keys.",
  },
  'ignore-revoke': {
    set: 'default',
    says: 'a revocation is answered and not done',
    right: 'A revocation that is answered is done.',
  },
  'lose-new-key': {
    set: 'default',
    says: 'a new key is answered and does not work',
    right: 'A key that is issued works.',
  },
  'widen-grants': {
    set: 'default',
    says: 'a new key may do more than was asked for',
    right: 'A new key may do only what was asked for.',
  },
  'accept-malformed': {
    set: 'all',
    says: 'a credential in the wrong form is accepted',
    right: 'A credential in the wrong form is refused.',
  },
  'expire-late': {
    set: 'all',
    says: 'a key is accepted for a day after it expired',
    right: 'A key is refused from the instant at which it expires.',
  },
  'expire-early': {
    set: 'all',
    says: 'a key is refused at its last instant',
    right: 'A key works to its last instant.',
  },
  'ignore-suspend': {
    set: 'all',
    says: 'a suspension is answered and not done',
    right: 'A suspension that is answered is done.',
  },
  'ignore-expiry': {
    set: 'all',
    says: 'an expiry is answered and not stored',
    right: 'A key expires when it was told to.',
  },
  'revoke-siblings': {
    set: 'all',
    says: "a revocation takes the owner's newer keys with it",
    right: 'A revocation ends one key only.',
  },
  'accept-other-provider': {
    set: 'all',
    says: "another provider's key is accepted, as that of the first administrator",
    right: "Another provider's key is refused.",
  },
} as const satisfies Readonly<Record<string, MutantFacts>>;

export type MutantName = keyof typeof mutants;

export const mutantNames = Object.keys(mutants).filter((name): name is MutantName => name in mutants);

/** What a latchkey was started to do wrong: `accept-revoked@rockset`. `none` changes nothing, and records what would act. */
export interface ChosenMutant {
  readonly name: MutantName | 'none';
  /** The only provider that it is about; null: all. */
  readonly provider: string | null;
}
