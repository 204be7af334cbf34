import { Ajv, type ErrorObject } from 'ajv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { settingsOf } from '../../src/config/settings.ts';
import { readValues } from '../../src/config/values.ts';
import { loadProviders } from '../../src/providers/index.ts';

const rules = settingsOf(await loadProviders());
const ajv = new Ajv({ allErrors: true, coerceTypes: true, useDefaults: true, strict: false, validateSchema: false });
const validate = ajv.compile({ type: 'object', properties: rules, additionalProperties: false });

/** Right, wrong, and nearly right for some setting. */
const telling = [
  '',
  ' ',
  '0',
  '-1',
  '65535',
  '65536',
  '1e3',
  '0x10',
  ' 5 ',
  '1.5',
  'true',
  'false',
  'TRUE',
  'info',
  'v0.4',
  '2022',
  'NaN',
];
const value = fc.oneof(fc.constantFrom<unknown>(...telling, 0, 1, -1, 70_000, 1.5, true, false, null), fc.jsonValue());
const settings = fc.dictionary(fc.constantFrom(...Object.keys(rules)), value);

test('values are read, given defaults and refused as by Ajv, with different messages', () => {
  fc.assert(
    fc.property(settings, (given) => {
      const coerced = structuredClone(given);
      const isValid = validate(coerced);
      // One problem is enough for a value of the wrong type.
      const isOfWrongType = new Set(
        (validate.errors ?? []).filter(({ keyword }) => keyword === 'type').map(({ instancePath }) => instancePath),
      );
      const errors = (validate.errors ?? [])
        .filter(({ keyword, instancePath }) => keyword === 'type' || !isOfWrongType.has(instancePath))
        .map((error) => `${error.instancePath.slice(1)} ${inOurWords(error, coerced)}`);
      const { values, bad } = readValues(rules, given);
      expect(bad.map(({ name, reason }) => `${name} ${reason}`).toSorted()).toEqual(errors.toSorted());
      expect(values).toEqual(isValid ? { ...coerced } : undefined);
    }),
    { numRuns: 2000 },
  );
});

const kinds: Readonly<Record<string, string>> = { string: 'text', integer: 'an integer', boolean: 'true or false' };

function inOurWords({ keyword, instancePath, params }: ErrorObject, coerced: Readonly<Record<string, unknown>>): string {
  const value = JSON.stringify(coerced[instancePath.slice(1)]);
  if (keyword === 'minLength') return 'must not be empty';
  if (keyword === 'type') return `must be ${kinds[params['type']]}, not ${value}`;
  if (keyword === 'minimum') return `must be at least ${params['limit']}, not ${value}`;
  if (keyword === 'maximum') return `must be at most ${params['limit']}, not ${value}`;
  if (keyword === 'enum') return `must be one of ${params['allowedValues'].join(', ')}, not ${value}`;
  throw new Error(`no setting has a rule ${keyword}`);
}
