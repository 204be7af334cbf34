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

/** The mutant as it was set, where it changes something; null where everything is the truth. */
export function errorOf(chosen: ChosenMutant | null): string | null {
  return chosen === null || chosen.name === 'none' ? null : settingOf(chosen);
}
