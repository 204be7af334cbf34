import { type ChosenMutant, type MutantName, mutants } from './mutants.ts';

/** Those that let in what the provider refuses; the others err in another way. */
const accepting: ReadonlySet<string> = new Set<MutantName>([
  'accept-expired',
  'accept-revoked',
  'accept-suspended',
  'accept-unknown',
  'accept-missing',
  'accept-malformed',
  'accept-other-provider',
  'ignore-role',
  'ignore-tenant',
  'ignore-owner',
  'expire-late',
]);

/** A mutant as it is set: `accept-revoked@rockset`. */
export function settingOf({ name, provider }: ChosenMutant): string {
  return provider === null ? name : `${name}@${provider}`;
}

/** What a latchkey with it does, to follow its name. */
export function warningOf({ name, provider }: ChosenMutant): string {
  if (name === 'none') return 'records which mutants would act, and changes nothing';
  if (accepting.has(name)) return `accepts on purpose what ${provider ?? 'a provider'} refuses`;
  return `errs on purpose: ${mutants[name].says}`;
}

/** How a latchkey errs on purpose, for who is told of it in parts; null where it does not. */
export function errorOf(chosen: ChosenMutant | null): ErrorOnPurpose | null {
  if (chosen === null || chosen.name === 'none') return null;
  const { name, provider } = chosen;
  return { name, provider, says: mutants[name].says };
}

/** A mutant that changes something. */
export interface ErrorOnPurpose {
  readonly name: MutantName;
  /** The only provider that errs; null: all. */
  readonly provider: string | null;
  /** What is wrong then: `a revoked key is accepted`. */
  readonly says: string;
}
