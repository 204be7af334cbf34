import { type Instant, toIsoSeconds } from '../../../clock.ts';
import { type ApiKey, effectiveState } from '../../../core/api-key.ts';
import type { KeyDraft, ProviderKeyFilter } from '../../../core/key-service.ts';
import { liveStates } from '../../../core/key-state.ts';
import type { RevealedKey } from '../../../core/key-store.ts';
import type { Resource } from '../../../core/resource-store.ts';
import { randomAlphanumeric } from '../../../core/secret.ts';
import type { User } from '../accounts/users/users.ts';
import type { RocksetProfile } from '../profiles.ts';
import type { KeyView } from './schemas.ts';

/** 64 letters and digits without a prefix; the eight recorded keys together contain all 62 symbols. */
export function newSecret(): string {
  return randomAlphanumeric(64);
}

/** The part of a draft that follows from its secret. The hint is what the last era shows; eras that show a secret again keep it. */
export function draftSecret(secret: string, profile: RocksetProfile): Pick<KeyDraft, 'secret' | 'hint' | 'keepSecret'> {
  return { secret, hint: secret.slice(0, 6), keepSecret: profile.showsSecret !== 'never' };
}

/** A user's API keys, or the one with a name. Revoked keys are left out: no operation shows them, and their names are free. */
export function liveKeys({ tenant, data }: Resource<User>, name?: string): ProviderKeyFilter {
  const live = { kind: 'key', tenant, owner: data.email, states: liveStates } as const;
  return name === undefined ? live : { ...live, name };
}

/** A key as the wire shows it. `reveal` asks for the secret; a secret that was not kept stays masked. FIDELITY: Profiles. */
export function toView(key: RevealedKey, now: Instant, profile: RocksetProfile, reveal = false): KeyView {
  const mayShow = profile.showsSecret === 'always' || (reveal && profile.showsSecret === 'on request');
  const { created_by_apikey_name: creator } = key.attributes;
  return {
    created_at: toIsoSeconds(key.createdAt),
    name: key.name ?? '',
    key: (mayShow ? key.secret : null) ?? profile.mask(key.hint),
    // Recorded: the time of creation until the key is used, and never null. FIDELITY: Keys.
    last_access_time: profile.tracksUse ? toIsoSeconds(key.lastUsedAt ?? key.createdAt) : null,
    expiry_time: key.expiresAt === null ? null : toIsoSeconds(key.expiresAt),
    role: key.grants.roles?.[0] ?? null,
    created_by: profile.tracksUse ? key.owner : null,
    created_by_apikey_name: typeof creator === 'string' ? creator : null,
    // The wire has no third state: a key past its expiry is called suspended. FIDELITY: States.
    state: effectiveState(key, now) === 'active' ? 'ACTIVE' : 'SUSPENDED',
  };
}

/** A key in the answer to its creation, the only one in which every era shows the secret, and the last access is null. */
export function toCreatedView(key: ApiKey, secret: string, now: Instant, profile: RocksetProfile): KeyView {
  return { ...toView({ ...key, secret: null }, now, profile), key: secret, last_access_time: null };
}
