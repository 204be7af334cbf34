import { expect, test } from 'vitest';
import { spellAsGo } from '../../src/formats/go-json-text.ts';

test.each([
  ['<a href="x">&</a>', '"\\u003ca href=\\"x\\"\\u003e\\u0026\\u003c/a\\u003e"'],
  ['\u2028\u2029', '"\\u2028\\u2029"'],
  ['\b\f\n\r\t', '"\\u0008\\u000c\\n\\r\\t"'],
  ['\\b<\\', '"\\\\b\\u003c\\\\"'],
  ['é 漢', '"é 漢"'],
])('%j is spelled as by the encoder of Go, and has the same value', (text, spelled) => {
  expect(spellAsGo(JSON.stringify(text))).toBe(spelled);
  expect(JSON.parse(spelled)).toBe(text);
});
