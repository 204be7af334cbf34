import type { FastifyRequest } from 'fastify';
import type { Instant } from '../../../clock.ts';
import { type ApiKey, revokeKey } from '../../../core/api-key.ts';
import { goOn, type MaybePromise } from '../../../core/at-once.ts';
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
export function issueKey(
  request: FastifyRequest,
  user: string,
  asked: CreateApiKeyRequest,
  profile: RocksetProfile,
): MaybePromise<KeyView> {
  const { name, role, expiry_time: expiry } = asked;
  return goOn(userOfPath(request, user), (owner) => {
    // The schema has checked type and length. FIDELITY: Create.
    if (name.trim() === '') throw new WireError(invalidInput('name must not be blank'));
    return goOn(expiry == null ? null : readExpiry(request, expiry), (expiresAt) =>
      goOn(role == null ? undefined : demandRoles(request.resources, owner.tenant, [role]), () =>
        issueTo(owner, request, { name, role, expiresAt, user }, profile),
      ),
    );
  });
}

/** What a checked request asks for; `user` as the path has it. */
interface Asked {
  readonly name: string;
  readonly role: string | null | undefined;
  readonly expiresAt: Instant | null;
  readonly user: string;
}

function issueTo(
  owner: Resource<User>,
  request: FastifyRequest,
  { name, role, expiresAt, user }: Asked,
  profile: RocksetProfile,
): MaybePromise<KeyView> {
  const { now, keys, apiKey } = request;
  const secret = newSecret();
  const draft = {
    ...draftSecret(secret, profile),
    tenant: owner.tenant,
    owner: owner.data.email,
    name,
    expiresAt,
    grants: role == null ? {} : { roles: [role] },
    attributes: { created_by_apikey_name: apiKey.kind === 'key' ? apiKey.name : null },
  };
  return goOn(keys.issue(draft, now, onlyOneNamed(owner, name)), (key) =>
    goOn(revokeOrphan(request, key, user), () => toCreatedView(key, secret, now, profile)),
  );
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
function revokeOrphan({ resources, keys, now }: FastifyRequest, { id, tenant, owner }: ApiKey, user: string): MaybePromise<void> {
  return goOn(findUser(resources, tenant, owner), (found) => {
    if (found !== undefined) return undefined;
    return keys
      .changeAll({ id }, (key) => revokeKey(key, now))
      .then(() => {
        throw new WireError(userNotFound(user));
      });
  });
}
