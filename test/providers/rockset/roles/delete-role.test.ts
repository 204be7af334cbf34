import { beforeEach, describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import { admin, apiKey, expectError, forbidden, keysOf, member, ownKeys, rolesPath } from '../rockset.ts';
import { privilegeText, roleText } from './role-texts.ts';

const lk = emulatorForTests();
const remove = (name: string, by = admin) => lk.request.delete(rolesPath(name)).set('Authorization', by);
const notFound = ['NOTFOUND', 'Role "r" not found', 'ROLE_NOT_FOUND_NAME'] as const;

beforeEach(async () => {
  const role = { role_name: 'r', privileges: [{ action: 'GET_ORG_GLOBAL' }] };
  await lk.request.post(rolesPath()).set('Authorization', admin).send(role).expect(200);
});

describe('DELETE …/roles/{roleName} 200', () => {
  test('the answer is the role in its last state, and then the role is unknown', async () => {
    const { text } = await remove('r').expect(200);
    expect(text).toBe(`{"data":${roleText('r', null, [privilegeText('GET_ORG_GLOBAL', null, null)])}}`);
    expectError(await remove('r'), 404, ...notFound);
    expectError(await lk.request.get(rolesPath('r')).set('Authorization', admin), 404, ...notFound);
    expectError(await lk.request.post(rolesPath('r')).set('Authorization', admin).send({}), 404, ...notFound);
  });

  test('a key with this role stays, and allows nothing until a role of that name is created again', async () => {
    const { body } = await lk.request.post(ownKeys).set('Authorization', admin).send({ name: 'k', role: 'r' }).expect(200);
    const organization = () => lk.request.get('/v1/orgs/self').set('Authorization', apiKey(body.data.key));
    await organization().expect(200);
    await remove('r').expect(200);
    expectError(await organization(), 403, 'FORBIDDEN', forbidden);
    const shown = await lk.request.get(keysOf('self', 'k')).set('Authorization', admin).expect(200);
    expect(shown.body.data).toMatchObject({ role: 'r', state: 'ACTIVE' });
    const again = { role_name: 'r', privileges: [{ action: 'GET_ORG_GLOBAL' }] };
    await lk.request.post(rolesPath()).set('Authorization', admin).send(again).expect(200);
    await organization().expect(200);
  });

  test('exactly one of 20 concurrent deletions succeeds', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => remove('r')));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 19 }, () => 404)]);
  });
});

describe('DELETE …/roles/{roleName} refused', () => {
  test('a built-in role cannot be deleted', async () => {
    const answer = await remove('member');
    expectError(answer, 400, 'INVALIDINPUT', 'The default role "member" cannot be changed');
    await lk.request.get('/v1/orgs/self').set('Authorization', member).expect(200);
  });

  test('without DELETE_ROLE_GLOBAL it is a 403, whether the role exists or not', async () => {
    for (const name of ['r', 'x']) expectError(await remove(name, member), 403, 'FORBIDDEN', forbidden);
  });
});
