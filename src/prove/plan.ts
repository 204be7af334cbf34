import { settingOf } from '../provider/mutant-words.ts';
import { type MutantName, mutantNames, mutants } from '../provider/mutants.ts';

/** A provider, as far as mutants are concerned. */
export interface Mutable {
  readonly name: string;
  /** Why a mutant cannot act there; without an entry it can. */
  readonly notApplicable: Readonly<Partial<Record<MutantName, string>>>;
}

/** A mutant that the user does not want to be judged by. */
export interface Exclusion {
  readonly mutant: MutantName;
  /** Undefined: all. */
  readonly provider: string | undefined;
  readonly reason: string;
}

/** What to try. */
export interface Choice {
  readonly mutants: readonly MutantName[];
  /** The providers to try them with; undefined: those that the command calls. */
  readonly only: readonly string[] | undefined;
  readonly exclusions: readonly Exclusion[];
}

/** A mutant of a provider, before anything is run. */
export interface Cell {
  readonly id: string;
  readonly mutant: MutantName;
  readonly provider: string;
  /** Why it is not judged; undefined if it is. */
  readonly excluded: string | undefined;
  /** Why it cannot act; undefined if it can. */
  readonly notApplicable: string | undefined;
}

/** The mutants that some words mean: names, `default`, `all`. */
export function mutantsOf(words: readonly string[]): readonly MutantName[] {
  return mutantNames.filter(
    (name) => words.includes(name) || words.includes('all') || (words.includes('default') && mutants[name].set === 'default'),
  );
}

/** Every mutant of every one of these providers that was chosen, in the order of reports. */
export function cellsOf({ mutants: chosen, exclusions }: Choice, providers: readonly Mutable[]): readonly Cell[] {
  return providers.flatMap(({ name: provider, notApplicable }) =>
    chosen.map((mutant) => ({
      id: settingOf({ name: mutant, provider }),
      mutant,
      provider,
      excluded: exclusions.find((one) => one.mutant === mutant && (one.provider ?? provider) === provider)?.reason,
      notApplicable: notApplicable[mutant],
    })),
  );
}
