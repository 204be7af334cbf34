import type { Call } from './http.ts';

/** A way to issue a key, to use it and to revoke it. */
export interface Way {
  readonly name: string;
  issue(world: string, name: string): Call;
  /** What its issue was answered with. */
  read(body: string): Issued;
  ask(world: string, issued: Issued): Call;
  revoke(world: string, name: string, issued: Issued): Call;
}

export interface Issued {
  readonly secret: string;
  /** What the control plane calls it, if that has issued it. */
  readonly id?: string;
}

const providers = {
  rockset: {
    admin: 'ApiKey admin0LatchkeySeed0000000000000000000000000000000000000000000000',
    owner: 'admin@me.com',
    authorization: (secret: string) => `ApiKey ${secret}`,
    askPath: '/rockset/v1/orgs/self',
  },
  estuary: {
    admin: 'Bearer EST00000000-0000-4000-8000-000000000001ARY',
    owner: 'alice',
    authorization: (secret: string) => `Bearer ${secret}`,
    askPath: '/estuary/viewer',
  },
} as const;

export type ProviderName = keyof typeof providers;
export const providerNames = ['rockset', 'estuary'] as const satisfies readonly ProviderName[];

/** A key of a provider that the control plane issues and revokes. */
export function byControlPlane(provider: ProviderName, expiresIn?: string): Way {
  return {
    name: `${provider}, by the control plane`,
    issue: (world, name) => ({
      method: 'POST',
      path: `${world}/_latchkey/keys`,
      body: { provider, owner: providers[provider].owner, name, ...(expiresIn !== undefined && { expiresIn }) },
    }),
    read: (body) => {
      const { key, secret }: { key: { id: string }; secret: string } = JSON.parse(body);
      return { id: key.id, secret };
    },
    ask: (world, issued) => asking(provider, world, issued),
    revoke: (world, _, { id = '' }) => ({ method: 'POST', path: `${world}/_latchkey/keys/${id}/revoke`, body: {} }),
  };
}

const rocksetKeys = '/rockset/v1/orgs/self/users/self/apikeys';

const byRockset: Way = {
  name: 'rockset',
  issue: (world, name) => ({
    method: 'POST',
    path: `${world}${rocksetKeys}`,
    authorization: providers.rockset.admin,
    body: { name },
  }),
  read: (body) => {
    const { data }: { data: { key: string } } = JSON.parse(body);
    return { secret: data.key };
  },
  ask: (world, issued) => asking('rockset', world, issued),
  revoke: (world, name) => ({ method: 'DELETE', path: `${world}${rocksetKeys}/${name}`, authorization: providers.rockset.admin }),
};

const estuaryKeys = '/estuary/user/api-keys';

const byEstuary: Way = {
  name: 'estuary',
  issue: (world) => ({ method: 'POST', path: `${world}${estuaryKeys}?expiry=720h`, authorization: providers.estuary.admin }),
  read: (body) => {
    const { token }: { token: string } = JSON.parse(body);
    return { secret: token };
  },
  ask: (world, issued) => asking('estuary', world, issued),
  revoke: (world, _, { secret }) => ({
    method: 'DELETE',
    path: `${world}${estuaryKeys}/${secret}`,
    authorization: providers.estuary.admin,
  }),
};

export const ways: readonly Way[] = [byRockset, byEstuary, byControlPlane('rockset'), byControlPlane('estuary')];

/** A request that finds no such key: what a fault turns into something else. */
export function aimAt(world: string, name: string): Call {
  return { method: 'GET', path: `${world}${rocksetKeys}/${name}`, authorization: providers.rockset.admin };
}

/** The path that a fault matches for it. */
export function pathOfAim(name: string): string {
  return `${rocksetKeys.slice('/rockset'.length)}/${name}`;
}

function asking(provider: ProviderName, world: string, { secret }: Issued): Call {
  const { askPath, authorization } = providers[provider];
  return { method: 'GET', path: `${world}${askPath}`, authorization: authorization(secret) };
}
