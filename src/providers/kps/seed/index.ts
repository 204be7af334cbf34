import {
  defineSeedFormat,
  type ProviderSeed,
  type SeedContext,
  type SeedFormat,
  seedResource,
} from '../../../provider/seed/format.ts';
import { firstBy, reportRepeats } from '../../../provider/seed/keys.ts';
import { type Deployment, deploymentId, deployments } from '../accounts/deployment.ts';
import { users } from '../accounts/users/users.ts';
import type { KpsProfile } from '../profiles.ts';
import { credentialsWithoutKey, describeKey, readKey } from './keys.ts';
import { SeedSection } from './schemas.ts';
import { defaultTenant, readUsers } from './users.ts';

const defaultSigningSecret = 'latchkey-signing-secret-that-is-no-secret';

const admin = {
  users: [{ email: 'admin@example.com', id: '00000000-0000-4000-8000-000000000001', name: 'Admin', role: 'INFRA_ADMIN' }],
  keys: [{ owner: 'admin@example.com', id: '00000000-0000-4000-a000-000000000001', name: 'admin' }],
} satisfies SeedSection;

const builtIn = {
  users: [
    ...admin.users,
    { email: 'alice@example.com', id: '00000000-0000-4000-8000-000000000002', name: 'Alice' },
    { email: 'bob@example.com', id: '00000000-0000-4000-8000-000000000003', name: 'Bob' },
  ],
  keys: [...admin.keys, { owner: 'alice@example.com', id: '00000000-0000-4000-a000-000000000002', name: 'alice' }],
} satisfies SeedSection;

/** How seeds are written. The built-in one has an infra admin and a user with an API token each, and a user without one. */
export function seedFormat(profile: KpsProfile): SeedFormat {
  return defineSeedFormat({
    schema: SeedSection,
    builtIn,
    bootstrap: admin,
    identities: { users: ['email'], keys: ['owner', 'name'] },
    read: (section, context) => readSection(section, context, profile),
    ownerOf: async (email, existing) => (await existing.getByName(users, email.toLowerCase()))?.id,
    describeKey: async (key, existing) => describeKey(key, await existing.get(users, key.owner)),
  });
}

async function readSection(section: SeedSection, context: SeedContext, profile: KpsProfile): Promise<ProviderSeed> {
  const { users: people = [], keys = [] } = section;
  const deployment = await readDeployment(section, context, profile);
  const seeded = readUsers(people, context);
  reportRepeats(keys, 'id', ['keys'], context);
  reportRepeats(keys, 'secret', ['keys'], context);
  const references = { seeded: firstBy(seeded, ({ user }) => user.name), signingSecret: deployment.signingSecret, context };
  const read = await Promise.all(keys.map((key, index) => readKey(key, index, references)));
  const found = read.filter((one) => one !== undefined);
  const ofWorld = { tenant: defaultTenant, name: null, createdAt: context.now };
  return {
    resources: [
      seedResource(deployments, { ...ofWorld, id: deploymentId, data: deployment }),
      ...seeded.map(({ user }) => seedResource(users, user)),
    ],
    keys: found.map(({ draft }) => draft),
    credentials: [...found.map(({ credential }) => credential), ...credentialsWithoutKey(seeded, found)],
  };
}

/** The settings of a section; those that it leaves out keep the world's value, or start with the profile's. */
async function readDeployment(section: SeedSection, { existing }: SeedContext, profile: KpsProfile): Promise<Deployment> {
  const present = (await existing.get(deployments, deploymentId))?.data;
  const { signingSecret, tokensPerUser, loginFailures: failures, lockMs } = section;
  return {
    ...(present ?? { signingSecret: defaultSigningSecret, ...profile }),
    ...(signingSecret !== undefined && { signingSecret }),
    ...(tokensPerUser !== undefined && { tokensPerUser }),
    ...(failures !== undefined && { loginFailures: failures }),
    ...(lockMs !== undefined && { lockMs }),
  };
}
