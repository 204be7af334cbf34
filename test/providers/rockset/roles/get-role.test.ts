import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import { admin, expectError, reader, rolesPath } from '../rockset.ts';
import { builtInTexts, privilegeText, roleText } from './role-texts.ts';

const lk = emulatorForTests();
const get = (name: string, by = reader) => lk.request.get(rolesPath(name)).set('Authorization', by);

describe('GET …/roles/{roleName} 200', () => {
  test('a built-in role can be read', async () => {
    for (const [index, name] of ['admin', 'member', 'read-only'].entries()) {
      expect((await get(name).expect(200)).text).toBe(`{"data":${builtInTexts[index]}}`);
    }
  });

  test('so can a custom role, by a name that must be escaped', async () => {
    const role = { role_name: 'a b/c%d', description: 'odd', privileges: [{ action: 'LIST_WS_GLOBAL' }] };
    await lk.request.post(rolesPath()).set('Authorization', admin).send(role).expect(200);
    const { text } = await get(encodeURIComponent('a b/c%d')).expect(200);
    expect(text).toBe(`{"data":${roleText('a b/c%d', 'odd', [privilegeText('LIST_WS_GLOBAL', null, null)])}}`);
  });
});

test('GET …/roles/{roleName} 404: an unknown role is refused in the recorded words', async () => {
  for (const name of ['non-existing-role', 'Admin', 'constructor', 'acme%2Fadmin']) {
    const message = `Role "${decodeURIComponent(name)}" not found`;
    expectError(await get(name), 404, 'NOTFOUND', message, 'ROLE_NOT_FOUND_NAME');
  }
});
