import { describe, expect, test } from 'vitest';
import { loadProviders } from '../../src/providers/index.ts';
import { emulatorForTests } from '../providers/emulator.ts';

const providers = await loadProviders();
const lk = emulatorForTests();
/** A path with a value for every parameter. */
const filled = (path: string) => path.replace(/\{[^}]+\}/g, 'x');

// Found 1.1: at the root too.
const places = providers.flatMap((provider) => [`/${provider.name}`, ''].map((base) => [base, provider.name, provider] as const));

describe.each(places)('below "%s", %s', (base, name, { unimplemented }) => {
  const bases = () => lk.request;
  const administrator = async () => {
    const { body } = await bases().get('/_latchkey/credentials').expect(200);
    return body[name].credentials[0].header;
  };

  test('an operation that is known and not emulated answers 501, with a link to the supported ones', async () => {
    const header = await administrator();
    for (const { id, method, path } of unimplemented) {
      const call = bases()
        [lower(method)](`${base}${filled(path)}`)
        .set(header.name, header.value);
      const answer = await call.type('application/json').send(method === 'GET' ? undefined : '{not json');
      expect([id, answer.status]).toEqual([id, 501]);
      expect(answer.text).toContain(id);
      expect(answer.headers['link']).toBe(`</_latchkey/SUPPORTED.md#${name}>; rel="help"`);
    }
  });

  test('without a key it answers 401 and does not say that it is not emulated', async () => {
    for (const { id, method, path, auth } of unimplemented) {
      if (auth === 'none') continue;
      const answer = await bases()[lower(method)](`${base}${filled(path)}`);
      expect([id, answer.status]).toEqual([id, 401]);
      expect(answer.headers['link']).toBeUndefined();
    }
  });

  test('there are operations that are not emulated', () => {
    expect(unimplemented.length).toBeGreaterThan(0);
  });
});

function lower(method: 'DELETE' | 'GET' | 'PATCH' | 'POST' | 'PUT') {
  return ({ DELETE: 'delete', GET: 'get', PATCH: 'patch', POST: 'post', PUT: 'put' } as const)[method];
}
