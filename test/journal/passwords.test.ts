import { describe, expect, test } from 'vitest';
import { redactorOf } from '../../src/journal/redact.ts';
import { loadProviders } from '../../src/providers/index.ts';

const [own, ...others] = (await loadProviders()).map((provider) => provider.secrets);
if (own === undefined) throw new Error('there are providers');
const redactor = redactorOf(own, [own, ...others]);
const nothingElse = { presented: undefined, isSecret: () => false, hintsAt: () => [] };
const shown = (text: string) => redactor.text(text, nothingElse);

describe('found 6.7: the value of a password is hidden completely', () => {
  test.each([
    ['lists in a list', '{"password":[["x"],"my-word"],"a":1}', '{"password":"…","a":1}'],
    ['objects in an object', '{"password":{"a":{"b":1},"c":"my-word"},"a":1}', '{"password":"…","a":1}'],
    ['a bracket in a string', '{"password":["]","my-word"],"a":1}', '{"password":"…","a":1}'],
    ['a brace in a string', '{"password":{"}":"my-word"},"a":1}', '{"password":"…","a":1}'],
    ['an object that does not end', '{"password":{"a":{"b":1},"c":"my-word"', '{"password":"…"'],
    ['two values', '{"password":null "my-word"}', '{"password":"…"'],
    ['a literal', '{"password":12,"a":1}', '{"password":"…","a":1}'],
    ['an arrow', '{"password"=>"my-word","a":1}', '{"password"=>"…","a":1}'],
    ['no colon', '{"password" "my-word","a":1}', '{"password" "…","a":1}'],
    ['a pair', '[["password","my-word"],["a",1]]', '[["password","…"],["a",1]]'],
    ['a name and a value', '{"name":"password","value":"my-word"}', '{"name":"password","value":"…"}'],
    ['blanks around the sign', 'a=1\npassword = my word\nb=2', 'a=1\npassword = "…"\nb=2'],
    ['a block of YAML', 'password: |\n  my-word\n  more\na: 1', 'password: "…"a: 1'],
    ['an attribute', '<a password = "my-word" b="1"/>', '<a password = "…" b="1"/>'],
    ['an element with attributes', '<password a="1">my-word</password>', '<password a="1">"…"</password>'],
    ['CDATA', '<password><![CDATA[my-word]]></password>', '<password>"…"</password>'],
    [
      'a part of a multipart body',
      '--x\r\nContent-Disposition: form-data; name="password"\r\nA: b\r\n\r\nmy-word\r\n--x--',
      '--x\r\nContent-Disposition: form-data; name="password"\r\nA: b\r\n\r\n"…"\r\n--x--',
    ],
    ['a quoted value under an encoded name', 'pa%73sword="my word"&a=1', 'pa%73sword="…"&a=1'],
    ['an encoded quotation', 'pa%2573sword%3d%22my-word%22', 'pa%73sword="…"'],
    ['NULs between the letters', [...'{"password":"my-word"}'].join('\0'), '{"password":"…"}'],
  ])('%s', (_what, text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  test.each([
    ['{"error":"wrong email or password","code":"x"}'],
    ['{"required":["email","password"]}'],
    ['the password is wrong, try again'],
  ])('a password that is only spoken of hides nothing: %s', (text) => {
    expect(shown(text)).toBe(text);
  });

  test.each([
    'password',
    '"password"',
    '"password" ',
    'password[',
    'password<',
    'password =',
    'password\n',
    'password\na',
    '%41',
  ])('it is fast for a long text that only repeats %j', (part) => {
    const started = performance.now();
    shown(part.repeat(80_000 / part.length));
    shown(part + ' '.repeat(80_000));
    expect(performance.now() - started).toBeLessThan(1500);
  });
});

test('found 6.7: a secret whose letters are escaped twice is hidden', () => {
  const secret = 'EST00000000-0000-4000-8000-00000000beefARY';
  const escapes = [...secret].map((letter) => `\\\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  expect(shown(`{"a":"{\\"b\\":\\"${escapes}\\"}"}`)).not.toMatch(/beef|b\\*e\\*e\\*f/);
});
