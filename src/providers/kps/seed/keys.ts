import type { ApiKey } from '../../../core/api-key.ts';
import type { KeyDraft } from '../../../core/key-service.ts';
import type { Resource } from '../../../core/resource-store.ts';
import type { SeedContext, SeedCredential, SeedPath } from '../../../provider/seed/format.ts';
import { derivedUuid, type ReadLife, readLife } from '../../../provider/seed/keys.ts';
import { lifetimesMs } from '../accounts/sessions/sessions.ts';
import { type User, users } from '../accounts/users/users.ts';
import { apiTokenClaims, sessionClaims, signJwt } from '../keys/jwt.ts';
import { draftSession, draftToken } from '../keys/keys.ts';
import { type SessionType, tokenTypeOf } from '../keys/token-types.ts';
import { readFixedToken } from './fixed-token.ts';
import type { SeedKey } from './schemas.ts';
import { handleOf, type SeededUser } from './users.ts';

export interface ReadKey {
  readonly draft: KeyDraft;
  readonly credential: SeedCredential;
}

/** What a key of a section may refer to, and what signs its token. */
export interface KeyReferences {
  /** The users of the section, by e-mail. */
  readonly seeded: ReadonlyMap<string | null, SeededUser>;
  readonly signingSecret: string;
  readonly context: SeedContext;
}

/** Reads a key of a section. Reports its problems; undefined when it has no user or a wrong secret. */
export async function readKey(key: SeedKey, index: number, references: KeyReferences): Promise<ReadKey | undefined> {
  const { seeded, context } = references;
  const path = ['keys', index];
  const life = readLife(key, path, context);
  const email = key.owner.toLowerCase();
  const person = seeded.get(email);
  const user = person?.user ?? (await context.existing.getByName(users, email));
  if (user === undefined) {
    context.report([...path, 'owner'], `there is no user ${JSON.stringify(key.owner)}`);
    return undefined;
  }
  const draft = await draftOf(key, { path, user, life }, references);
  return draft && { draft, credential: credentialOf(key.name, user, draft.secret, person) };
}

interface KeyParts {
  readonly path: SeedPath;
  readonly user: Resource<User>;
  readonly life: ReadLife;
}

async function draftOf(key: SeedKey, parts: KeyParts, references: KeyReferences): Promise<KeyDraft | undefined> {
  const { path, user, life } = parts;
  const { signingSecret, context } = references;
  const derivedId = derivedUuid(context.salt, key.session ?? 'token', user.data.email, key.name ?? '', String(path.at(-1)));
  if (key.session !== undefined) return sessionOf(key, key.session, { ...parts, derivedId }, references);
  const fixed = key.secret === undefined ? undefined : await readFixedToken(key.secret, { user, signingSecret });
  if (fixed !== undefined && fixed.problem !== undefined) {
    context.report([...path, 'secret'], fixed.problem);
    return undefined;
  }
  const id = fixed?.tokenId ?? key.id ?? derivedId;
  if (key.id !== undefined && key.id !== id) context.report([...path, 'id'], 'must be the tokenId of the secret');
  const secret = key.secret ?? signJwt(apiTokenClaims(user, id), signingSecret);
  return { ...draftToken(user, secret), id, ...life, expiresAt: life.expiresAt ?? null };
}

/**
 * Reads a session. Its token contains its expiry, and a seed is read again whenever its credentials are shown: only with a
 * fixed expiry is it the same token each time.
 */
async function sessionOf(
  key: SeedKey,
  session: SessionType,
  { path, user, life, derivedId }: KeyParts & { readonly derivedId: string },
  { signingSecret, context }: KeyReferences,
): Promise<KeyDraft> {
  const isSeed = context.salt === '';
  if (key.secret !== undefined) context.report([...path, 'secret'], 'must be left out when there is a session');
  if (isSeed && key.expiresAt === undefined) context.report([...path, 'session'], 'needs expiresAt in a seed');
  const expiresAt = life.expiresAt ?? context.now + lifetimesMs[session];
  const token = signJwt(sessionClaims(user, session, expiresAt), signingSecret);
  return { ...draftSession(user, token, session, expiresAt), id: key.id ?? derivedId, ...life, expiresAt };
}

/** The fields of a stored key: tokens have no name. */
export function describeKey(key: ApiKey, owner: Resource<User> | undefined): SeedKey | undefined {
  const type = tokenTypeOf(key);
  return owner && { owner: owner.data.email, ...(type !== 'api' && { session: type }) };
}

function credentialOf(name: string | undefined, user: Resource<User>, secret: string, person?: SeededUser): SeedCredential {
  return {
    name: name ?? handleOf(user.data.email),
    secret,
    header: { name: 'Authorization', value: `Bearer ${secret}` },
    ...(person !== undefined && { login: person.login }),
    description: `${user.data.email}, ${user.data.role}`,
  };
}

/** The credentials of users without a key: their log-ins. */
export function credentialsWithoutKey(seeded: readonly SeededUser[], keys: readonly ReadKey[]): readonly SeedCredential[] {
  const owners = new Set(keys.map(({ draft }) => draft.owner));
  const without = seeded.filter(({ user }) => !owners.has(user.id));
  return without.map(({ user, login }) => ({
    name: handleOf(user.data.email),
    secret: null,
    header: null,
    login,
    description: `${user.data.email}, ${user.data.role}`,
  }));
}
