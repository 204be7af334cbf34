import { type Static, Type } from 'typebox';
import { pausing } from '../core/pieces.ts';
import { hashSecret } from '../core/secret.ts';
import type { Provider } from '../provider/provider.ts';
import type { SeedCredential } from '../provider/seed/format.ts';
import type { World } from '../worlds/world.ts';
import { answers, Credential, Dictionary } from './schemas.ts';
import type { ControlParts, ControlScope } from './scope.ts';

export const Credentials = Dictionary(Type.Object({ url: Type.String(), credentials: Type.Array(Credential) }), {
  description: 'By provider',
});

/** The credentials of the seed, and where each provider answers. */
export function addCredentialRoutes(scope: ControlScope, { baseUrlOf, providers }: ControlParts): void {
  scope.get(
    '/credentials',
    {
      schema: {
        operationId: 'listCredentials',
        tags: ['Keys'],
        summary: 'Seeded credentials and base URLs',
        response: answers(Credentials),
      },
    },
    async (request) => {
      const byProvider = await request.world.credentials();
      const entries = providers.map(async (provider) => {
        const credentials = await withKeys(byProvider.get(provider.name) ?? [], request.world, provider);
        return [provider.name, { url: baseUrlOf(request, provider.name), credentials }] as const;
      });
      return Object.fromEntries(await Promise.all(entries));
    },
  );
}

/** The credentials, each with the id of its key. */
async function withKeys(
  credentials: readonly SeedCredential[],
  { store }: World,
  { name: provider, normalizeSecret }: Provider,
): Promise<Static<typeof Credential>[]> {
  const pause = pausing();
  const found: Static<typeof Credential>[] = [];
  for (const credential of credentials) {
    const { secret } = credential;
    const filter = secret !== null && { provider, hash: hashSecret(normalizeSecret?.(secret) ?? secret) };
    const [key] = filter ? await store.keys.find(filter, { limit: 1 }) : [];
    found.push({ ...credential, key: key?.id ?? null });
    await pause();
  }
  return found;
}
