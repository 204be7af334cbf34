import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../../emulator.ts';
import { admin, expectRefused, reader, rolesPath } from '../rockset.ts';
import { builtInText, builtInTexts, memberActions, roleText } from './role-texts.ts';

const lk = emulatorForTests();
const later = emulatorForTests({ profiles: { rockset: '2023' } });
const list = (by = admin) => lk.request.get(rolesPath()).set('Authorization', by);

describe('GET …/roles 200', () => {
  test('the built-in roles are admin, member, read-only, with the privileges of May 2023', async () => {
    expect((await list(reader).expect(200)).text).toBe(`{"data":[${builtInTexts.join()}]}`);
  });

  test('custom roles come first', async () => {
    for (const role_name of ['zebra', 'ant']) {
      await lk.request.post(rolesPath()).set('Authorization', admin).send({ role_name }).expect(200);
    }
    const own = [roleText('zebra', null, []), roleText('ant', null, [])];
    expect((await list().expect(200)).text).toBe(`{"data":[${[...own, ...builtInTexts].join()}]}`);
  });

  test('in 2023 a member may also export data', async () => {
    const { text } = await later.request.get(rolesPath()).set('Authorization', admin).expect(200);
    expect(text).toContain(builtInText('member', [...memberActions, 'EXPORT_DATA_GLOBAL']));
    const { text: one } = await later.request.get(rolesPath('member')).set('Authorization', admin).expect(200);
    expect(one).toBe(`{"data":${builtInText('member', [...memberActions, 'EXPORT_DATA_GLOBAL'])}}`);
  });
});

test('GET …/roles without a key is refused', async () => {
  expectRefused(await lk.request.get(rolesPath()));
});
