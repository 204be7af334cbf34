import pino, { type Logger } from 'pino';
import { toIso, VirtualClock } from '../clock.ts';
import { type Config, loadConfig } from '../config/config.ts';
import type { SettingSources } from '../config/sources.ts';
import { loadProviders } from '../providers/index.ts';

import { builtInSeeds, type Seeds } from '../worlds/seeds.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import type { SeedFileRequest } from './seed-file.ts';

/** A running `latchkey serve`. */
export interface Served {
  readonly emulator: Emulator;
  readonly config: Config;
  readonly logger: Logger;
  /** What to print on standard output once everything listens: one line, and at log level info the seeded credentials. */
  readonly announcement: string;
}

/**
 * Starts an emulator as the settings say; `ownSeed` takes the place of a seed file. Throws ConfigError, SeedFileError, DatabaseError, OwnershipError, TlsError or the
 * system's own error.
 */
export async function serve(sources: SettingSources, version: string, ownSeed?: object): Promise<Served> {
  const modules = await loadProviders();
  const config = await loadConfig(sources, modules);
  const providers = modules.flatMap((module) => {
    const profile = config.profiles.get(module.name);
    return profile === undefined ? [] : [module.emulate(profile)];
  });
  const seeds = await seedsFor(config, { folder: sources.folder, modules, providers, content: ownSeed });
  // Logs go to standard error, so that standard output has only the announcement.
  const logger = pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: false }));
  const emulator = await startEmulator({ config, providers, seeds, logger, version });
  return { emulator, config, logger, announcement: await announce(emulator, config, version) };
}

/** The loader of seed files is imported only if there is a file: other starts are faster without it. */
async function seedsFor({ seed, clock }: Config, parts: Omit<SeedFileRequest, 'name' | 'now'>): Promise<Seeds> {
  if (seed === undefined && parts.content === undefined) return builtInSeeds;
  const { loadSeeds } = await import('./seed-file.ts');
  return loadSeeds({ ...parts, name: seed ?? 'seed', now: new VirtualClock(clock).now() });
}

async function announce(emulator: Emulator, config: Config, version: string): Promise<string> {
  const { url, providerUrls, https, world } = emulator;
  const bases = [...config.profiles.keys()].map((name) => `${name} ${providerUrls.get(name) ?? `${url}/${name}`}`);
  const secure = https === undefined ? '' : ` and ${https.url}`;
  const ready = `latchkey ${version} ready: ${url}${secure} (${bases.join(', ')})`;
  const isTalkative = ['trace', 'debug', 'info'].includes(config.logLevel);
  if (!isTalkative) return `${ready}\n`;
  const clock = config.clock === undefined ? [] : [`clock started at ${toIso(config.clock)}`];
  const credentials = [...(await world.credentials())].flatMap(([provider, list]) =>
    list.map(({ name, secret, description }) => `  ${provider.padEnd(8)} ${name.padEnd(8)} ${secret ?? '-'}  (${description})`),
  );
  return `${[ready, ...clock, 'seeded credentials:', ...credentials].join('\n')}\n`;
}
