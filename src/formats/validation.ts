import { nearestOf } from './nearest.ts';

/** An error of the validator, compiled with `verbose`, as far as it is worded here. */
export interface ValidatorError {
  readonly keyword: string;
  /** A JSON Pointer to the value. */
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The value itself. */
  readonly data?: unknown;
  /** The schema that it does not fit. */
  readonly parentSchema?: unknown;
}

/** What is wrong with one value, in our own words. */
export interface ValueProblem {
  /** Where the value is, or is missing; indexes of lists are numbers. */
  readonly path: readonly (string | number)[];
  /** What follows the name of the value in a sentence. */
  readonly problem: string;
  /** For an unknown name: the name that was probably meant. */
  readonly nearest?: string;
}

/** Where the values come from: what a name in it is called. */
export type Naming = 'field' | 'parameter';

/** Words the validator's errors, one for each place. No word of the validator itself is in the result. */
export function problemsIn(errors: readonly ValidatorError[], naming: Naming): readonly ValueProblem[] {
  const byPlace = new Map<string, ValueProblem>();
  for (const error of errors) {
    const problem = problemIn(error, naming);
    const place = JSON.stringify(problem.path);
    if (!byPlace.has(place)) byPlace.set(place, problem);
  }
  return [...byPlace.values()];
}

function problemIn(error: ValidatorError, naming: Naming): ValueProblem {
  const { keyword, params, parentSchema } = error;
  const path = placeOf(error.instancePath);
  const { additionalProperty: unknown, missingProperty: missing } = params;
  if (typeof missing === 'string') return { path: [...path, missing], problem: missingName(missing, error) };
  if (typeof unknown === 'string') return { path: [...path, unknown], ...unknownName(unknown, parentSchema, naming) };
  const demand = demands[keyword]?.(params) ?? 'cannot be used';
  if (naming === 'parameter' && Array.isArray(error.data)) return { path, problem: 'must be given only once' };
  return { path, problem: withWhatCame(demand, error, naming) };
}

function unknownName(name: string, schema: unknown, naming: Naming): Pick<ValueProblem, 'problem' | 'nearest'> {
  const known = Object.keys(Object(Object(schema).properties));
  const nearest = nearestOf(name, known);
  if (nearest !== undefined) return { problem: `is an unknown ${naming}: did you mean ${JSON.stringify(nearest)}?`, nearest };
  const choice = known.length === 0 ? `there are no ${naming}s here` : `expected ${known.join(', ')}`;
  return { problem: `is an unknown ${naming}: ${choice}` };
}

/** An object that takes any fields does not refuse the misspelled one. */
function missingName(name: string, { data, parentSchema }: ValidatorError): string {
  const known = Object(Object(parentSchema).properties);
  const others = Object.keys(Object(data)).slice(0, mostCompared);
  const written = others.find((one) => !Object.hasOwn(known, one) && nearestOf(one, [name]) !== undefined);
  return written === undefined ? 'is missing' : `is missing: did you mean it by ${JSON.stringify(written)}?`;
}

/** With more names than this, the right one is not sought. */
const mostCompared = 100;

/** What each keyword of a schema demands of a value. */
const demands: Readonly<Record<string, (params: ValidatorError['params']) => string>> = {
  type: ({ type }) => `must be ${[type].flat().map(typeInWords).join(' or ')}`,
  enum: ({ allowedValues }) => `must be one of ${[allowedValues].flat().map(plain).join(', ')}`,
  const: ({ allowedValue }) => `must be ${plain(allowedValue)}`,
  minimum: ({ limit }) => `must be at least ${limit}`,
  maximum: ({ limit }) => `must be at most ${limit}`,
  exclusiveMinimum: ({ limit }) => `must be more than ${limit}`,
  exclusiveMaximum: ({ limit }) => `must be less than ${limit}`,
  minLength: ({ limit }) => `must have at least ${counted(limit, 'character')}`,
  maxLength: ({ limit }) => `must have at most ${counted(limit, 'character')}`,
  minItems: ({ limit }) => `must have at least ${counted(limit, 'element')}`,
  maxItems: ({ limit }) => `must have at most ${counted(limit, 'element')}`,
  minProperties: ({ limit }) => `must have at least ${counted(limit, 'field')}`,
  maxProperties: ({ limit }) => `must have at most ${counted(limit, 'field')}`,
  uniqueItems: () => 'must not have the same element twice',
  pattern: ({ pattern }) => `must match ${pattern}`,
};

/** Keywords about a single value, which can be shown: others are about how much there is. */
const shown: ReadonlySet<string> = new Set(['enum', 'const', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']);

function withWhatCame(demand: string, { keyword, data }: ValidatorError, naming: Naming): string {
  // All parameters come as text.
  const isTyped = keyword === 'type' && naming === 'field';
  if (isTyped) return `${demand}, not ${isNumber(data) ? data : inWords(data)}`;
  return shown.has(keyword) || keyword === 'type'
    ? `${demand}, not ${isShort(data) ? JSON.stringify(data) : inWords(data)}`
    : demand;
}

/** Short values alone are repeated: a long text may be a secret in the wrong field. */
function isShort(value: unknown): boolean {
  return typeof value === 'string' ? value.length <= 20 : typeof value === 'number' || typeof value === 'boolean';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function inWords(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'boolean' ? String(value) : typeInWords(typeof value);
}

function typeInWords(type: unknown): string {
  return types[String(type)] ?? String(type);
}

const types: Readonly<Record<string, string>> = {
  string: 'a string',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
};

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function counted(limit: unknown, what: string): string {
  return `${limit} ${what}${limit === 1 ? '' : 's'}`;
}

/** The parts of a JSON Pointer, indexes of lists as numbers. */
function placeOf(pointer: string): readonly (string | number)[] {
  const parts = pointer.split('/').slice(1);
  return parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~')));
}
