import type { Instant } from '../clock.ts';
import type { ApiKey } from '../core/api-key.ts';
import { nameOfKey, since } from '../http/key-words.ts';
import type { Demand } from '../http/trace.ts';
import type { MutantName } from '../provider/mutants.ts';

/** What a decision is about. */
export interface About {
  readonly mutant: MutantName;
  readonly provider: string;
  /** The key that was refused, changed or issued; undefined where there is none. */
  readonly key?: ApiKey | undefined;
  /** The key with which a request goes on, where that is another one. */
  readonly as?: ApiKey | undefined;
  readonly now: Instant;
  /** What the provider itself answers; undefined where only what is stored differs. */
  readonly status?: number | undefined;
  readonly demand?: Demand;
  /** The provider whose key was presented instead. */
  readonly other?: string;
}

/** A decision of a mutant as a sentence for a person: what is true, what was done instead, what the provider answers. */
export function sentenceOf(about: About): string {
  const { provider, status, mutant } = about;
  const truth = status === undefined ? '' : ` ${provider} ${mutant === 'expire-early' ? 'accepts it' : `answers ${status}`}.`;
  const [fact, instead] = sentences[mutant](about, about.key === undefined ? 'The key' : `The key ${nameOfKey(about.key)}`);
  return `${fact}; this latchkey was told to ${instead}.${truth}`;
}

type Sentence = (about: About, named: string) => readonly [fact: string, instead: string];

const accept = 'accept it';
const toGrant: Sentence = ({ demand }, named) => [`${named} lacks a right that this needs (${demand?.required})`, 'let it'];
const expired: Sentence = ({ key, now }, named) => [`${named} expired ${since(key?.expiresAt, now)}`, accept];

const sentences: Readonly<Record<MutantName, Sentence>> = {
  'accept-expired': expired,
  'accept-revoked': ({ key, now }, named) => [`${named} was revoked ${since(key?.revokedAt, now)}`, accept],
  'accept-suspended': (_about, named) => [`${named} is suspended`, accept],
  'accept-unknown': ({ provider, as }) => [`No key that ${provider} knows has this secret`, `${accept}, as ${asOf(as)}`],
  'accept-missing': ({ provider, as }) => [
    `The request carries no credential that ${provider} reads`,
    `${accept}, as from ${asOf(as)}`,
  ],
  'accept-malformed': ({ provider, as }) => [`${provider} cannot read the credential`, `${accept}, as ${asOf(as)}`],
  'accept-other-provider': ({ other, as }) => [`The credential is a key of ${other}`, `${accept}, as ${asOf(as)}`],
  'ignore-role': toGrant,
  'ignore-tenant': ({ demand }, named) => [`${named} may not act there (${demand?.required})`, 'let it'],
  'ignore-owner': ({ demand }, named) => [`${named} may not reach the keys of another user (${demand?.required})`, 'let it'],
  'ignore-revoke': (_about, named) => [`${named} was to be revoked`, 'answer so, and to leave it as it was'],
  'ignore-suspend': (_about, named) => [`${named} was to be suspended`, 'answer so, and to leave it active'],
  'ignore-expiry': (_about, named) => [`${named} was to expire`, 'answer so, and to store no expiry'],
  'lose-new-key': (_about, named) => [`${named} was issued`, 'answer so, and to lose its secret'],
  'widen-grants': (_about, named) => [`${named} was issued`, 'answer as asked, and to let it do all that a key may'],
  'revoke-siblings': (_about, named) => [`${named} was revoked`, "revoke its owner's newer keys too"],
  'expire-late': expired,
  'expire-early': (_about, named) => [`${named} is at its last instant`, 'refuse it'],
};

function asOf(key: ApiKey | undefined): string {
  return key === undefined ? 'the first administrator' : `the key ${nameOfKey(key)}`;
}
