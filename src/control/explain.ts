import { type Static, Type } from 'typebox';
import { type Instant, toIso } from '../clock.ts';
import { effectiveState } from '../core/api-key.ts';
import { Nullable, Words } from '../http/schemas.ts';
import type { Entry } from '../journal/entry.ts';
import type { World } from '../worlds/world.ts';
import { keyView } from './keys.ts';
import { Key, keyStates } from './schemas.ts';

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
type Verdict = (typeof verdicts)[number];

const NearlyKey = Type.Object({
  why: Words(['another provider', 'another world', 'wrong scheme']),
  world: Type.String(),
  provider: Type.String(),
  key: Type.String({ description: 'Its id' }),
  hint: Type.String(),
  state: Words(keyStates),
});

export const Explanation = Type.Object(
  {
    verdict: Words(verdicts),
    sentence: Type.String({ description: 'The same for a person' }),
    mount: Type.Object({ by: Type.String(), world: Type.String(), provider: Type.String(), target: Type.String() }),
    credential: Nullable(Type.Object({ from: Type.String(), hint: Type.String(), problem: Nullable(Type.String()) })),
    key: Nullable(Key),
    nearly: Type.Array(NearlyKey, { description: 'What the credential would have been elsewhere' }),
    clock: Type.String({ format: 'date-time', description: 'The instant that decided' }),
    permission: Nullable(Type.Object({ required: Nullable(Type.String()), granted: Type.Boolean() })),
    operation: Nullable(Type.String()),
    faults: Type.Array(Type.String()),
    answer: Type.Object({ status: Type.Integer(), code: Nullable(Type.String()) }),
  },
  { title: 'Explanation' },
);
type Explanation = Static<typeof Explanation>;
type Nearly = Explanation['nearly'][number];

/** Explains a journal entry, looking for what its credential nearly was in this world and in the others. */
export async function explain(entry: Entry, world: World, worlds: readonly World[]): Promise<Explanation> {
  const { at, provider, operation, mount, credential, key, faults, status, code } = entry;
  const nearly = key === null ? await nearlyOf(entry, world, worlds) : [];
  const verdict = verdictOf(entry, nearly);
  return {
    verdict,
    sentence: sentenceOf(verdict, entry, nearly),
    mount: { by: mount.by, world: world.name, provider, target: mount.target },
    credential: credential === null ? null : { ...credential },
    key: key === null ? null : keyView(key, at),
    nearly,
    clock: toIso(at),
    permission: entry.isPermitted === null ? null : { required: entry.required, granted: entry.isPermitted },
    operation,
    faults: [...faults],
    answer: { status, code },
  };
}

/** The keys that the words of a refused request belong to, wherever they are. */
async function nearlyOf({ candidates, provider, at }: Entry, world: World, worlds: readonly World[]): Promise<Nearly[]> {
  const found: Nearly[] = [];
  for (const one of new Set([world, ...worlds])) {
    for (const hash of candidates) {
      for (const key of await one.store.keys.find({ hash })) {
        const why = one === world ? (key.provider === provider ? 'wrong scheme' : 'another provider') : 'another world';
        found.push({ why, world: one.name, provider: key.provider, key: key.id, hint: key.hint, state: effectiveState(key, at) });
      }
    }
  }
  return found;
}

const byNearness = {
  'another provider': 'key of another provider',
  'another world': 'key of another world',
  'wrong scheme': 'right key, wrong scheme',
} as const;

function verdictOf(entry: Entry, [nearest]: readonly Nearly[]): Verdict {
  const { faults, status, credential, code, isAuthenticated, isPermitted, operation } = entry;
  if (faults.length > 0) return 'injected';
  if (code === 'not_implemented') return 'operation not emulated';
  if (status > 0 && status < 400) return 'answered';
  if (status >= 500) return 'failed';
  if (nearest !== undefined) return byNearness[nearest.why];
  if (code === 'credential_missing') return credential === null ? 'no credential' : 'credential unreadable';
  if (code === 'credential_malformed') return 'credential unreadable';
  if (!isAuthenticated && code === 'key_expired') return 'key expired';
  if (!isAuthenticated && code === 'key_suspended') return 'key suspended';
  if (!isAuthenticated && code === 'key_revoked') return 'key revoked';
  if (!isAuthenticated && code === 'key_unknown') return 'key unknown';
  if (isPermitted === false) return code === 'permission_denied' ? 'not permitted' : 'principal gone';
  if (operation === null) return 'no such operation';
  return 'refused by the operation';
}

function sentenceOf(verdict: Verdict, entry: Entry, [nearest]: readonly Nearly[]): string {
  const { provider, key, at, required, credential, code, operation, status, faults } = entry;
  const named = key === null ? '' : `${key.hint}…${key.name === null || key.name === '' ? '' : ` (${key.name})`} of ${key.owner}`;
  switch (verdict) {
    case 'answered':
      return key === null ? `${provider} asks no key for this.` : `The key ${named} is active and may do this.`;
    case 'injected':
      return `The fault ${faults.join(', ')} hit.`;
    case 'no credential':
      return `The request carries no credential that ${provider} reads.`;
    case 'credential unreadable':
      return `${provider} cannot read a credential in the ${credential?.from ?? 'request'} (${credential?.hint ?? ''}).`;
    case 'key of another provider':
      return `The credential is a key of ${nearest?.provider}, and this is ${provider}.`;
    case 'key of another world':
      return `The credential is a key of the world ${nearest?.world}: worlds share none.`;
    case 'right key, wrong scheme':
      return `The key ${nearest?.hint}… is right (${nearest?.state}), and it is not presented as ${provider} wants it.`;
    case 'key unknown':
      return `No key of ${provider} has this secret (${credential?.hint ?? ''}): it was never issued in this world.`;
    case 'key expired':
      return `The key ${named} expired ${elapsed(key?.expiresAt ?? at, at)} before, at ${toIso(key?.expiresAt ?? at)}.`;
    case 'key suspended':
      return `The key ${named} is suspended.`;
    case 'key revoked':
      return `The key ${named} was revoked ${elapsed(key?.revokedAt ?? at, at)} before, at ${toIso(key?.revokedAt ?? at)}.`;
    case 'principal gone':
      return `The key ${named} is active, and ${provider} does not know its owner as somebody who may use it.`;
    case 'not permitted':
      return `The key ${named} is active, and does not grant ${required ?? 'this'}.`;
    case 'operation not emulated':
      return `${provider} has the operation ${operation ?? ''}, and it is not emulated.`;
    case 'no such operation':
      return `${provider} has nothing at this path for this method.`;
    case 'failed':
      return `${provider} answers this with ${status}${code === null ? '' : ` (${code})`}.`;
    default:
      return `The key ${named} was accepted; the operation refused what was asked (${code ?? status}).`;
  }
}

function elapsed(from: Instant, to: Instant): string {
  const ms = to - from;
  if (ms < 1000) return `${ms} ms`;
  const seconds = Math.floor(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`;
}
