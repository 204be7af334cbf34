import type { Settings } from './settings.ts';

/** Settings whose values are valid one by one; whether they fit together has not been checked yet. */
export class GivenSettings {
  readonly values: Settings;
  /** A line for each problem that was found. */
  readonly problems: string[];
  readonly #origins: ReadonlyMap<string, string>;

  constructor(values: Settings, origins: ReadonlyMap<string, string>, problems: string[]) {
    this.values = values;
    this.problems = problems;
    this.#origins = origins;
  }

  /** Whether a setting was given, rather than left to its default. */
  has(setting: string): boolean {
    return this.#origins.has(setting);
  }

  /** Adds a problem with a setting, which is named as the user gave it: `--port must be …`, `LATCHKEY_PORT must be …`. */
  refuse(setting: string, problem: string): void {
    this.problems.push(`${this.#origins.get(setting) ?? setting} ${problem}`);
  }
}
