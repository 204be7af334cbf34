import type { FastifyRequest } from 'fastify';
import { type ApiKey, revokeKey } from '../../../core/api-key.ts';
import { fail } from '../../../core/errors.ts';
import type { KeyDraft, ProviderAdmission } from '../../../core/key-service.ts';
import type { Resource, ResourceStore } from '../../../core/resource-store.ts';
import { WireError } from '../../../provider/provider.ts';
import { userOfPath } from '../accounts/users/user-of-path.ts';
import { findUser, type User, userNotFound } from '../accounts/users/users.ts';
import type { RocksetProfile } from '../profiles.ts';
import { demandRoles } from '../roles/role-lookup.ts';
import { invalidInput } from '../wire/errors.ts';
import { readExpiry } from './expiry.ts';
import { draftSecret, liveKeys, newSecret, toCreatedView } from './keys.ts';
import type { CreateApiKeyRequest, KeyView } from './schemas.ts';

/**
 * Issues a key to the user that the path names. Throws the 404 for an unknown user or role, the 400 for a bad name or
 * expiry, the 403 of an edition without expiry, and key_name_taken where the owner has a key of that name.
 */
export async function issueKey(
  request: FastifyRequest,
  user: string,
  { name, role, expiry_time }: CreateApiKeyRequest,
  profile: RocksetProfile,
): Promise<KeyView> {
  const { now, keys, apiKey, resources } = request;
  const owner = await userOfPath(request, user);
  const { tenant } = owner;
  // The schema has checked type and length. FIDELITY: Create.
  if (name.trim() === '') throw new WireError(invalidInput('name must not be blank'));
  const expiresAt = expiry_time == null ? null : await readExpiry(request, expiry_time);
  if (role != null) await demandRoles(resources, tenant, [role]);
  const secret = newSecret();
  const draft = {
    ...draftSecret(secret, profile),
    tenant,
    owner: owner.data.email,
    name,
    expiresAt,
    grants: role == null ? {} : { roles: [role] },
    attributes: { created_by_apikey_name: apiKey.kind === 'key' ? apiKey.name : null },
  };
  const key = await keys.issue(draft, now, onlyOneNamed(owner, name));
  await revokeOrphan(request, key, user);
  return toCreatedView(key, secret, now, profile);
}

/** Admits a key of a user unless a live one has its name. Throws key_name_taken. */
function onlyOneNamed(owner: Resource<User>, name: string): ProviderAdmission {
  return {
    siblings: liveKeys(owner, name),
    limit: 1,
    admit: (namesakes) => {
      if (namesakes.length > 0) fail('key_name_taken', { name });
    },
  };
}

/** The limit on a further key: names are unique for each user. */
export async function admissionOf(draft: KeyDraft, resources: ResourceStore): Promise<ProviderAdmission | undefined> {
  if (draft.kind === 'session' || draft.name == null) return undefined;
  const owner = await findUser(resources, draft.tenant, draft.owner);
  return owner && onlyOneNamed(owner, draft.name);
}

/**
 * A deleted user's keys are revoked with the user. If the owner was deleted while this key was being issued, the key was
 * missed, so it is revoked here. Throws the 404 then.
 */
async function revokeOrphan(
  { resources, keys, now }: FastifyRequest,
  { id, tenant, owner }: ApiKey,
  user: string,
): Promise<void> {
  if ((await findUser(resources, tenant, owner)) !== undefined) return;
  await keys.changeAll({ id }, (key) => revokeKey(key, now));
  throw new WireError(userNotFound(user));
}
