import { mutantNames } from '../provider/mutants.ts';
import type { Exclusion } from './plan.ts';

/** An exclusion as it was written, or what is wrong with it. */
export type ReadExclusion = Exclusion | { readonly problem: string };

/** Reads `NAME[@PROVIDER]=REASON`. `label` says where it was written, `meant` what a misspelt word probably means. */
export function readExclusion(
  text: unknown,
  { label, providers, meant }: { readonly label: string; readonly providers: readonly string[]; readonly meant: Meant },
): ReadExclusion {
  const [, name = '', provider, reason = ''] = (typeof text === 'string' && /^([^@=]*)(?:@([^=]*))?=(.*)$/s.exec(text)) || [];
  const mutant = mutantNames.find((one) => one === name);
  if (reason.trim() === '')
    return { problem: `${label} wants NAME=REASON or NAME@PROVIDER=REASON, with a reason, not ${JSON.stringify(text)}` };
  if (mutant === undefined)
    return { problem: `${label} names the mutant ${JSON.stringify(name)}, which does not exist${meant(name, mutantNames)}` };
  if (provider !== undefined && !providers.includes(provider))
    return {
      problem: `${label} names the provider ${JSON.stringify(provider)}, which is not emulated here${meant(provider, providers)}`,
    };
  return { mutant, provider, reason: reason.trim() };
}

/** `; did you mean …?`, or nothing. */
export type Meant = (word: string, candidates: readonly string[]) => string;

/** Reads `default`, `all` and names of mutants, comma-separated: what is wrong with them, too. */
export function readMutants(
  text: string,
  meant: Meant,
): { readonly words: readonly string[]; readonly problems: readonly string[] } {
  const known: readonly string[] = ['default', 'all', ...mutantNames];
  const words = text.split(',').map((word) => word.trim());
  const unknown = words.filter((word) => !known.includes(word));
  return {
    words,
    problems: unknown.map((word) => {
      const [name = '', provider] = word.split('@');
      const hint = provider && known.includes(name) ? `: use --mutants ${name} --only ${provider}` : meant(word, known);
      return `--mutants names ${JSON.stringify(word)}, which is no mutant${hint}`;
    }),
  };
}
