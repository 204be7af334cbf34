import type { SeedPath } from './format.ts';

/** A problem in a provider's section of a seed. */
export interface SeedProblem {
  readonly path: SeedPath;
  readonly problem: string;
}

/** A seed, or a key described as in one, that does not fit its schema, contradicts itself or refers to unknown records. */
export class SeedError extends Error {
  override readonly name = 'SeedError';
  readonly provider: string;
  readonly problems: readonly SeedProblem[];

  constructor(provider: string, problems: readonly SeedProblem[]) {
    super(problems.map(({ path, problem }) => `/${[provider, ...path].join('/')} ${problem}`).join('\n'));
    this.provider = provider;
    this.problems = problems;
  }
}
