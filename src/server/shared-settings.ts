import type { Config } from '../config/config.ts';
import { settingOf } from '../provider/mutant-words.ts';
import type { Provider } from '../provider/provider.ts';
import { builtInSeeds, contentOf, type Seeds } from '../worlds/seeds.ts';

interface Started {
  readonly config: Pick<Config, 'clock'> & Partial<Pick<Config, 'adminToken' | 'mutant' | 'upstreams' | 'upstreamCredentials'>>;
  readonly providers: readonly Provider[];
  readonly seeds?: Seeds;
}

/**
 * What must be the same in all processes that serve the same worlds, by the names of the flags: what decides which requests are
 * accepted, and what is answered. Where they listen, what they log and how much they keep is up to each.
 */
export function sharedSettings({ config, providers, seeds = builtInSeeds }: Started): Readonly<Record<string, unknown>> {
  const { adminToken, clock, mutant, upstreams = new Map(), upstreamCredentials = 'drop' } = config;
  const profiles = providers.map(({ name, profile }) => [`--${name}-profile`, profile] as const);
  return {
    '--providers': providers.map(({ name }) => name).toSorted(),
    ...Object.fromEntries(profiles),
    '--seed': contentOf(seeds),
    '--clock': clock,
    '--admin-token': adminToken,
    '--mutant': mutant && settingOf(mutant),
    '--upstream': [...upstreams].toSorted(),
    '--upstream-credentials': upstreams.size === 0 ? undefined : upstreamCredentials,
  };
}
