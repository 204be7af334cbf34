import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeFirstJsonValue, GoJsonError } from '../../src/formats/go-json.ts';

describe('the first value of a text', () => {
  test.each([
    ['{"a":[1,2,{"b":null}]}', { a: [1, 2, { b: null }] }],
    ['{} trailing', {}],
    ['[1] [2]', [1]],
    ['{}}', {}],
    ['"text"x', 'text'],
    ['nullx', null],
    ['truefalse', true],
    ['12 34', 12],
    ['01', 0],
    ['-0.5e+3x', -500],
    [' \t\r\n{ "a" : [ ] , "b" : { } } ', { a: [], b: {} }],
    [String.raw`"\"\\\/\b\f\n\r\t\u00e9"`, '"\\/\b\f\n\r\té'],
    ['"\u007f日"', '\u007f日'],
    ['{"a":1,"a":2}', { a: 2 }],
    ['[1e5,1E5,1e-5,0,-0.0]', [1e5, 1e5, 1e-5, 0, -0]],
  ])('%s', (text, value) => {
    expect(decodeFirstJsonValue(text)).toEqual(value);
  });
});

describe("Go's texts", () => {
  test.each([
    ['', 'EOF'],
    [' \n\t', 'EOF'],
    ['{', 'unexpected EOF'],
    ['{"a"', 'unexpected EOF'],
    ['{"a":', 'unexpected EOF'],
    ['{"a":1', 'unexpected EOF'],
    ['{"a":1,', 'unexpected EOF'],
    ['[', 'unexpected EOF'],
    ['[1,', 'unexpected EOF'],
    ['"abc', 'unexpected EOF'],
    ['"\\', 'unexpected EOF'],
    ['"\\u00', 'unexpected EOF'],
    ['tru', 'unexpected EOF'],
    ['-', 'unexpected EOF'],
    ['1.', 'unexpected EOF'],
    ['1e', 'unexpected EOF'],
    ['1e+', 'unexpected EOF'],
    ['x', "invalid character 'x' looking for beginning of value"],
    ['undefined', "invalid character 'u' looking for beginning of value"],
    ['True', "invalid character 'T' looking for beginning of value"],
    ['+1', "invalid character '+' looking for beginning of value"],
    ['.5', "invalid character '.' looking for beginning of value"],
    ['}', "invalid character '}' looking for beginning of value"],
    ['[1,]', "invalid character ']' looking for beginning of value"],
    ['{"a":}', "invalid character '}' looking for beginning of value"],
    ['{a:1}', "invalid character 'a' looking for beginning of object key string"],
    ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
    ['{,}', "invalid character ',' looking for beginning of object key string"],
    ["{'a':1}", "invalid character '\\'' looking for beginning of object key string"],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['{"a":1 "b":2}', `invalid character '"' after object key:value pair`],
    ['{"a":1]', "invalid character ']' after object key:value pair"],
    ['[1 2]', "invalid character '2' after array element"],
    ['[01]', "invalid character '1' after array element"],
    ['[1}', "invalid character '}' after array element"],
    ['nul1', "invalid character '1' in literal null (expecting 'l')"],
    ['tRue', "invalid character 'R' in literal true (expecting 'r')"],
    ['fals3', "invalid character '3' in literal false (expecting 'e')"],
    ['-x', "invalid character 'x' in numeric literal"],
    ['1.x', "invalid character 'x' after decimal point in numeric literal"],
    ['1ex', "invalid character 'x' in exponent of numeric literal"],
    ['1e+x', "invalid character 'x' in exponent of numeric literal"],
    ['"a\nb"', String.raw`invalid character '\n' in string literal`],
    ['"a\tb"', String.raw`invalid character '\t' in string literal`],
    ['"a\u0001"', String.raw`invalid character '\x01' in string literal`],
    [String.raw`"\x"`, "invalid character 'x' in string escape code"],
    [String.raw`"\'"`, String.raw`invalid character '\'' in string escape code`],
    [String.raw`"\u00g0"`, String.raw`invalid character 'g' in \u hexadecimal character escape`],
    ['\\', String.raw`invalid character '\\' looking for beginning of value`],
    ['\u007f', String.raw`invalid character '\x7f' looking for beginning of value`],
    ['\ufeff{}', "invalid character 'ï' looking for beginning of value"],
    ['日', "invalid character 'æ' looking for beginning of value"],
    ['\u{1f511}', "invalid character 'ð' looking for beginning of value"],
    ['\u00a0{}', "invalid character 'Â' looking for beginning of value"],
  ])('%j', (text, message) => {
    expect(() => decodeFirstJsonValue(text)).toThrow(new GoJsonError(message));
  });
});

describe('deep nesting', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

  test('10,000 levels are read, one more is refused', () => {
    expect(() => decodeFirstJsonValue(nested(10_000))).not.toThrow();
    expect(() => decodeFirstJsonValue(nested(10_001))).toThrow(new GoJsonError("invalid character '[' exceeded max depth"));
    expect(() => decodeFirstJsonValue(`${'{"a":'.repeat(10_001)}1`)).toThrow(
      new GoJsonError("invalid character '{' exceeded max depth"),
    );
  });

  test('a million levels do not overflow the stack', () => {
    expect(() => decodeFirstJsonValue('['.repeat(1_000_000))).toThrow(GoJsonError);
  });
});

describe('properties', () => {
  test('every JSON text is read as its value, whatever follows', () => {
    fc.assert(
      fc.property(fc.json(), fc.string(), (json, rest) => {
        expect(decodeFirstJsonValue(`${json} ${rest}`)).toEqual(JSON.parse(json));
      }),
    );
  });

  test('every incomplete object ends unexpectedly', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), (object, length) => {
        const text = JSON.stringify(object);
        const cut = text.slice(0, 1 + (length % (text.length - 1)));
        expect(() => decodeFirstJsonValue(cut)).toThrow(new GoJsonError('unexpected EOF'));
      }),
    );
  });

  test('any text gives a value or a GoJsonError', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[-{}[\]",:0-9.eEtrufalsn\\ ]*$/));
    fc.assert(
      fc.property(text, (given) => {
        try {
          decodeFirstJsonValue(given);
        } catch (error) {
          expect(error).toBeInstanceOf(GoJsonError);
        }
      }),
    );
  });
});
