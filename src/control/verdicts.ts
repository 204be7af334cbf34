import type { ApiKey } from '../core/api-key.ts';
import type { ErrorCode } from '../core/errors.ts';
import type { EffectiveState } from '../core/key-state.ts';
import { nameOfKey, since } from '../http/key-words.ts';
import type { Entry, EntryHead } from '../journal/entry.ts';

/** Why a request was answered as it was, in words for a program. */
export const verdicts = [
  'answered',
  'injected',
  'mutated',
  'no credential',
  'credential unreadable',
  'key of another provider',
  'key of another world',
  'right key, stray characters',
  'right key, wrong scheme',
  'key unknown',
  'key not seen yet',
  'key expired',
  'key suspended',
  'key revoked',
  'principal gone',
  'not permitted',
  'operation not emulated',
  'no such operation',
  'no provider',
  'no world',
  'not a request',
  'refused by the operation',
  'client gone',
  'failed',
] as const;
export type Verdict = (typeof verdicts)[number];

/** A key that a refused credential belongs to elsewhere, or would present under another scheme. */
export interface Nearness {
  readonly why: 'another provider' | 'another world' | 'stray characters' | 'wrong scheme';
  readonly world: string;
  readonly provider: string;
  readonly hint: string;
  readonly state: EffectiveState;
  /** The key itself. */
  readonly named: ApiKey;
  /** What came with it: `a quote before it`. */
  readonly dirt: string | null;
}

/** What a person can do about a refusal, from the provider's own facts. */
export interface Advice {
  /** How its keys are presented: `Authorization: Bearer <key>`; null if that is not known. */
  readonly wanted: string | null;
  /** What grants what the operation required. */
  readonly grantedBy: string | null;
}

const byNearness = {
  'another provider': 'key of another provider',
  'another world': 'key of another world',
  'stray characters': 'right key, stray characters',
  'wrong scheme': 'right key, wrong scheme',
} as const;

const codesWithoutKey: ReadonlySet<ErrorCode | null> = new Set(['credential_missing', 'credential_malformed', 'key_unknown']);

/** Whether a request was refused because nothing in it was recognised as a key. */
export function presentsNoKey({ isAuthenticated, key, code }: Entry): boolean {
  return !isAuthenticated && key === null && codesWithoutKey.has(code);
}

/** The verdict on an entry; `nearest` is the first key that its credential was probably meant to present. */
export function verdictOf(entry: Entry, nearest: Nearness | undefined): Verdict {
  const { isInjected, status, code, isAuthenticated, isPermitted, operation } = entry;
  if (entry.turnedAway !== null) return entry.turnedAway;
  if (entry.provider === null) return 'no provider';
  if (isInjected) return 'injected';
  if (entry.decision !== null) return 'mutated';
  if (status === 0) return 'client gone';
  if (code === 'not_implemented') return 'operation not emulated';
  if (status < 400) return 'answered';
  if (code === 'internal' || code === 'unavailable') return 'failed';
  if (nearest !== undefined) return byNearness[nearest.why];
  const refusal = isAuthenticated ? undefined : refusalOf(entry);
  if (refusal !== undefined) return refusal;
  if (code === 'permission_denied') return 'not permitted';
  // The key is right, but something else that its provider requires is missing.
  if (isPermitted === false) return code === 'credential_malformed' ? 'right key, wrong scheme' : 'principal gone';
  return operation === null ? 'no such operation' : 'refused by the operation';
}

/** Why a credential was not accepted; undefined if the request failed for another reason. */
function refusalOf({ code, texts, key }: Entry): Verdict | undefined {
  switch (code) {
    case 'credential_missing':
      return texts.head().credential === null ? 'no credential' : 'credential unreadable';
    case 'credential_malformed':
      return 'credential unreadable';
    case 'key_unknown':
      return key === null ? 'key unknown' : 'key not seen yet';
    case 'key_expired':
      return 'key expired';
    case 'key_suspended':
      return 'key suspended';
    case 'key_revoked':
      return 'key revoked';
    default:
      return undefined;
  }
}

/** A verdict as a sentence for a person. */
export function sentenceOf(verdict: Verdict, entry: Entry, nearest: Nearness | undefined, advice: Advice): string {
  return sentences[verdict]({ ...entry, ...entry.texts.head(), ...advice }, nameOf(entry), nearest);
}

/** `named` describes the key for a person; `nearest` is given for the verdicts that speak of another key. */
type Sentence = (entry: Entry & EntryHead & Advice, named: string, nearest: Nearness | undefined) => string;

const sentences: Readonly<Record<Verdict, Sentence>> = {
  answered: answeredSentence,
  injected: ({ faults }) => `An injected fault decided the answer: ${faults.join(', ')}.`,
  mutated: ({ decision }) => decision?.says ?? '',
  'no credential': ({ provider, wanted }) => `The request carries no credential that ${provider} reads${sending(wanted)}.`,
  'credential unreadable': ({ provider, credential, wanted }) =>
    `${provider} cannot read the credential in the ${credential?.from ?? 'request'} (${credential?.hint ?? ''})${sending(wanted)}.`,
  'key of another provider': ({ provider }, _named, nearest) =>
    `The credential is a key of ${nearest?.provider}, not of ${provider}.`,
  'key of another world': (_entry, _named, nearest) =>
    `The credential is a key of the world ${nearest?.world}: worlds share no keys.`,
  'right key, stray characters': (_entry, _named, nearest) =>
    `The credential is the key ${nameOf({ key: nearest?.named ?? null })} (${nearest?.state}), with ${nearest?.dirt}.`,
  'right key, wrong scheme': ({ provider, key, wanted }, named, nearest) => {
    const { kind } = nearest?.named ?? key ?? {};
    // A session is presented in another way than a key.
    const how = kind === 'session' ? '' : sending(wanted);
    const what = nearest === undefined ? `${named} is right` : `${nearest.hint}… is right (${nearest.state})`;
    return `The key ${what}, but it is not presented as ${provider} expects it${how}.`;
  },
  'key unknown': ({ provider, credential }) =>
    `No key of ${provider} has this secret (${credential?.hint ?? ''}): it was never issued in this world.`,
  'key not seen yet': ({ provider }, named) => `The key ${named} was issued, but a fault still hides it from ${provider}.`,
  'key expired': ({ key, at }, named) => `The key ${named} expired ${since(key?.expiresAt, at)}.`,
  'key suspended': (_entry, named) => `The key ${named} is suspended.`,
  'key revoked': ({ key, at }, named) => `The key ${named} was revoked ${since(key?.revokedAt, at)}.`,
  'principal gone': ({ provider }, named) => `The key ${named} is active, but ${provider} no longer accepts its owner.`,
  'not permitted': ({ required, grantedBy }, named) =>
    `The key ${named} is active, but does not grant ${required ?? 'this'}${grantedBy === null ? '' : `. What grants it: ${grantedBy}`}.`,
  'operation not emulated': ({ provider, operation }) =>
    `${provider} has the operation ${operation ?? ''}, but latchkey does not emulate it.`,
  'no such operation': ({ provider }) => `${provider} has no operation for this method at this path.`,
  'no provider': ({ nearest }) => `No provider owns this path${hintAt(nearest)}.`,
  'no world': ({ status }) => worldless[status] ?? 'The files of the world that it names cannot be used: the log says why.',
  'not a request': ({ status }) => unreadable[status] ?? 'What came is not an HTTP request.',
  'refused by the operation': (entry, named) =>
    `${admittance(entry, named)}; the operation refused the request (${entry.code ?? entry.status}).`,
  'client gone': () => 'The client closed the connection before it was answered.',
  failed: failedSentence,
};

/** Why a request has no world, by the status of its answer. */
const worldless: Readonly<Record<number, string>> = {
  400: 'It names a world, but no world can have that name.',
  503: 'latchkey was stopping, so it opened no world any more.',
  507: 'The world that it names is not open, and as many are open as --max-worlds allows.',
};

/** Why bytes could not be read, by the status of their answer. */
const unreadable: Readonly<Record<number, string>> = {
  408: 'The request did not come whole in time.',
  431: 'The head of the request is too large.',
};

/** What the request was probably meant for. */
function hintAt([first]: EntryHead['nearest']): string {
  return first === undefined
    ? ''
    : `; near is ${first.operation} of ${first.provider} (${first.method} ${first.path}): ${first.why}`;
}

/** What to send instead. */
function sending(wanted: string | null): string {
  return wanted === null ? '' : `: send ${wanted}`;
}

function failedSentence({ provider, status, code }: Entry): string {
  // A fault would be the verdict itself.
  if (code === 'unavailable')
    return 'The world was reset, restored or dropped while the request was in progress: nothing was done.';
  return `${provider} failed with ${status}${code === null ? '' : ` (${code})`}.`;
}

function answeredSentence(entry: Entry, named: string): string {
  const { provider, key, at, isAuthenticated } = entry;
  if (key === null || !isAuthenticated) return `${provider} requires no key here.`;
  if (key.state === 'revoked') {
    return `The key ${named} was revoked ${since(key.revokedAt, at)}, but a fault still hides this from ${provider}.`;
  }
  return `The key ${named} is active and may do this.`;
}

function admittance({ provider, isOpen }: Entry, named: string): string {
  return isOpen ? `${provider} requires no key here` : `The key ${named} was accepted`;
}

/** Names a key for a person. */
function nameOf({ key }: Pick<Entry, 'key'>): string {
  return key === null ? '' : nameOfKey(key);
}
