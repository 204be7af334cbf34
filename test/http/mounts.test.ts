import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { OwnershipError } from '../../src/http/claims.ts';
import { type Arrival, Mounts } from '../../src/http/mounts.ts';
import { splitTarget } from '../../src/http/target.ts';
import { loadProviders } from '../../src/providers/index.ts';

const one = { name: 'one', owns: ['/user', '/v1/login'], hosts: ['api.one.example'] };
const two = {
  name: 'two',
  owns: ['/', '/v2'],
  hosts: ['*.two.example'],
  normalizePath: (path: string) => path.replaceAll(/\/{2,}/g, '/'),
};
const mounts = new Mounts([one, two]);
mounts.ports.set(7001, 'one');
const resolve = (target: string, arrival: Partial<Arrival> = {}) => mounting(target, arrival).target.url;
const mounting = (target: string, arrival: Partial<Arrival> = {}) =>
  mounts.resolve({ target, host: 'localhost:5282', port: 5282, ...arrival });

describe('at the root of the shared port', () => {
  test.each([
    ['/user', '/one/user'],
    ['/user/api-keys?expiry=1h', '/one/user/api-keys?expiry=1h'],
    ['/v1/login', '/one/v1/login'],
    ['/v2/things', '/two/v2/things'],
    ['//v2//things', '/two/v2/things'],
    ['/', '/two/'],
    ['/?x=1', '/two/?x=1'],
  ])('%s belongs to the provider that owns it', (target, internal) => {
    expect(resolve(target)).toBe(internal);
  });

  test.each(['/users', '/USER', '/v1', '/v1/logins', '/nobody', '//user'])(
    '%s belongs to no provider and keeps its path',
    (target) => {
      expect(resolve(target)).toBe(target);
    },
  );
});

test('only the provider that a request is for normalises its path', () => {
  const asked: string[] = [];
  const noting = (name: string) => (path: string) => {
    asked.push(name);
    return path;
  };
  const noted = new Mounts([
    { ...one, normalizePath: noting('one') },
    { ...two, normalizePath: noting('two') },
  ]);
  for (const target of ['/v2/things', '/two/x', '/']) noted.resolve({ target, host: 'localhost', port: 1 });
  expect(asked).toEqual(['two', 'two', 'two']);
});

describe('by path prefix', () => {
  test.each([
    ['/one/user', '/one/user'],
    ['/one/anything?q=/two', '/one/anything?q=/two'],
    ['/two//v2', '/two/v2'],
    ['/two', '/two/'],
    ['/two?x', '/two/?x'],
    ['/one/one/user', '/one/one/user'],
  ])('%s leads to the provider, owned or not', (target, internal) => {
    expect(resolve(target)).toBe(internal);
  });
});

describe('by host name', () => {
  test.each([
    ['one.localhost:5282', '/one/x'],
    ['ONE.localhost', '/one/x'],
    ['api.one.example', '/one/x'],
    ['api.eu.two.example:443', '/two/x'],
    ['two.example', '/x'],
    ['nottwo.example', '/x'],
    [undefined, '/x'],
  ])('Host %s', (host, internal) => {
    expect(resolve('/x', { host })).toBe(internal);
  });

  test('below a host of a provider the whole path is the path of that provider', () => {
    expect(resolve('/two/v2', { host: 'one.localhost' })).toBe('/one/two/v2');
  });

  test('the control plane answers on local host names and never on those of a real service', () => {
    expect(resolve('/_latchkey/clock', { host: 'one.localhost' })).toBe('/_latchkey/clock');
    expect(resolve('/_latchkey/clock', { host: 'api.one.example' })).toBe('/one/_latchkey/clock');
  });
});

describe('the world', () => {
  test.each([
    ['/user', 'localhost', 'default', '/one/user', 'owned path'],
    ['/~w-1/user?x=1', 'localhost', 'w-1', '/one/user?x=1', 'owned path'],
    ['/~w-1/one/user', 'localhost', 'w-1', '/one/user', 'prefix'],
    ['/~w-1/_latchkey/clock', 'localhost', 'w-1', '/_latchkey/clock', 'prefix'],
    ['/~w-1', 'localhost', 'w-1', '/two/', 'owned path'],
    ['/~w-1?x', 'localhost', 'w-1', '/two/?x', 'owned path'],
    ['/~w-1/', 'localhost', 'w-1', '/two/', 'owned path'],
    ['/~w-1/nobody', 'localhost', 'w-1', '/nobody', 'nothing'],
    ['/~/user', 'localhost', '', '/one/user', 'owned path'],
    ['/~No%20/user', 'localhost', 'No%20', '/one/user', 'owned path'],
    ['/user/~w', 'localhost', 'default', '/one/user/~w', 'owned path'],
    ['/x', 'one.localhost', 'default', '/one/x', 'host'],
    ['/x', 'one.w-2.localhost:5282', 'w-2', '/one/x', 'host'],
    ['/~w-1/x', 'one.w-2.localhost', 'w-1', '/one/x', 'host'],
    ['/_latchkey/clock', 'one.w-2.localhost', 'w-2', '/_latchkey/clock', 'prefix'],
    ['/~w-1/x', 'api.one.example', 'w-1', '/one/x', 'host'],
    ['/x', 'w-2.localhost', 'default', '/x', 'nothing'],
  ])('of %s at %s is %s', (target, host, world, internal, by) => {
    expect(mounting(target, { host })).toEqual({ world, target: splitTarget(internal), by });
  });

  test('worlds work on the port of a single provider too', () => {
    expect(mounting('/~w-1/x', { port: 7001 })).toEqual({ world: 'w-1', target: splitTarget('/one/x'), by: 'port' });
  });
});

test('the port of a single provider leads only to that provider', () => {
  for (const target of ['/v2/things', '/two/v2', '/_latchkey/health', '/']) {
    expect(resolve(target, { port: 7001, host: 'two.localhost' })).toBe(`/one${target}`);
  }
});

test('of the absolute target of a proxied request only path and query count', () => {
  expect(resolve('http://localhost:5282/user?x=1')).toBe('/one/user?x=1');
  expect(resolve('*')).toBe('/*');
});

test('a path that cannot be decoded is made decodable, not refused', () => {
  expect(resolve('/one/%zz/%')).toBe('/one/%25zz/%25');
  expect(resolve('/one/%ff')).toBe('/one/%EF%BF%BD');
  expect(resolve('/one/a%20b%2Fc+d')).toBe('/one/a%20b%2Fc+d');
});

describe('ownership', () => {
  test.each([
    [['/user'], ['/user']],
    [['/v1'], ['/v1/login']],
    [['/v1/login/x'], ['/v1/login']],
    [['/'], ['/']],
  ])('%j and %j clash', (first, second) => {
    expect(
      () =>
        new Mounts([
          { ...one, owns: first },
          { ...two, owns: second },
        ]),
    ).toThrow(OwnershipError);
  });

  test('similar paths do not clash, nor do two of one provider', () => {
    expect(
      () =>
        new Mounts([
          { ...one, owns: ['/', '/v1', '/v1/x'] },
          { ...two, owns: ['/v10', '/user'] },
        ]),
    ).not.toThrow();
  });

  test('found 1.1: the paths of operations are owned too, each up to its first parameter', () => {
    const claimed = new Mounts([one, two]);
    const paths = ['/content/add', '/content/by-cid/{cid}', '/deals/{id}', '/lists/', '/get-{x}', '/{any}', '/v2/x'];
    const of = (provider: string) => (path: string) => ({ path, provider });
    claimed.claim('one', paths.filter((path) => path !== '/v2/x').map(of('one')));
    claimed.claim('two', [{ path: '/v2/x' }, { path: '/' }]);
    const ownerOf = (target: string) => claimed.resolve({ target, host: 'x', port: 1 }).target.url.split('/')[1];
    for (const path of ['/content/add', '/content/by-cid/a', '/content/by-cid', '/deals/1/x', '/lists', '/lists/']) {
      expect([path, ownerOf(path)]).toEqual([path, 'one']);
    }
    for (const path of ['/content', '/content/other', '/get-1', '/else']) expect(ownerOf(path)).toBe(path.split('/')[1]);
    expect([ownerOf('/'), ownerOf('/v2/x')]).toEqual(['two', 'two']);
    expect(() => claimed.claim('two', [{ path: '/content/{id}' }])).toThrow(
      new OwnershipError('the providers one and two both own /content'),
    );
  });

  test('the emulated providers do not clash in their last profiles', async () => {
    const providers = await loadProviders();
    expect(() => new Mounts(providers.map((provider) => provider.emulate(provider.profiles.at(-1) ?? '')))).not.toThrow();
  });
});

describe('what is remembered of hosts and targets', () => {
  const sent = (at: Mounts, url: string, host: string) =>
    at.rewrite(Object.assign(new IncomingMessage(new Socket()), { url, method: 'GET', headers: { host } }));

  test('is that of the host, not of the one before', () => {
    const fresh = new Mounts([one, two]);
    for (let turn = 0; turn < 2; turn++) {
      expect(sent(fresh, '/v2', 'localhost')).toBe('/two/v2');
      expect(sent(fresh, '/v2', 'one.localhost')).toBe('/one/v2');
    }
  });

  test('is the same for more hosts and targets than are remembered', () => {
    const fresh = new Mounts([one, two]);
    for (let turn = 0; turn < 2; turn++) {
      for (let index = 0; index < 300; index++) {
        expect(sent(fresh, `/user/${index}`, 'localhost')).toBe(`/one/user/${index}`);
        expect(sent(fresh, '/user', `two.w${index}.localhost`)).toBe('/two/user');
      }
    }
  });

  test('ends when a provider gets further paths', () => {
    const fresh = new Mounts([one, two]);
    expect(sent(fresh, '/later/path', 'localhost')).toBe('/later/path');
    fresh.claim('two', [{ path: '/later' }]);
    expect(sent(fresh, '/later/path', 'localhost')).toBe('/two/later/path');
  });

  test('is not asked once a provider has a port of its own', () => {
    const fresh = new Mounts([one, two]);
    const request = Object.assign(new IncomingMessage(new Socket()), {
      url: '/v2',
      method: 'GET',
      headers: { host: 'localhost' },
    });
    Object.defineProperty(request.socket, 'localPort', { value: 7002 });
    expect(fresh.rewrite(request)).toBe('/two/v2');
    fresh.ports.set(7002, 'one');
    request.url = '/v2';
    expect(fresh.rewrite(request)).toBe('/one/v2');
  });
});
