import type { ApiKey } from '../../../core/api-key.ts';
import type { KeyDraft } from '../../../core/key-service.ts';
import type { Resource } from '../../../core/resource-store.ts';
import type { SeedContext, SeedCredential, SeedPath } from '../../../provider/seed/format.ts';
import { derivedText, type ReadLife, readLife, reportRepeats } from '../../../provider/seed/keys.ts';
import { deriveIdToken, draftIdToken, isIdToken } from '../accounts/users/id-tokens.ts';
import type { User } from '../accounts/users/users.ts';
import { draftSecret } from '../keys/keys.ts';
import type { RocksetProfile } from '../profiles.ts';
import type { SeedReferences } from './references.ts';
import type { SeedKey } from './schemas.ts';

interface ReadKey {
  readonly draft: KeyDraft;
  readonly credential: SeedCredential;
}

/** Reads the API keys and id tokens of a seed. Reports unknown owners and roles, and contradictions. */
export async function readKeys(
  list: readonly SeedKey[],
  references: SeedReferences,
  context: SeedContext,
  profile: RocksetProfile,
): Promise<ReadKey[]> {
  reportRepeats(list, 'secret', ['keys'], context);
  const read: ReadKey[] = [];
  const names = new Map<string, Namesakes>();
  for (const [index, key] of list.entries()) {
    const path = ['keys', index];
    const life = readLife(key, path, context);
    const user = await references.findUser(key.owner.toLowerCase(), key.organization);
    if (user === undefined) {
      context.report([...path, 'owner'], `there is no user ${JSON.stringify(key.owner)}${placeOf(key)}`);
      continue;
    }
    const made = key.idToken
      ? idTokenOf(key, path, user, life, context)
      : await apiKeyOf(key, path, user, life, { references, context, profile, names });
    if (isNameTaken(made, names)) context.report([...path, 'name'], `${JSON.stringify(key.name)} already exists`);
    read.push(made);
  }
  return read;
}

const placeOf = ({ organization }: SeedKey) =>
  organization === undefined ? '' : ` in the organization ${JSON.stringify(organization)}`;

/** The keys of one owner with one name, as far as they were read. */
interface Namesakes {
  readonly count: number;
  readonly isTaken: boolean;
}

const none: Namesakes = { count: 0, isTaken: false };

const placeOfName = (tenant: string, owner: string, name: string) => JSON.stringify([tenant, owner, name]);

/** Whether an earlier key of the same owner has the name; the name of a revoked key is free. Remembers the name. */
function isNameTaken({ draft: { tenant, owner, name, state } }: ReadKey, names: Map<string, Namesakes>): boolean {
  if (name == null) return false;
  const place = placeOfName(tenant, owner, name);
  const { count, isTaken } = names.get(place) ?? none;
  const isLive = state !== 'revoked';
  names.set(place, { count: count + 1, isTaken: isTaken || isLive });
  return isTaken && isLive;
}

interface Surroundings {
  readonly references: SeedReferences;
  readonly context: SeedContext;
  readonly profile: RocksetProfile;
  readonly names: ReadonlyMap<string, Namesakes>;
}

async function apiKeyOf(
  key: SeedKey,
  path: SeedPath,
  { tenant, data: { email, roles } }: Resource<User>,
  life: ReadLife,
  { references, context, profile, names }: Surroundings,
): Promise<ReadKey> {
  const { name, role, state, createdByKey = null } = key;
  if (name === undefined) context.report([...path, 'name'], 'is missing');
  if (key.secret !== undefined && !/^[A-Za-z0-9]{64}$/.test(key.secret)) {
    context.report([...path, 'secret'], 'must be 64 letters and digits');
  }
  if (role !== undefined && !(await references.hasRole(tenant, role))) {
    context.report([...path, 'role'], `there is no role ${JSON.stringify(role)}`);
  }
  // Several keys may have one name if all but one are revoked: each needs a secret of its own.
  const { count } = (name === undefined ? undefined : names.get(placeOfName(tenant, email, name))) ?? none;
  const words = [tenant, email, name ?? '', ...Array.from({ length: count }, () => 'again')];
  const secret = key.secret ?? derivedText(64, context.salt, ...words);
  const draft = {
    ...draftSecret(secret, profile),
    ...life,
    tenant,
    owner: email,
    name: name ?? null,
    expiresAt: life.expiresAt ?? null,
    grants: role === undefined ? {} : { roles: [role] },
    attributes: { created_by_apikey_name: createdByKey },
  };
  const description = `${email} of ${tenant}, role ${role ?? roles.join(', ')}${inWords(state)}`;
  return {
    draft,
    credential: { name: name ?? '', secret, header: { name: 'Authorization', value: `ApiKey ${secret}` }, description },
  };
}

/** The fields of a stored key. */
export function describeKey({ tenant, owner, kind, name, grants, attributes }: ApiKey): SeedKey {
  const place = { owner, organization: tenant };
  if (kind === 'session') return { ...place, idToken: true };
  const [role] = grants.roles ?? [];
  const { created_by_apikey_name: createdByKey } = attributes;
  return {
    ...place,
    ...(name !== null && { name }),
    ...(role !== undefined && { role }),
    ...(typeof createdByKey === 'string' && { createdByKey }),
  };
}

function idTokenOf(
  key: SeedKey,
  path: SeedPath,
  { tenant, data: { email } }: Resource<User>,
  life: ReadLife,
  context: SeedContext,
): ReadKey {
  for (const field of ['name', 'role', 'createdByKey'] as const) {
    if (key[field] !== undefined) context.report([...path, field], 'must be left out for an id token');
  }
  if (key.secret !== undefined && !isIdToken(key.secret)) {
    context.report([...path, 'secret'], 'must be three parts separated by dots');
  }
  const secret = key.secret ?? deriveIdToken(email, context.salt, tenant, path.join());
  return {
    draft: { ...draftIdToken(secret), ...life, tenant, owner: email, expiresAt: life.expiresAt ?? idTokenEnd(life) },
    credential: {
      name: `id token of ${email}`,
      secret,
      header: { name: 'Authorization', value: `Bearer ${secret}` },
      description: `${email} of ${tenant}, with the header organization: ${tenant}${inWords(key.state)}`,
    },
  };
}

/** The state of a key, for the end of its description; nothing for an active key. */
const inWords = (state: SeedKey['state']) => (state === undefined || state === 'active' ? '' : `, ${state}`);
const idTokenEnd = ({ createdAt }: ReadLife) => createdAt + 24 * 3_600_000;
