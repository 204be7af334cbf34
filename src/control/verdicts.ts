import { type Instant, toIso } from '../clock.ts';
import type { ErrorCode } from '../core/errors.ts';
import type { EffectiveState } from '../core/key-state.ts';
import type { Entry, EntryHead } from '../journal/entry.ts';

/** Why a request was answered as it was, for a program to read. */
export const verdicts = [
  'answered',
  'injected',
  'no credential',
  'credential unreadable',
  'key of another provider',
  'key of another world',
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
  'refused by the operation',
  'failed',
] as const;
export type Verdict = (typeof verdicts)[number];

/** What a credential would have been elsewhere, or presented otherwise. */
export interface Nearness {
  readonly why: 'another provider' | 'another world' | 'wrong scheme';
  readonly world: string;
  readonly provider: string;
  readonly hint: string;
  readonly state: EffectiveState;
}

const byNearness = {
  'another provider': 'key of another provider',
  'another world': 'key of another world',
  'wrong scheme': 'right key, wrong scheme',
} as const;

const wantsKey: ReadonlySet<ErrorCode | null> = new Set(['credential_missing', 'credential_malformed', 'key_unknown']);

/** Whether a request was refused because nothing that it presented was found to be a key. */
export function isForWantOfKey({ isAuthenticated, key, code }: Entry): boolean {
  return !isAuthenticated && key === null && wantsKey.has(code);
}

export function verdictOf(entry: Entry, nearest: Nearness | undefined): Verdict {
  const { isInjected, status, code, isAuthenticated, isPermitted, operation } = entry;
  if (isInjected) return 'injected';
  if (code === 'not_implemented') return 'operation not emulated';
  if (status < 400) return 'answered';
  if (code === 'internal' || code === 'unavailable') return 'failed';
  if (nearest !== undefined) return byNearness[nearest.why];
  const refusal = isAuthenticated ? undefined : refusalOf(entry);
  if (refusal !== undefined) return refusal;
  if (code === 'permission_denied') return 'not permitted';
  // The key is right, and what its provider wants beside it is not there.
  if (isPermitted === false) return code === 'credential_malformed' ? 'right key, wrong scheme' : 'principal gone';
  return operation === null ? 'no such operation' : 'refused by the operation';
}

/** Why a credential was not accepted; undefined where that is not what the request failed for. */
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

/** A verdict in words. */
export function sentenceOf(verdict: Verdict, entry: Entry, nearest: Nearness | undefined): string {
  return sentences[verdict]({ ...entry, ...entry.texts.head() }, nameOf(entry), nearest);
}

/** `named` is the key, for a person; `nearest` is there where a verdict says so. */
type Sentence = (entry: Entry & EntryHead, named: string, nearest: Nearness | undefined) => string;

const sentences: Readonly<Record<Verdict, Sentence>> = {
  answered: answeredSentence,
  injected: ({ faults }) => `The fault ${faults.join(', ')} hit.`,
  'no credential': ({ provider }) => `The request carries no credential that ${provider} reads.`,
  'credential unreadable': ({ provider, credential }) =>
    `${provider} cannot read a credential in the ${credential?.from ?? 'request'} (${credential?.hint ?? ''}).`,
  'key of another provider': ({ provider }, _named, nearest) =>
    `The credential is a key of ${nearest?.provider}, and this is ${provider}.`,
  'key of another world': (_entry, _named, nearest) =>
    `The credential is a key of the world ${nearest?.world}: worlds share none.`,
  'right key, wrong scheme': ({ provider }, named, nearest) =>
    nearest === undefined
      ? `The key ${named} is right, and it is not presented as ${provider} wants it.`
      : `The key ${nearest.hint}… is right (${nearest.state}), and it is not presented as ${provider} wants it.`,
  'key unknown': ({ provider, credential }) =>
    `No key of ${provider} has this secret (${credential?.hint ?? ''}): it was never issued in this world.`,
  'key not seen yet': ({ provider }, named) => `The key ${named} was issued, and a fault keeps ${provider} from seeing it yet.`,
  'key expired': ({ key, at }, named) => `The key ${named} expired ${since(key?.expiresAt, at)}.`,
  'key suspended': (_entry, named) => `The key ${named} is suspended.`,
  'key revoked': ({ key, at }, named) => `The key ${named} was revoked ${since(key?.revokedAt, at)}.`,
  'principal gone': ({ provider }, named) =>
    `The key ${named} is active, and ${provider} does not know its owner as somebody who may use it.`,
  'not permitted': ({ required }, named) => `The key ${named} is active, and does not grant ${required ?? 'this'}.`,
  'operation not emulated': ({ provider, operation }) =>
    `${provider} has the operation ${operation ?? ''}, and it is not emulated.`,
  'no such operation': ({ provider }) => `${provider} has nothing at this path for this method.`,
  'refused by the operation': (entry, named) =>
    `${admittance(entry, named)}; the operation refused what was asked (${entry.code ?? entry.status}).`,
  failed: ({ provider, status, code }) => `${provider} answers this with ${status}${code === null ? '' : ` (${code})`}.`,
};

function answeredSentence(entry: Entry, named: string): string {
  const { provider, key, at, isAuthenticated } = entry;
  if (key === null || !isAuthenticated) return `${provider} asks no key for this.`;
  if (key.state === 'revoked') {
    return `The key ${named} was revoked ${since(key.revokedAt, at)}, and a fault keeps ${provider} from seeing it yet.`;
  }
  return `The key ${named} is active and may do this.`;
}

function admittance({ provider, isOpen }: Entry, named: string): string {
  return isOpen ? `${provider} asks no key for this` : `The key ${named} was accepted`;
}

/** A key for a person: what may be shown of its secret, its name, whose it is. */
function nameOf({ key }: Entry): string {
  if (key === null) return '';
  return `${key.hint}…${key.name === null || key.name === '' ? '' : ` (${key.name})`} of ${key.owner}`;
}

/** How long before an instant another one was, and when. */
function since(from: Instant | null | undefined, to: Instant): string {
  return `${elapsed(from ?? to, to)} before, at ${toIso(from ?? to)}`;
}

function elapsed(from: Instant, to: Instant): string {
  const ms = to - from;
  if (ms < 1000) return `${ms} ms`;
  const seconds = Math.floor(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`;
}
