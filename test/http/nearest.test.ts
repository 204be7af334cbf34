import { describe, expect, test } from 'vitest';
import { nearestAmong } from '../../src/http/nearest.ts';

const operation = (id: string, method: string, path: string) => ({ id, method, path });
const find = nearestAmong(
  () =>
    new Map([
      [
        'one',
        [
          operation('listKeys', 'GET', '/v1/users/{user}/keys'),
          operation('createKey', 'POST', '/v1/users/{user}/keys'),
          operation('getSelf', 'GET', '/v1/users/self'),
          operation('root', 'GET', '/'),
          operation('any', 'GET', '/{anything}'),
        ],
      ],
      ['two', [operation('check', 'GET', '/check')]],
    ]),
);
const nearest = (method: string, path: string, provider: string | null = null) =>
  find({ provider, method, path }).map((found) => [found.operation, found.why]);

describe('found 1.2: what a request was probably meant for', () => {
  test.each([
    ['more before the path', 'GET', '/api/v1/users/self', 'getSelf', 'did you mean /v1/users/self? The base URL ends in /api'],
    ['the base twice', 'GET', '/v1/v1/users/me/keys', 'listKeys', 'did you mean /v1/users/me/keys? The base URL ends in /v1'],
    ['less before the path', 'GET', '/users/self', 'getSelf', 'did you mean /v1/users/self? The base URL lacks /v1'],
    ['another method', 'DELETE', '/v1/users/self', 'getSelf', 'it has this path, by another method'],
    ['another case', 'GET', '/V1/Users/self', 'getSelf', 'did you mean /v1/users/self?'],
    ['a letter too few', 'GET', '/v1/users/me/key', 'listKeys', 'did you mean /v1/users/me/keys?'],
    ['a letter too many', 'GET', '/v1/userss/self', 'getSelf', 'did you mean /v1/users/self?'],
    ['two letters swapped', 'GET', '/v1/users/slef', 'getSelf', 'did you mean /v1/users/self?'],
    ['another version', 'GET', '/v2/users/self', 'getSelf', 'did you mean /v1/users/self?'],
    ['a longer word', 'GET', '/check-it', 'check', 'did you mean /check?'],
  ])('%s', (_what, method, path, id, why) => {
    expect(nearest(method, path)[0]).toEqual([id, why]);
  });

  test.each(['/', '/nope', '/v2/foo', '/a/b/c/d', `/${'a/'.repeat(40)}v1/users/self`, `/${'x'.repeat(10_000)}`])(
    'nothing is near %s',
    (path) => expect(nearest('GET', path)).toEqual([]),
  );

  test('the same method comes first, and there are at most three', () => {
    expect(nearest('POST', '/x/v1/users/me/keys').map(([id]) => id)).toEqual(['createKey', 'listKeys']);
    expect(nearest('GET', '/x/v1/users/self/keys').length).toBeLessThanOrEqual(3);
  });

  test('in a provider, its own operations come first, and those of others say so', () => {
    expect(nearest('GET', '/check', 'one')).toEqual([['check', 'two has it, not one: it has this path']]);
  });
});
