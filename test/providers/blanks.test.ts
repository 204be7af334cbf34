import { request as httpRequest } from 'node:http';
import { describe, expect, test } from 'vitest';
import { trimBlanks, wordsOf } from '../../src/http/blanks.ts';
import { emulatorForTests } from './emulator.ts';

const lk = emulatorForTests();

interface Answer {
  readonly status: number | undefined;
  readonly encoding: string | undefined;
}

/** Sends headers byte by byte: each character of a value is one byte. */
function get(path: string, headers: Readonly<Record<string, string>>, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    httpRequest(`${lk.url}${path}`, { method, headers }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode, encoding: answer.headers['content-encoding'] });
    })
      .on('error', reject)
      .end();
  });
}

/** A path of each provider that any key may read. */
const paths = {
  estuary: '/user/api-keys',
  kps: '/v1.0/userapitokens',
  rockset: '/v1/orgs/self/users/self/apikeys',
  whylabs: '/v0/organizations/org-123/api-key',
};
const names = { estuary: 'alice', kps: 'alice', rockset: 'admin', whylabs: 'system' };

async function credentialOf(provider: keyof typeof paths) {
  const all = await lk.world.credentials();
  const header = all.get(provider)?.find(({ name }) => name === names[provider])?.header;
  if (header == null) throw new Error(`${provider} has no ${names[provider]}`);
  return header;
}

// found 5.1: HTTP's blanks are the space and the tab, and no other byte that JavaScript takes for one.
describe.each(['estuary', 'kps', 'rockset', 'whylabs'] as const)('blanks in the credential of %s', (provider) => {
  test('spaces and tabs around the header are not part of it', async () => {
    const { name, value } = await credentialOf(provider);
    expect((await get(paths[provider], { [name]: ` \t${value}\t ` })).status).toBe(200);
  });

  test.each(['\u00a0', '\u0085', '\u00ad', '\u00ff'])('the byte %j after, before or inside is', async (byte) => {
    const { name, value } = await credentialOf(provider);
    const inside = value.includes(' ') ? value.replace(' ', ` ${byte}`) : `${value.slice(0, 5)}${byte}${value.slice(5)}`;
    // WhyLabs never compares what follows the colon.
    const after = provider === 'whylabs' ? value.replace(':', `${byte}:`) : `${value}${byte}`;
    for (const sent of [after, `${byte}${value}`, inside]) {
      expect((await get(paths[provider], { [name]: sent })).status, JSON.stringify(sent)).toBe(
        provider === 'whylabs' ? 403 : 401,
      );
    }
  });
});

describe('blanks in other headers', () => {
  test('of Rockset: the content type', async () => {
    const { name, value } = await credentialOf('rockset');
    const send = (type: string) => get(paths.rockset, { [name]: value, 'content-type': type, 'content-length': '0' }, 'POST');
    expect((await send('application/json \t; charset=utf-8')).status).toBe(400);
    expect((await send('application/json\u00a0')).status).toBe(415);
    expect((await send('application/json\u00a0; charset=utf-8')).status).toBe(415);
  });

  test('of WhyLabs: the accepted types, the cookie, the organisation', async () => {
    const { name, value } = await credentialOf('whylabs');
    expect((await get(paths.whylabs, { [name]: value, accept: 'text/html, \tapplication/json ' })).status).toBe(200);
    expect((await get(paths.whylabs, { [name]: value, accept: 'text/html,\u00a0application/json' })).status).toBe(404);
    expect((await get(paths.whylabs, { cookie: `a=b; \tX-API-Key=${value}` })).status).toBe(200);
    expect((await get(paths.whylabs, { cookie: `a=b;\u00a0X-API-Key=${value}` })).status).toBe(401);
  });

  test('of KPS: the accepted encodings', async () => {
    const { name, value } = await credentialOf('kps');
    expect((await get(paths.kps, { [name]: value, 'accept-encoding': 'br, \tgzip\t ;q=1' })).encoding).toBe('gzip');
    expect((await get(paths.kps, { [name]: value, 'accept-encoding': 'br,\u00a0gzip' })).encoding).toBeUndefined();
  });
});

test('the words and the trimmed text of a header are separated by spaces and tabs alone', () => {
  expect(wordsOf('\t a \u00a0b\u0085 \t c ')).toEqual(['a', '\u00a0b\u0085', 'c']);
  expect(wordsOf(' \t')).toEqual([]);
  expect(trimBlanks('\t \u00a0a b\u2003\t ')).toBe('\u00a0a b\u2003');
  expect(trimBlanks(' \t ')).toBe('');
});
