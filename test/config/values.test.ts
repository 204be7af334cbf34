import { Ajv } from 'ajv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { settingsSchema } from '../../src/config/settings.ts';
import { readValues } from '../../src/config/values.ts';
import { loadProviders } from '../../src/providers/index.ts';

const schema = settingsSchema(await loadProviders());
const names = Object.keys(schema.properties);
const validate = new Ajv({ allErrors: true, coerceTypes: true, strict: false, validateSchema: false }).compile(schema);

/** What anybody may write, and what is nearly right. */
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
const settings = fc.dictionary(fc.constantFrom(...names), value);

test('values are read, and refused, as Ajv does it', () => {
  fc.assert(
    fc.property(settings, (given) => {
      const coerced = structuredClone(given);
      const isValid = validate(coerced);
      // Of a value of the wrong kind it is enough to hear that.
      const kinds = new Set(
        (validate.errors ?? []).filter(({ keyword }) => keyword === 'type').map((error) => error.instancePath),
      );
      const heard = (validate.errors ?? []).filter(({ keyword, instancePath }) => keyword === 'type' || !kinds.has(instancePath));
      const errors = heard.map(({ instancePath, message, params }) => {
        const allowed: unknown = params['allowedValues'];
        return `${instancePath.slice(1)} ${message}${Array.isArray(allowed) ? `: ${allowed.join(', ')}` : ''}`;
      });
      const { values, bad } = readValues(schema.properties, given);
      expect(bad.map(({ setting, reason }) => `${setting} ${reason}`).toSorted()).toEqual(errors.toSorted());
      if (isValid) expect(values).toEqual({ ...coerced });
    }),
    { numRuns: 2000 },
  );
});
