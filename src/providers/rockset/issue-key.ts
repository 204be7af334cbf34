import type { FastifyRequest } from 'fastify';
import { fail } from '../../core/errors.ts';
import { WireError } from '../../http/provider.ts';
import { invalidInput, notFound } from './errors.ts';
import { readExpiry } from './expiry.ts';
import { draftSecret, liveKeys, newSecret, toCreatedView } from './keys.ts';
import type { RocksetProfile } from './profiles.ts';
import { findRole } from './roles.ts';
import type { CreateApiKeyRequest, KeyView } from './schemas.ts';
import { ownerMeant } from './users.ts';

/**
 * Issues a key to the user that the path means. Throws the 404 for a user or a role that is not there, the 400 for a bad
 * name or expiry, the 403 of an edition without expiry, and key_name_taken where the owner has a key of that name.
 */
export async function issueKey(
  request: FastifyRequest,
  user: string,
  { name, role, expiry_time }: CreateApiKeyRequest,
  profile: RocksetProfile,
): Promise<KeyView> {
  const { now, keys, apiKey } = request;
  const { tenant } = apiKey;
  const owner = await ownerMeant(request, user);
  // The schema has seen to type and length. FIDELITY: names.
  if (name.trim() === '') throw new WireError(invalidInput('name must not be blank'));
  const expiresAt = (await readExpiry(request, expiry_time)) ?? null;
  const roles = await readRole(request, role);
  const secret = newSecret();
  const draft = {
    ...draftSecret(secret, profile),
    ...{ tenant, owner, name, expiresAt },
    grants: roles === undefined ? {} : { roles },
    attributes: { created_by_apikey_name: apiKey.name },
  };
  const key = await keys.issue(draft, now, {
    siblings: liveKeys(tenant, owner, name),
    admit: (namesakes) => {
      if (namesakes.length > 0) fail('key_name_taken', { name });
    },
  });
  return toCreatedView(key, secret, now, profile);
}

/** The role that a key is given, as a list of one; undefined stands for all of the owner's. Throws the recorded 404. */
async function readRole(request: FastifyRequest, role: string | null | undefined): Promise<readonly string[] | undefined> {
  if (role === undefined || role === null) return undefined;
  const found = await findRole(request.resources, request.apiKey.tenant, role);
  if (found === undefined) throw new WireError(notFound(`Role "${role}" not found`, 'ROLE_NOT_FOUND_NAME'));
  return [role];
}
