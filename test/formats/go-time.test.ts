import { describe, expect, test } from 'vitest';
import { fromIso } from '../../src/clock.ts';
import { GoJsonError } from '../../src/formats/go-json.ts';
import { decodeGoStruct } from '../../src/formats/go-struct.ts';
import { parseGoTime } from '../../src/formats/go-time.ts';

describe('a time in JSON as Go reads it', () => {
  test.each([
    ['2021-02-18T19:32:49Z', '2021-02-18T19:32:49Z'],
    ['2021-02-18T19:32:49.123456+00:00', '2021-02-18T19:32:49.123Z'],
    ['2021-02-18T19:32:49-01:30', '2021-02-18T21:02:49Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
  ])('is RFC 3339 with a zone: %s', (text, instant) => {
    expect(parseGoTime(text)).toBe(fromIso(instant));
  });

  test.each([
    '',
    'yesterday',
    '2021-02-18',
    '2021-02-18T19:32:49',
    '2021-02-18 19:32:49Z',
    '2021-02-18t19:32:49Z',
    '2021-02-18T19:32:49z',
    '2021-02-30T00:00:00Z',
    0,
    true,
    [],
    {},
  ])('cannot be %j', (value) => {
    expect(() => parseGoTime(value)).toThrow(GoJsonError);
  });

  test('may be a field of a struct, which null and absence leave unset', () => {
    const fields = { at: 'time.Time', by: 'string' } as const;
    expect(decodeGoStruct('{"AT":"1970-01-01T00:00:01Z","by":"x"}', 'main.x', fields)).toEqual({ at: 1000, by: 'x' });
    expect(decodeGoStruct('{"at":null}', 'main.x', fields)).toEqual({});
    expect(() => decodeGoStruct('{"at":""}', 'main.x', fields)).toThrow(GoJsonError);
  });
});
