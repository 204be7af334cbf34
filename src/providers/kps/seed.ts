import type { Instant } from '../../clock.ts';
import type { KeyDraft } from '../../core/key-service.ts';
import type { Resource } from '../../core/resource-store.ts';
import { hashSecret } from '../../core/secret.ts';
import { type ProviderSeed, type SeedCredential, type SeedExtent, seedResource } from '../../http/provider.ts';
import { type Deployment, deploymentId, deployments } from './deployment.ts';
import { apiTokenClaims, signJwt } from './jwt.ts';
import { draftToken } from './keys.ts';
import { loginFailures, loginFailuresId } from './login-lock.ts';
import type { KpsProfile } from './profiles.ts';
import { type Role, type User, users } from './users.ts';

interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** The id of the person's API token; null for somebody who has none yet. */
  readonly tokenId: string | null;
}

const tenant = 'tid-demo';
const signingSecret = 'latchkey-signing-secret-that-is-no-secret';

const people: readonly Person[] = [
  {
    id: '00000000-0000-4000-8000-000000000001',
    name: 'Admin',
    role: 'INFRA_ADMIN',
    tokenId: '00000000-0000-4000-a000-000000000001',
  },
  { id: '00000000-0000-4000-8000-000000000002', name: 'Alice', role: 'USER', tokenId: '00000000-0000-4000-a000-000000000002' },
  { id: '00000000-0000-4000-8000-000000000003', name: 'Bob', role: 'USER', tokenId: null },
];

/** The built-in seed: an infra admin and a user with an API token each, and a user who has none yet. */
export async function seed(extent: SeedExtent, now: Instant, profile: KpsProfile): Promise<ProviderSeed> {
  const seeded = await Promise.all((extent === 'everything' ? people : people.slice(0, 1)).map((one) => seedPerson(one, now)));
  const deployment: Deployment = { signingSecret, ...profile };
  const ofWorld = { tenant, name: null, createdAt: now };
  return {
    resources: [
      seedResource(deployments, { ...ofWorld, id: deploymentId, data: deployment }),
      seedResource(loginFailures, { ...ofWorld, id: loginFailuresId, data: [] }),
      ...seeded.map(({ user }) => seedResource(users, user)),
    ],
    keys: seeded.flatMap(({ keys }) => keys),
    credentials: seeded.map(({ credential }) => credential),
  };
}

interface SeededPerson {
  readonly user: Resource<User>;
  readonly keys: readonly KeyDraft[];
  readonly credential: SeedCredential;
}

async function seedPerson({ id, name, role, tokenId }: Person, now: Instant): Promise<SeededPerson> {
  const handle = name.toLowerCase();
  const email = `${handle}@example.com`;
  const password = `${handle}-password`;
  const data: User = { email, name, role, passwordHash: hashSecret(password) };
  const user: Resource<User> = { id, tenant, name: email, createdAt: now, data };
  const known = { name: handle, login: { email, password }, description: `${email}, ${role}` };
  if (tokenId === null) return { user, keys: [], credential: { ...known, secret: null, header: null } };
  const secret = await signJwt(apiTokenClaims(user, tokenId), signingSecret);
  const header = { name: 'Authorization', value: `Bearer ${secret}` };
  return { user, keys: [{ ...draftToken(user, secret), id: tokenId }], credential: { ...known, secret, header } };
}
