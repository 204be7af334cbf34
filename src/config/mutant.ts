import { type ChosenMutant, mutantNames } from '../provider/mutants.ts';
import type { ProviderModule } from '../provider/provider.ts';
import type { GivenSettings } from './given.ts';
import { didYouMean } from './nearest.ts';

/** Where a mutant can be set, for a program that may be told of all providers and emulates some. */
interface Emulated {
  readonly all: readonly ProviderModule[];
  readonly chosen: readonly ProviderModule[];
}

const allowed = ['none', ...mutantNames] as const;

/** Reads `NAME` or `NAME@PROVIDER`; undefined if no mutant is set. */
export function readMutant(given: GivenSettings, emulated: Emulated): ChosenMutant | undefined {
  const text = given.values.mutant;
  if (text === undefined) return undefined;
  const at = text.indexOf('@');
  const [word, provider] = at === -1 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
  const name = allowed.find((one) => one === word);
  if (name === undefined)
    given.refuse('mutant', `must be one of ${allowed.join(', ')}, not ${JSON.stringify(word)}${didYouMean(word, allowed)}`);
  if (provider !== null) checkProvider(given, name, provider, emulated);
  return name === undefined ? undefined : { name, provider };
}

function checkProvider(given: GivenSettings, name: string | undefined, provider: string, { all, chosen }: Emulated): void {
  const names = all.map((one) => one.name);
  if (name === 'none') given.refuse('mutant', 'none is for all providers: leave out what follows it');
  else if (!names.includes(provider))
    given.refuse(
      'mutant',
      `must name one of ${names.join(', ')} behind @, not ${JSON.stringify(provider)}${didYouMean(provider, names)}`,
    );
  else if (!chosen.some((one) => one.name === provider))
    given.refuse('mutant', `is for ${provider}, which is not among the providers`);
}
