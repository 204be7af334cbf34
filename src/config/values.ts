/** The kinds of values that settings of a server and options of a command have. */
export type Value = string | number | boolean;

/** What one value must be, in the words of JSON Schema, and what it means. */
export interface ValueRule {
  readonly type: 'string' | 'integer' | 'boolean';
  /** For the help: what it means, in a few words. */
  readonly description: string;
  readonly default?: Value;
  readonly minimum?: number;
  readonly maximum?: number;
  /** 1: it must not be empty. */
  readonly minLength?: 1;
  readonly enum?: readonly string[];
}

export type ValueRules = Readonly<Record<string, ValueRule>>;

/** The type that a rule's value has once it is read. */
export type ValueOf<R extends ValueRule> = R extends { readonly enum: readonly (infer Choice)[] }
  ? Choice
  : { readonly string: string; readonly integer: number; readonly boolean: boolean }[R['type']];

/** The values that some rules describe; those that are not given and have no default are undefined. */
export type ValuesOf<R extends ValueRules> = {
  readonly [Name in keyof R]: ValueOf<R[Name]> | (R[Name] extends { readonly default: Value } ? never : undefined);
};

/** A value that breaks its rule: its name, and a reason such as `must be at least 0, not -1`. */
export interface BadValue {
  readonly name: string;
  readonly reason: string;
}

/** All values, or every value that breaks its rule. */
export type Reading<R extends ValueRules> =
  | { readonly values: ValuesOf<R>; readonly bad: readonly [] }
  | { readonly values: undefined; readonly bad: readonly BadValue[] };

/**
 * Reads values by their rules, and adds the defaults. Flags and variables give text, which is converted as Ajv does with
 * `coerceTypes`. Ajv itself is not used: loading it and compiling these few rules took a tenth of every start.
 */
export function readValues<R extends ValueRules>(rules: R, given: Readonly<Record<string, unknown>>): Reading<R> {
  const values: Record<string, Value | undefined> = {};
  const bad: BadValue[] = [];
  for (const [name, rule] of Object.entries<ValueRule>(rules)) {
    if (Object.hasOwn(given, name)) {
      const value = readers[rule.type](given[name]);
      bad.push(...reasonsAgainst(given[name], value, rule).map((reason) => ({ name, reason })));
      values[name] = value;
    } else if (rule.default !== undefined) {
      values[name] = rule.default;
    }
  }
  return bad.length === 0 && areReadBy(rules, values) ? { values, bad: [] } : { values: undefined, bad };
}

/** Whether values have the types that their rules say. Their ranges and choices have been checked. */
function areReadBy<R extends ValueRules>(
  rules: R,
  values: Readonly<Record<string, Value | undefined>>,
): values is Readonly<Record<string, Value | undefined>> & ValuesOf<R> {
  return Object.entries<ValueRule>(rules).every(([name, { type, default: fallback }]) =>
    values[name] === undefined ? fallback === undefined : typeof values[name] === types[type],
  );
}

const types: Readonly<Record<ValueRule['type'], string>> = { string: 'string', integer: 'number', boolean: 'boolean' };

const readers: Readonly<Record<ValueRule['type'], (given: unknown) => Value | undefined>> = {
  string: (given) => {
    if (given === null) return '';
    return typeof given === 'object' ? undefined : String(given);
  },
  integer: (given) => {
    if (given === '' || (typeof given === 'object' && given !== null)) return undefined;
    const number = Number(given);
    return Number.isInteger(number) ? number : undefined;
  },
  boolean: (given) => {
    if (given === true || given === 'true' || given === 1) return true;
    return given === false || given === 'false' || given === 0 || given === null ? false : undefined;
  },
};

const kinds: Readonly<Record<ValueRule['type'], string>> = { string: 'text', integer: 'an integer', boolean: 'true or false' };

function reasonsAgainst(given: unknown, value: Value | undefined, rule: ValueRule): readonly string[] {
  const { type, minimum = -Infinity, maximum = Infinity, minLength = 0, enum: choices } = rule;
  const expected: string[] = [];
  if (value === undefined) expected.push(kinds[type]);
  if (typeof value === 'number' && value > maximum) expected.push(`at most ${maximum}`);
  if (typeof value === 'number' && value < minimum) expected.push(`at least ${minimum}`);
  if (typeof value === 'string' && choices?.includes(value) === false) expected.push(`one of ${choices.join(', ')}`);
  const reasons = expected.map((what) => `must be ${what}, not ${JSON.stringify(value ?? given)}`);
  return typeof value === 'string' && value.length < minLength ? [...reasons, 'must not be empty'] : reasons;
}
