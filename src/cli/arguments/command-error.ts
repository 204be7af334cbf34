/** Why a command cannot do what was asked: a line for each problem. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly problems: readonly string[];

  constructor(...problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}
