import { type GivenFlag, readArguments, splitAtDashes } from '../../config/arguments.ts';
import { type Config, ConfigError, loadConfig } from '../../config/config.ts';
import { didYouMean } from '../../config/nearest.ts';
import { settingsOf } from '../../config/settings.ts';
import { config as configFile, gatherSettings } from '../../config/sources.ts';
import type { ValuesOf } from '../../config/values.ts';
import { parseDurationMs } from '../../formats/duration.ts';
import { type Meant, readExclusion, readMutants } from '../../prove/exclusions.ts';
import { type Choice, type Exclusion, mutantsOf } from '../../prove/plan.ts';
import type { Timing } from '../../prove/runs.ts';
import type { Demands } from '../../prove/verdict.ts';
import { loadProviders } from '../../providers/index.ts';
import type { ServeSources } from '../../server/serve.ts';
import { CommandError } from '../arguments/command-error.ts';
import { readCall } from '../arguments/options.ts';
import type { Surroundings } from '../surroundings.ts';
import { freePort } from './free-port.ts';
import { proveOptions, refused } from './prove-options.ts';

/** A call of `latchkey prove`, its arguments read. */
export interface ProveCall {
  readonly options: ValuesOf<typeof proveOptions>;
  readonly command: readonly string[];
  readonly choice: Choice;
  readonly timing: Timing;
  readonly demands: Demands;
  /** From which each run's latchkey is started; its mutant is still to be added. */
  readonly sources: ServeSources;
  /** The providers that are emulated. */
  readonly providers: readonly string[];
}

const meant: Meant = (word, candidates) => didYouMean(word, candidates);

/** Reads the arguments. Throws CommandError with every problem at once. */
export async function readProveCall(args: readonly string[], surroundings: Surroundings): Promise<ProveCall> {
  const { own, rest: command = [] } = splitAtDashes(args);
  const modules = await loadProviders();
  const known = { ...settingsOf(modules), config: configFile, ...proveOptions, ...refused };
  const { flags, words, problems } = readArguments(own, known);
  const isOwn = ({ name }: GivenFlag) => Object.hasOwn(proveOptions, name);
  const all = [...problems, ...words.map((word) => `unknown argument ${word}`), ...refusals(flags, surroundings)];
  const ownFlags = flags.filter((flag) => isOwn(flag) && flag.name !== 'exclude');
  const options = await noting(all, () => readCall(asArguments(ownFlags), { words: [], options: proveOptions }, surroundings));
  const sources = sourcesOf(
    flags.filter((flag) => !isOwn(flag) && !Object.hasOwn(refused, flag.name)),
    surroundings,
  );
  const config = await noting(all, () => loadConfig(sources, modules));
  const providers = config === undefined ? modules.map(({ name }) => name) : [...config.profiles.keys()];
  const exclusions = await exclusionsOf(flags, providers, { sources, problems: all });
  if (options !== undefined) all.push(...misfits(options.options, config, providers));
  if (!command[0] && options?.options.list !== true)
    all.push('expected a command after --: latchkey prove [flags] [options] -- command');
  if (options === undefined || all.length > 0) throw new CommandError(...all);
  return { ...meaningOf(options.options, exclusions), options: options.options, command, sources, providers };
}

function refusals(flags: readonly GivenFlag[], { env }: Surroundings): readonly string[] {
  const given = Object.entries(refused).filter(([name]) => flags.some((flag) => flag.name === name));
  const variable = env['LATCHKEY_MUTANT']
    ? ['LATCHKEY_MUTANT is set: prove sets it itself, in the environment of the command']
    : [];
  return [...given.map(([, { why }]) => why), ...variable];
}

/** The latchkey of each run: in memory, and on any free port unless a flag or a variable says otherwise. */
function sourcesOf(flags: readonly GivenFlag[], { env, folder, logPaint }: Surroundings): ServeSources {
  const { LATCHKEY_MUTANT: _, ...others } = env;
  const args = [...freePort(env), ...asArguments(flags), '--db=:memory:'];
  return { args, env: others, folder, logPaint, defaults: { 'log-level': 'error' } };
}

function asArguments(flags: readonly GivenFlag[]): readonly string[] {
  return flags.map(({ name, value }) => (value === true ? `--${name}` : `--${name}=${value}`));
}

/** Does something whose problems are added to the others; undefined if there are any. */
async function noting<T>(problems: string[], act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof CommandError || error instanceof ConfigError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

/** Exclusions of the flags and of the config file (`prove: exclude:`). */
async function exclusionsOf(
  flags: readonly GivenFlag[],
  providers: readonly string[],
  { sources, problems }: { readonly sources: ServeSources; readonly problems: string[] },
): Promise<readonly Exclusion[]> {
  const config = flags.findLast(({ name }) => name === 'config');
  const args = config === undefined ? [] : asArguments([config]);
  const { others } = await gatherSettings({ ...sources, args, isPartial: true }, {});
  const inFile = inFileOf(others['prove'], problems);
  const given = [
    ...flags.filter(({ name }) => name === 'exclude').map(({ label, value }) => ({ label, text: value })),
    ...inFile.map((text) => ({ label: 'prove.exclude', text })),
  ];
  const read = given.map(({ label, text }) => readExclusion(text, { label, providers, meant }));
  problems.push(...read.flatMap((one) => ('problem' in one ? [one.problem] : [])));
  return read.flatMap((one) => ('problem' in one ? [] : [one]));
}

function inFileOf(prove: unknown, problems: string[]): readonly unknown[] {
  if (prove === undefined) return [];
  if (typeof prove !== 'object' || prove === null || Array.isArray(prove)) {
    problems.push('prove must hold its options by name (exclude: […])');
    return [];
  }
  const { exclude = [], ...others }: { readonly exclude?: unknown } = prove;
  problems.push(...Object.keys(others).map((key) => `prove: unknown key ${key}${didYouMean(key, ['exclude'])}`));
  if (Array.isArray(exclude)) return exclude;
  problems.push('prove.exclude must be a list of NAME=REASON or NAME@PROVIDER=REASON');
  return [];
}

/** Options whose values do not go together, or with what is emulated. */
function misfits(
  { mutants, only, jobs, results, list, 'dry-run': dryRun, ...others }: ProveCall['options'],
  config: Config | undefined,
  providers: readonly string[],
): readonly string[] {
  const strangers = namesIn(only).filter((name) => !providers.includes(name));
  const ports =
    config === undefined ? [] : [config.port, ...config.providerPorts.values(), ...(config.tls ? [config.tls.port] : [])];
  const fixed = ports.find((port) => port !== 0);
  return [
    ...readMutants(mutants, meant).problems,
    ...strangers.map((name) => `--only names ${JSON.stringify(name)}, which is not emulated here${meant(name, providers)}`),
    ...(jobs > 1 && fixed !== undefined
      ? [`--jobs ${jobs} wants free ports: only one latchkey at a time can have port ${fixed}`]
      : []),
    ...(jobs > 1 && results !== undefined ? ['--results wants --jobs 1: runs at the same time write the same files'] : []),
    ...(list || dryRun
      ? judging
          .filter((name) => others[name] !== undefined)
          .map((name) => `--${name} wants a judgement, and ${list ? '--list' : '--dry-run'} makes none`)
      : []),
    ...(list && dryRun ? ['--list runs nothing, --dry-run runs the command once: use one of them'] : []),
  ];
}

/** Options that would seem to be heeded where nothing is judged. */
const judging = ['min-score', 'report'] as const;

function namesIn(list: string | undefined): readonly string[] {
  return list === undefined ? [] : list.split(',').map((name) => name.trim());
}

function meaningOf(
  {
    mutants,
    only,
    jobs,
    'fail-on': failOn,
    'min-score': minScore,
    'timeout-factor': factor,
    'timeout-extra': extra,
  }: ProveCall['options'],
  exclusions: readonly Exclusion[],
): Pick<ProveCall, 'choice' | 'timing' | 'demands'> {
  const { words } = readMutants(mutants, meant);
  return {
    choice: { mutants: mutantsOf(words), only: only === undefined ? undefined : namesIn(only), exclusions },
    timing: { factor: Number(factor), extraMs: parseDurationMs(extra) ?? 0, jobs },
    demands: { failOn, minScore: minScore === undefined ? null : Number(minScore) },
  };
}
