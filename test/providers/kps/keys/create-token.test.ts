import { describe, expect, test } from 'vitest';
import { deploymentId, deployments } from '../../../../src/providers/kps/accounts/deployment.ts';
import { emulatorForTests } from '../../emulator.ts';
import {
  admin,
  adminId,
  alice,
  aliceId,
  aliceTokenId,
  apiError,
  bearer,
  bobId,
  create,
  listed,
  logIn,
  malformedBody,
  maxReached,
  tokensPath,
  uuidV4,
} from '../kps.ts';

const lk = emulatorForTests();
const post = (by: string) => lk.request.post(tokensPath).set('Authorization', by);

describe('POST /v1.0/userapitokens 200', () => {
  test('answers with id, tenant, user and token in this order, and a newline', async () => {
    const answer = await post(alice).send({ active: true }).expect(200);
    const { id, token } = answer.body;
    expect(id).toMatch(uuidV4);
    expect(answer.text).toBe(`{"id":"${id}","tenantId":"tid-demo","userId":"${aliceId}","token":"${token}"}\n`);
    expect(answer.headers['content-type']).toBe('application/json');
  });

  test('the token works at once, and its secret is shown only this once', async () => {
    const { token } = await create(lk.request, alice);
    const answer = await lk.request.get(tokensPath).set('Authorization', bearer(token)).expect(200);
    expect(answer.text).not.toContain(token);
    expect(answer.text).not.toContain(token.split('.')[2]);
  });

  test.each([
    ['asks for an inactive token: it is created active all the same', '{"active":false}'],
    ['is empty', '{}'],
    ['is null', 'null'],
    ['has unknown fields', '{"name":"ci","scopes":[1]}'],
    ['has null fields', '{"active":null,"userId":null,"createdAt":null}'],
    ['has its keys in another case', '{"ACTIVE":true}'],
    ['has text after the first value', '{"active":true} and more'],
    ['has a time with an offset', '{"usedAt":"0001-01-01T00:00:00+00:00"}'],
    ['has more than a MiB of blanks after the first value', `{}${' '.repeat(1 << 20)}`],
  ])('a body is accepted that %s', async (_case, body) => {
    const { id } = (await post(alice).send(body).expect(200)).body;
    expect((await listed(lk.request, alice)).find((token) => token.id === id)?.active).toBe(true);
  });

  test('the body does not decide what is stored', async () => {
    const forged = {
      id: 'mine',
      tenantId: 'another',
      userId: adminId,
      active: false,
      createdAt: '2001-01-01T00:00:00Z',
      updatedAt: '2001-01-01T00:00:00Z',
      usedAt: '2001-01-01T00:00:00Z',
    };
    lk.world.clock.advance(120);
    const { body } = await post(alice).send(forged).expect(200);
    expect(body).toMatchObject({ id: expect.stringMatching(uuidV4), tenantId: 'tid-demo', userId: aliceId });
    const stored = (await listed(lk.request, alice)).find(({ id }) => id === body.id);
    const at = '2030-01-01T00:00:00.12Z';
    expect(stored).toMatchObject({ active: true, createdAt: at, updatedAt: at, usedAt: '0001-01-01T00:00:00Z' });
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'rubbish', ''])(
    'a body of content type "%s" is JSON',
    async (type) => {
      await post(alice).set('Content-Type', type).send('{"active":true}').expect(200);
    },
  );

  test('an API token may create another', async () => {
    const first = await create(lk.request, await logIn(lk.request, 'bob'));
    expect((await create(lk.request, bearer(first.token))).userId).toBe(bobId);
  });
});

describe('POST /v1.0/userapitokens 400', () => {
  test.each([
    ['is empty', ''],
    ['is blank', ' \n'],
    ['is an array', '[]'],
    ['is a string', '"x"'],
    ['is a number', '5'],
    ['is cut off', '{"active":true'],
    ['is not JSON', 'active=true'],
    ['has a flag that is a string', '{"active":"yes"}'],
    ['has an id that is a number', '{"id":5}'],
    ['has an empty time', '{"usedAt":""}'],
    ['has a time without a zone', '{"createdAt":"2021-02-18T19:32:49"}'],
    ['has a time that is a word', '{"updatedAt":"yesterday"}'],
    ['has a time that is a number', '{"updatedAt":0}'],
    ['has a date that does not exist', '{"updatedAt":"2021-02-30T00:00:00Z"}'],
    ['is longer than a MiB', `{"name":"${'x'.repeat(1 << 20)}"}`],
    ['is nested a million levels deep', '['.repeat(1_000_000)],
  ])('a body is refused that %s, and nothing is stored', async (_case, body) => {
    const answer = await post(alice).set('Content-Type', 'application/json').send(body).expect(400);
    expect(answer.text).toBe(malformedBody);
    expect(await listed(lk.request, alice)).toHaveLength(1);
  });

  test('a request without a body is refused', async () => {
    expect((await post(alice).expect(400)).text).toBe(malformedBody);
  });
});

describe('the limit of two tokens', () => {
  test('refuses a third token', async () => {
    await create(lk.request, alice);
    const answer = await post(alice).send({ active: true });
    expect(answer.status).toBe(400);
    expect(answer.text).toBe(maxReached);
    expect(await listed(lk.request, alice)).toHaveLength(2);
  });

  test('is checked after the body: a malformed body is the error', async () => {
    await create(lk.request, alice);
    expect((await post(alice).send('{')).text).toBe(malformedBody);
  });

  test('counts inactive tokens', async () => {
    const { id, userId } = await create(lk.request, alice);
    await lk.request.put(`${tokensPath}/${id}`).set('Authorization', alice).send({ userId, active: false }).expect(200);
    expect((await post(alice).send({})).text).toBe(maxReached);
  });

  test('does not count log-ins or the tokens of other users', async () => {
    await logIn(lk.request, 'alice');
    await create(lk.request, alice);
    await create(lk.request, admin);
  });

  test('has room again once a token is deleted', async () => {
    await create(lk.request, alice);
    const session = await logIn(lk.request, 'alice');
    await lk.request.delete(`${tokensPath}/${aliceTokenId}`).set('Authorization', session).expect(200);
    await create(lk.request, session);
    expect((await post(session).send({})).text).toBe(maxReached);
  });

  test('holds when 50 are created at once: exactly two succeed', async () => {
    const bob = await logIn(lk.request, 'bob');
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(bob).send({ active: true })));
    const created = answers.filter(({ status }) => status === 200);
    expect(created).toHaveLength(2);
    expect(new Set(answers.filter(({ status }) => status !== 200).map(({ text }) => text))).toEqual(new Set([maxReached]));
    expect((await listed(lk.request, bob)).map(({ id }) => id).sort()).toEqual(created.map(({ body }) => body.id).sort());
  });

  test('is a setting of the world', async () => {
    await lk.world.resources('kps').change(deployments, deploymentId, (found) => ({ ...found, tokensPerUser: 3 }));
    await create(lk.request, alice);
    await create(lk.request, alice);
    expect((await post(alice).send({})).text).toBe(maxReached);
  });
});

describe('POST /v1.0/userapitokens 500', () => {
  test('a world without its settings answers as the real server does when it crashes, without the cause', async () => {
    await lk.world.resources('kps').remove(deployments, deploymentId);
    const answer = await post(alice).send({});
    expect(answer.status).toBe(500);
    expect(answer.text).toBe(apiError(500, 0, 'Panicked!'));
  });
});
