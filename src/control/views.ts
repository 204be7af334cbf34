import type { Static } from 'typebox';
import { type Instant, toIso } from '../clock.ts';
import { type ApiKey, effectiveState } from '../core/api-key.ts';
import type { Entry } from '../journal/entry.ts';
import type { Provider } from '../provider/provider.ts';
import type { World } from '../worlds/world.ts';
import { ControlError, invalid } from './errors.ts';
import type { JournalEntry, Key } from './schemas.ts';

/** The running provider with a name. Throws 400 if there is none. */
export function knownProvider(providers: readonly Provider[], name: string): Provider {
  const provider = providers.find((one) => one.name === name);
  if (provider !== undefined) return provider;
  const names = providers.map((one) => one.name).join(', ');
  throw invalid(`unknown provider ${JSON.stringify(name)}: expected one of ${names}`);
}

/** The key with an id, whatever its provider and its state. Throws 404 if there is none. */
export async function keyWithId({ store }: World, id: string): Promise<ApiKey> {
  const [key] = await store.keys.find({ id }, { limit: 1 });
  if (key === undefined) throw keyNotFound(id);
  return key;
}

/** The error for an id that no key has: 404. */
export function keyNotFound(id: string): ControlError {
  return new ControlError(404, 'key_not_found', `There is no key with the id ${JSON.stringify(id)}.`);
}

/** A key as the control plane shows it at an instant: effective state, RFC 3339 instants, no secret and no hash. */
export function keyView(key: ApiKey, now: Instant): Static<typeof Key> {
  return {
    id: key.id,
    provider: key.provider,
    tenant: key.tenant,
    owner: key.owner,
    name: key.name,
    kind: key.kind,
    hint: key.hint,
    state: effectiveState(key, now),
    grants: key.grants,
    attributes: key.kind === 'key' ? key.attributes : { ...key.attributes, kind: key.kind },
    createdAt: toIso(key.createdAt),
    expiresAt: moment(key.expiresAt),
    lastUsedAt: moment(key.lastUsedAt),
    revokedAt: moment(key.revokedAt),
  };
}

/** A journal entry as lists and events show it. */
export function summaryOf(entry: Entry): Static<typeof JournalEntry> {
  const { id, at, provider, operation, method, status, key, code, faults, durationMs, elapsedMs, from } = entry;
  const { path, credential, client, mark, nearest } = entry.texts.head();
  return {
    id: String(id),
    at: toIso(at),
    provider,
    operation,
    method,
    path,
    status,
    key: key?.id ?? null,
    credential: credential?.hint ?? null,
    code,
    fault: faults.length === 0 ? null : faults.join(','),
    durationMs: inMicroseconds(durationMs),
    elapsedMs: inMicroseconds(elapsedMs),
    client,
    from,
    mark,
    mutant: entry.decision?.mutant ?? null,
    ...(nearest.length > 0 && { nearest: [...nearest] }),
  };
}

/** Real time, to the microsecond. */
function inMicroseconds(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

/** An instant as RFC 3339; null stays null. */
export function moment(instant: Instant | null): string | null {
  return instant === null ? null : toIso(instant);
}
