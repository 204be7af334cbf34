/** What a validator reports of one value. */
export interface ValidatorReport {
  readonly instancePath?: string;
  readonly keyword?: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

/** More words than these are not listed. */
const mostWords = 8;

const nouns: ReadonlyMap<string, string> = new Map([
  ['string', 'a string'],
  ['number', 'a number'],
  ['integer', 'a whole number'],
  ['boolean', 'true or false'],
  ['object', 'an object'],
  ['array', 'a list'],
  ['null', 'null'],
]);

type Wording = (params: Readonly<Record<string, unknown>>) => string;

/** By the keyword of the schema that a value breaks. */
const wordings: ReadonlyMap<string, Wording> = new Map<string, Wording>([
  ['required', () => 'is required'],
  [
    'type',
    ({ type }) =>
      `must be ${[type]
        .flat()
        .map((one) => nouns.get(String(one)) ?? String(one))
        .join(' or ')}`,
  ],
  ['enum', ({ allowedValues }) => `must be ${oneOf(Array.isArray(allowedValues) ? allowedValues : [])}`],
  ['const', ({ allowedValue }) => `must be ${String(allowedValue)}`],
  ['maxLength', ({ limit }) => `must have at most ${limit} characters`],
  ['minLength', ({ limit }) => `must have at least ${limit} characters`],
  ['maxItems', ({ limit }) => `must have at most ${limit} elements`],
  ['minItems', ({ limit }) => `must have at least ${limit} ${limit === 1 ? 'element' : 'elements'}`],
  ['maximum', ({ limit }) => `must be at most ${limit}`],
  ['minimum', ({ limit }) => `must be at least ${limit}`],
  ['additionalProperties', () => 'is not known'],
]);

/** The keywords whose failures have words of their own; all others are said to be invalid. A test walks every schema. */
export const wordedKeywords: ReadonlySet<string> = new Set(wordings.keys());

/**
 * Says in plain words what is wrong with a value: `privileges[0].action is required`. `whole` names what was sent if it is
 * wrong as a whole: `The request body must be an object`. No word of the validator is in it.
 */
export function describeInvalid({ instancePath = '', keyword = '', params = {} }: ValidatorReport, whole: string): string {
  const path = instancePath.split('/').slice(1).map(unescaped);
  const absent = params['missingProperty'] ?? params['additionalProperty'];
  const named = absent === undefined ? path : [...path, String(absent)];
  const wording = wordings.get(keyword)?.(params) ?? 'is invalid';
  return `${named.length === 0 ? whole : written(named)} ${wording}`;
}

function unescaped(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** `privileges[0].action` */
function written(path: readonly string[]): string {
  return path.reduce(
    (text, part) => (/^\d+$/.test(part) && text !== '' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  );
}

function oneOf(values: readonly unknown[]): string {
  const words = values.filter((value) => value !== null).map(String);
  return words.length > mostWords ? 'one of the known values' : `one of ${words.join(', ')}`;
}
