import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import { alice, createKey, estuaryError } from '../estuary.ts';

const lk = emulatorForTests();
const thirtyDays = '2030-01-31T00:00:00Z';
const oneHour = '2030-01-01T01:00:00Z';

describe('a query is read as Go reads it', () => {
  test.each([
    ['the first of repeated values wins', '?expiry=1h&expiry=2h', oneHour],
    ['an empty first value wins too', '?expiry=&expiry=2h', thirtyDays],
    ['a name without a value is empty', '?expiry', thirtyDays],
    ['a pair with a bad escape is dropped', '?expiry=%zz', thirtyDays],
    ['a pair with a cut escape is dropped', '?expiry=1h%', thirtyDays],
    ['a pair with a bad escape in its name is dropped', '?expiry%=1h', thirtyDays],
    ['after a dropped pair the next one counts', '?expiry=%zz&expiry=1h', oneHour],
    ['a pair with a semicolon is dropped whole', '?expiry=1h;perms=upload', thirtyDays],
    ['an escaped semicolon is text', '?label=%3B&expiry=1h', oneHour],
    ['empty pairs are ignored', '?&&expiry=1h&', oneHour],
    ['an escaped name is the name', '?%65xpiry=1h', oneHour],
    ['names are case-sensitive', '?Expiry=1h', thirtyDays],
    ['brackets are part of a name', '?expiry[]=1h', thirtyDays],
    ['a second question mark is part of the query', '??expiry=2h&expiry=1h', oneHour],
    ['names of built-in properties are plain names', '?__proto__=1&constructor=2&toString=3&expiry=1h', oneHour],
    ['unknown parameters are ignored', '?page=1&limit=0&expiry=1h', oneHour],
  ])('%s: %s', async (_rule, query, expiry) => {
    expect((await createKey(lk, query)).expiry).toBe(expiry);
  });

  test.each([
    ['a plus is a space', '?label=a+b', 'a b'],
    ['an escaped plus is a plus', '?label=a%2Bb', 'a+b'],
    ['an equals sign after the first is text', '?label=a=b=c', 'a=b=c'],
    ['bytes of UTF-8 are put together', '?label=%E6%97%A5%c3%a9', '日é'],
    ['other bytes become the replacement character', '?label=a%FFb', 'a\ufffdb'],
    ['a percent sign that is escaped is text', '?label=100%25', '100%'],
    ['characters that clients leave unescaped are text', "?label=it's:/here?{}|^~", "it's:/here?{}|^~"],
  ])('%s: %s', async (_rule, query, label) => {
    expect((await createKey(lk, query)).label).toBe(label);
  });

  test('expiry is checked before perms, whatever their order', async () => {
    const answer = await lk.request.post('/user/api-keys?perms=x&expiry=y').set('Authorization', alice).expect(500);
    expect(answer.text).toBe(estuaryError(500, 'Internal Server Error', 'time: invalid duration "y"'));
  });
});
