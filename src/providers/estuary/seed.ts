import type { Instant } from '../../clock.ts';
import { type ProviderSeed, type SeedExtent, seedResource } from '../../http/provider.ts';
import { dayMs, draftToken } from './keys.ts';
import type { EstuaryProfile } from './profiles.ts';
import { tenant, users } from './users.ts';

const people = [
  { id: 1, username: 'admin', level: 100 },
  { id: 2, username: 'alice', level: 2 },
  { id: 3, username: 'bob', level: 2 },
];

/** The built-in seed: one administrator as `estuary setup` makes it, and two users. Keys live one year. */
export async function seed(extent: SeedExtent, now: Instant, profile: EstuaryProfile): Promise<ProviderSeed> {
  const seeded = extent === 'everything' ? people : people.slice(0, 1);
  return {
    resources: seeded.map((person) => {
      const user = { ...person, passwordHash: passwordHashOf(person.username) };
      return seedResource(users, { id: String(person.id), tenant, name: person.username, createdAt: now, data: user });
    }),
    keys: seeded.map(({ id, username }) => ({ ...draftToken(tokenOf(id), id, now + 365 * dayMs, profile), name: username })),
    credentials: seeded.map(({ id, username, level }) => ({
      name: username,
      secret: tokenOf(id),
      header: { name: 'Authorization', value: `Bearer ${tokenOf(id)}` },
      login: { username, passwordHash: passwordHashOf(username) },
      description: `user ${username}, level ${level}`,
    })),
  };
}

function tokenOf(id: number): string {
  return `EST00000000-0000-4000-8000-${String(id).padStart(12, '0')}ARY`;
}

function passwordHashOf(username: string): string {
  return `${username}-password-hash`;
}
