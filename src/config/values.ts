import type { TSchema } from 'typebox';

/** What the schema of a setting may say; every setting is one text, number or switch. */
interface SettingSchema {
  readonly type: 'string' | 'integer' | 'boolean';
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly enum?: readonly string[];
}

/** A value that cannot be used, and why. */
export interface BadValue {
  readonly setting: string;
  readonly reason: string;
}

/**
 * Reads the values of settings, which come as texts from flags and variables, as what their schemas ask for: as Ajv does with
 * `coerceTypes`, in its words, and without it, because loading it and compiling these few rules took a tenth of every start.
 */
export function readValues(
  properties: Readonly<Record<string, TSchema>>,
  given: Readonly<Record<string, unknown>>,
): { readonly values: Record<string, string | number | boolean>; readonly bad: readonly BadValue[] } {
  const values: Record<string, string | number | boolean> = {};
  const bad: BadValue[] = [];
  for (const [setting, schema] of Object.entries(properties)) {
    if (!Object.hasOwn(given, setting)) continue;
    const rules = rulesOf(schema);
    const value = readers[rules.type](given[setting]);
    const reasons = value === undefined ? [`must be ${rules.type}`] : [...reasonsAgainst(value, rules)];
    if (value !== undefined) values[setting] = value;
    bad.push(...reasons.map((reason) => ({ setting, reason })));
  }
  return { values, bad };
}

function rulesOf(schema: TSchema): SettingSchema {
  if (isSettingSchema(schema)) return schema;
  throw new TypeError('a setting is one text, number or switch');
}

function isSettingSchema(schema: TSchema): schema is TSchema & SettingSchema {
  return 'type' in schema && typeof schema.type === 'string' && schema.type in readers;
}

const readers: Readonly<Record<SettingSchema['type'], (given: unknown) => string | number | boolean | undefined>> = {
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

function* reasonsAgainst(value: string | number | boolean, rules: SettingSchema): Generator<string> {
  const { minimum = -Infinity, maximum = Infinity, minLength = 0, enum: choices } = rules;
  if (typeof value === 'number' && value > maximum) yield `must be <= ${maximum}`;
  if (typeof value === 'number' && value < minimum) yield `must be >= ${minimum}`;
  if (typeof value !== 'string') return;
  if ([...value].length < minLength) yield `must NOT have fewer than ${minLength} characters`;
  if (choices?.includes(value) === false) yield `must be equal to one of the allowed values: ${choices.join(', ')}`;
}
