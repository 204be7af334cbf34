/** Why nothing can be judged: a text for each problem, in which lines of the command's output may follow. */
export class UnjudgeableError extends Error {
  override readonly name = 'UnjudgeableError';
  readonly problems: readonly string[];

  constructor(...problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** A signal ended it. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}
