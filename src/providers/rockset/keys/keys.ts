import { type Instant, toIsoSeconds } from '../../../clock.ts';
import { type ApiKey, effectiveState } from '../../../core/api-key.ts';
import type { KeyDraft, ProviderKeyFilter } from '../../../core/key-service.ts';
import type { RevealedKey } from '../../../core/key-store.ts';
import type { Resource } from '../../../core/resource-store.ts';
import { randomAlphanumeric } from '../../../core/secret.ts';
import type { User } from '../accounts/users/users.ts';
import type { RocksetProfile } from '../profiles.ts';
import type { KeyView } from './schemas.ts';

/** 64 letters and digits, without a prefix: eight recorded keys together show all 62 symbols. */
export function newSecret(): string {
  return randomAlphanumeric(64);
}

/** What every key has in common. The hint is what the last era shows; the secret is kept in the eras that show it again. */
export function draftSecret(secret: string, profile: RocksetProfile): Pick<KeyDraft, 'secret' | 'hint' | 'keepSecret'> {
  return { secret, hint: secret.slice(0, 6), keepSecret: profile.showsSecret !== 'never' };
}

/** A user's API keys, or the one of a name: names are unique among those that are not revoked, and the rest has vanished. */
export function liveKeys({ tenant, data }: Resource<User>, name?: string): ProviderKeyFilter {
  const live = { kind: 'key', tenant, owner: data.email, states: ['active', 'suspended'] } as const;
  return name === undefined ? live : { ...live, name };
}

/** A key as the wire shows it. `reveal` asks for the secret; a secret that was not kept stays masked. FIDELITY: profiles. */
export function toView(key: RevealedKey, now: Instant, profile: RocksetProfile, reveal = false): KeyView {
  const mayShow = profile.showsSecret === 'always' || (reveal && profile.showsSecret === 'on request');
  const { created_by_apikey_name: creator } = key.attributes;
  return {
    created_at: toIsoSeconds(key.createdAt),
    name: key.name ?? '',
    key: (mayShow ? key.secret : null) ?? profile.mask(key.hint),
    // Recorded: as old as the key until it is used, and never null again. FIDELITY: Keys.
    last_access_time: profile.tracksUse ? toIsoSeconds(key.lastUsedAt ?? key.createdAt) : null,
    expiry_time: key.expiresAt === null ? null : toIsoSeconds(key.expiresAt),
    role: key.grants.roles?.[0] ?? null,
    created_by: profile.tracksUse ? key.owner : null,
    created_by_apikey_name: typeof creator === 'string' ? creator : null,
    // There is no third state: a key past its expiry is called suspended. FIDELITY: States.
    state: effectiveState(key, now) === 'active' ? 'ACTIVE' : 'SUSPENDED',
  };
}

/** The answer to a creation: the one place where every era shows the secret, and where the last access is null. */
export function toCreatedView(key: ApiKey, secret: string, now: Instant, profile: RocksetProfile): KeyView {
  return { ...toView({ ...key, secret: null }, now, profile), key: secret, last_access_time: null };
}
