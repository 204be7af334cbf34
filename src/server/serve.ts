import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pino, { type Logger } from 'pino';
import { toIso, VirtualClock } from '../clock.ts';
import { type Config, loadConfig } from '../config/config.ts';
import type { SettingSources } from '../config/sources.ts';
import type { Surroundings } from '../control/explain.ts';
import { settingOf, warningOf } from '../provider/mutant-words.ts';
import type { ChosenMutant } from '../provider/mutants.ts';
import type { SeedCredential } from '../provider/seed/format.ts';
import { loadProviders } from '../providers/index.ts';
import { builtInSeeds, SeedFileError, type Seeds } from '../worlds/seeds.ts';
import type { World } from '../worlds/world.ts';
import { type Emulator, type EmulatorParts, startEmulator } from './emulator.ts';
import type { LogPaint } from './pretty-log.ts';
import type { SeedFileRequest } from './seed-file.ts';
import { shownBy } from './shown.ts';

/** Where a server is started from. */
export interface ServeSources extends SettingSources {
  /** Colours the log for the terminal that it goes to; undefined if it goes to none. */
  readonly logPaint?: LogPaint | undefined;
  /** Called with every request that a world records. */
  readonly onRequest?: EmulatorParts['onRequest'];
}

/** A running `latchkey serve`. */
export interface Served {
  readonly emulator: Emulator;
  readonly config: Config;
  readonly logger: Logger;
  /** What to print on standard output once everything listens: one line, and at log level info the seeded credentials. */
  readonly announcement: string;
  /**
   * Reads the seed file again and resets every world without a seed of its own to it, and logs what happened. A file that
   * cannot be used changes nothing. Resolves with whether it could be used.
   */
  reseed(): Promise<boolean>;
  /** Goes on answering for as long as `--drain` says, but is no longer ready. To be called before it is closed. */
  drain(): Promise<void>;
  /** A text of others, such as a command line, without the secrets that its worlds know. */
  shown(text: string): string;
}

/**
 * Starts an emulator as the settings say; `ownSeed` takes the place of a seed file. Throws ConfigError, SeedFileError, DatabaseError, OwnershipError, TlsError or the
 * system's own error.
 */
export async function serve(sources: ServeSources, version: string, ownSeed?: object): Promise<Served> {
  const modules = await loadProviders();
  const config = await loadConfig(sources, modules);
  const providers = modules.flatMap((module) => {
    const profile = config.profiles.get(module.name);
    return profile === undefined ? [] : [module.emulate(profile)];
  });
  const readSeeds = () => seedsFor(config, { folder: sources.folder, modules, providers, content: ownSeed });
  const seeds = await readSeeds();
  const started: { worlds?: Emulator['worlds'] } = {};
  const { logger, onRequest } = await logOf(config, sources, () => started.worlds && { worlds: started.worlds, providers });
  const reread = inTurns(async (also?: World) => (await started.worlds?.reseed(await readSeeds(), also)) ?? []);
  const parts = { config, providers, seeds, logger, version, reseed: hasSeedFile(config) ? reread : undefined };
  const emulator = await startEmulator({ ...parts, ...tellingBoth(onRequest, sources.onRequest) });
  started.worlds = emulator.worlds;
  if (config.mutant !== undefined) warn(logger, config.mutant);
  const reseed = reporting(reread, logger);
  const ended = await watchingSeed(config, sources.folder, emulator, reseed);
  const shown = shownBy(providers, emulator.world);
  const announcement = await announce(emulator, config, version);
  return { emulator: ended, config, logger, announcement, reseed, drain: () => drain(config, emulator, logger), shown };
}

async function drain({ drainMs }: Config, emulator: Emulator, logger: Logger): Promise<void> {
  if (drainMs === 0) return;
  logger.info(`it is no longer ready, and stops in ${drainMs / 1000} s: until then it answers`);
  emulator.drain();
  await pause(drainMs);
}

/** The log, and what prints requests into it. */
async function logOf(
  { logLevel: level, logFormat }: Config,
  { logPaint }: ServeSources,
  surroundings: () => Surroundings | undefined,
): Promise<Pick<EmulatorParts, 'onRequest'> & { readonly logger: Logger }> {
  const isPretty = logFormat === undefined ? logPaint !== undefined : logFormat === 'pretty';
  // Logs go to standard error, so that standard output has only the announcement.
  const output = pino.destination({ dest: 2, sync: false });
  if (!isPretty) return { logger: pino({ level }, output) };
  const { prettyLog, requestPrinter } = await import('./pretty-log.ts');
  const logger = pino({ level }, prettyLog(output, logPaint));
  if (!isTalkative(level)) return { logger };
  return { logger, onRequest: requestPrinter((line) => logger.info(line), surroundings) };
}

/** A log says it too: what a program prints at its start is not always kept. */
function warn(logger: Logger, mutant: ChosenMutant): void {
  logger[mutant.name === 'none' ? 'info' : 'warn'](mutantLine(mutant));
}

function mutantLine(mutant: ChosenMutant): string {
  return `MUTANT ${settingOf(mutant)}: ${warningOf(mutant)}`;
}

function tellingBoth(one: EmulatorParts['onRequest'], other: EmulatorParts['onRequest']): Pick<EmulatorParts, 'onRequest'> {
  const told = [one, other].filter((each) => each !== undefined);
  if (told.length === 0) return {};
  return {
    onRequest: (world, entry) => {
      for (const tell of told) tell(world, entry);
    },
  };
}

/** Whether there is a file that can be read again. */
export function hasSeedFile({ seed }: Pick<Config, 'seed'>): boolean {
  return seed !== undefined && seed !== 'none';
}

/** One reading after another: the last one wins. */
function inTurns(read: (also?: World) => Promise<readonly string[]>): typeof read {
  let last: Promise<unknown> = Promise.resolve();
  return (also) => {
    const turn = last.then(() => read(also));
    last = turn.catch(() => undefined);
    return turn;
  };
}

/** A reading that nobody waits for: what becomes of it is logged. */
function reporting(reread: () => Promise<unknown>, logger: Logger): Served['reseed'] {
  return async () => {
    try {
      await reread();
      logger.info('the seed was read again, and every world without a seed of its own was reset to it');
      return true;
    } catch (error) {
      const problems = error instanceof SeedFileError ? error.problems : [error instanceof Error ? error.message : String(error)];
      for (const problem of problems) logger.error(`the seed stays as it was: ${problem}`);
      return false;
    }
  };
}

/** Watches the seed file, if the settings say so, until the emulator is closed. */
async function watchingSeed(
  { watch, seed = '' }: Config,
  folder: string,
  emulator: Emulator,
  reseed: Served['reseed'],
): Promise<Emulator> {
  if (!watch) return emulator;
  const { watchSeed } = await import('./seed-watch.ts');
  const end = watchSeed(resolve(folder, seed), () => void reseed());
  const close = () => {
    end();
    return emulator.close();
  };
  return { ...emulator, close };
}

/** The loader of seed files is imported only if there is a file: other starts are faster without it. */
async function seedsFor({ seed, clock }: Config, parts: Omit<SeedFileRequest, 'name' | 'now'>): Promise<Seeds> {
  if (seed === undefined && parts.content === undefined) return builtInSeeds;
  const { loadSeeds } = await import('./seed-file.ts');
  return loadSeeds({ ...parts, name: seed ?? 'seed', now: new VirtualClock(clock).now() });
}

function isTalkative(level: Config['logLevel']): boolean {
  return ['trace', 'debug', 'info'].includes(level);
}

async function announce(emulator: Emulator, config: Config, version: string): Promise<string> {
  const { url, providerUrls, https, world } = emulator;
  const bases = [...config.profiles.keys()].map((name) => `${name} ${providerUrls.get(name) ?? `${url}/${name}`}`);
  const secure = https === undefined ? '' : ` and ${https.url}`;
  const mutant = config.mutant === undefined ? '' : ` ${mutantLine(config.mutant)}`;
  const ready = `latchkey ${version} ready: ${url}${secure} (${bases.join(', ')})${mutant}`;
  if (!isTalkative(config.logLevel)) return `${ready}\n`;
  const clock = config.clock === undefined ? [] : [`clock started at ${toIso(config.clock)}`];
  const credentials = [...(await world.credentials())].flatMap(([provider, list]) =>
    list.map((one) => `  ${provider.padEnd(8)} ${one.name.padEnd(8)} ${presented(one)}  (${one.description})`),
  );
  const where = [`dashboard: ${url}/_latchkey/`, `documentation: ${url}/_latchkey/docs`, 'stop it: Ctrl-C, or SIGTERM'];
  return `${[ready, ...clock, 'seeded credentials:', ...credentials, ...where].join('\n')}\n`;
}

/** The secret, or what a user without a key logs in with. */
function presented({ secret, login }: SeedCredential): string {
  return secret ?? (login?.['password'] === undefined ? '-' : `password ${login['password']}`);
}
