import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import { expectHandled, keysPath, system, validatePath } from '../whylabs.ts';

const lk = emulatorForTests();
const post = (query: string) => lk.request.post(`${keysPath}?user_id=user-1${query}`).set('X-API-Key', system);
const known = [
  ':user',
  ':administrator',
  ':account_administrator',
  ':authenticated',
  ':secure_container',
  ':write_data',
  ':read_notification',
  ':write_notification',
  ':read_resource',
  ':write_resource',
  ':whylabs_administrator',
  ':whylabs_system',
];

describe('scopes', () => {
  test.each([
    ['several occurrences', `&scopes=${known.join('&scopes=')}`],
    ['one occurrence with commas', `&scopes=${known.join(',')}`],
    ['one occurrence with commas, escaped', `&scopes=${encodeURIComponent(known.join(','))}`],
  ])('all twelve are accepted in %s', async (_how, query) => {
    const { body } = await post(query).expect(200);
    expect(body.scopes).toEqual(known);
  });

  test('they are a set', async () => {
    for (const query of ['&scopes=:user&scopes=:user', '&scopes=:user,:user']) {
      const { body } = await post(query).expect(200);
      expect(body.scopes).toEqual([':user']);
    }
  });

  test('commas at the end are dropped, and only commas mean no scopes', async () => {
    expect((await post('&scopes=:user,,').expect(200)).body.scopes).toEqual([':user']);
    expect((await post('&scopes=,').expect(200)).body).not.toHaveProperty('scopes');
  });

  test.each([
    ['&scopes=:foo', ':foo'],
    ['&scopes=user', 'user'],
    ['&scopes=:User', ':User'],
    ['&scopes=', ''],
    ['&scopes', ''],
    ['&scopes=:user&scopes=', ''],
    ['&scopes=,:user', ''],
    ['&scopes=:user,%20:administrator', ' :administrator'],
    ['&scopes=:foo&scopes=:bar', ':foo'],
    ['&scopes=:user&scopes=:administrator,:user', ':administrator,:user'],
    ['&scopes=reflect.Value%2Bvalue', 'reflect.Value+value'],
  ])('%s is refused for its first unknown scope', async (query, scope) => {
    expectHandled(await post(query), 400, 'IllegalArgument', `Invalid scope provided: ${scope}`);
  });

  test('a key without scopes is valid, but may do nothing that requires a scope', async () => {
    const { key } = (await post('').expect(200)).body;
    await lk.request.get(validatePath).set('X-API-Key', key).expect(200);
    await lk.request.get('/v0/organizations/org-123/models').set('X-API-Key', key).expect(403);
  });
});
