import { describe, expect, test } from 'vitest';
import { deploymentId, deployments } from '../../../../../src/providers/kps/accounts/deployment.ts';
import { countAttempt, loginFailures } from '../../../../../src/providers/kps/accounts/sessions/login-lock.ts';
import { emulatorForTests, epoch } from '../../../emulator.ts';
import { alice, locked, tokensPath, wrongPassword } from '../../kps.ts';

const lk = emulatorForTests();
const lockMs = 1_800_000;
const bob = 'bob@example.com';
const attempt = (password: string, email = bob, path = '/v1.0/login') => lk.request.post(path).send({ email, password });
const right = (email = bob) => attempt('bob-password', email);
const failTimes = async (times: number, email = bob) => {
  for (let time = 0; time < times; time++) expect((await attempt('wrong', email)).text).toBe(wrongPassword);
};

describe('three failed log-ins lock the e-mail', () => {
  test('the fourth attempt is refused with 403, even with the right password', async () => {
    await failTimes(3);
    const answer = await right();
    expect(answer.status).toBe(403);
    expect(answer.text).toBe(locked);
    expect((await attempt('wrong')).text).toBe(locked);
  });

  test('two failures do not', async () => {
    await failTimes(2);
    await right().expect(200);
  });

  test('for 30 minutes after the last failure, to the millisecond', async () => {
    await failTimes(3);
    lk.world.clock.advance(lockMs);
    expect((await right()).text).toBe(locked);
    lk.world.clock.advance(1);
    await right().expect(200);
  });

  test('attempts during the lock do not prolong it', async () => {
    await failTimes(3);
    lk.world.clock.advance(lockMs - 1);
    expect((await attempt('wrong')).text).toBe(locked);
    lk.world.clock.advance(2);
    await right().expect(200);
  });

  test('failures are forgotten 30 minutes after the last of them', async () => {
    await failTimes(2);
    lk.world.clock.advance(lockMs + 1);
    await failTimes(2);
    await right().expect(200);
  });

  test('each failure starts the 30 minutes anew', async () => {
    await failTimes(1);
    lk.world.clock.advance(lockMs);
    await failTimes(1);
    lk.world.clock.advance(lockMs);
    await failTimes(1);
    expect((await right()).text).toBe(locked);
  });

  test('a success in between does not clear earlier failures', async () => {
    await failTimes(2);
    await right().expect(200);
    await failTimes(1);
    expect((await right()).text).toBe(locked);
  });

  test('counts the attempts at both paths together', async () => {
    await failTimes(2);
    await attempt('wrong', bob, '/v1/login').expect(401);
    expect((await attempt('bob-password', bob, '/v1/login')).text).toBe(locked);
  });

  test('an e-mail without a user is locked as well', async () => {
    await failTimes(3, 'nobody@example.com');
    expect((await attempt('x', 'nobody@example.com')).text).toBe(locked);
    expect((await attempt('x', '__proto__')).text).toBe(wrongPassword);
  });

  test('other e-mails, API tokens and open sessions are not affected', async () => {
    const { token } = (await right().expect(200)).body;
    await failTimes(3);
    expect((await attempt('alice-password', 'alice@example.com')).status).toBe(200);
    await lk.request.get(tokensPath).set('Authorization', `Bearer ${token}`).expect(200);
    await lk.request.get(tokensPath).set('Authorization', alice).expect(200);
  });

  test('of 30 wrong attempts at once, exactly three are counted and answered 401', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => attempt('wrong')));
    expect(answers.filter(({ text }) => text === wrongPassword)).toHaveLength(3);
    expect(answers.filter(({ text }) => text === locked)).toHaveLength(27);
  });

  test('a malformed body does not count as an attempt', async () => {
    await failTimes(2);
    await lk.request.post('/v1.0/login').send('{').expect(400);
    await right().expect(200);
  });
});

// found 6.10: one record for each e-mail, those that are forgotten are removed, and no attempt looks at all of them.
describe('the records of failures', () => {
  const records = async () => lk.world.resources('kps').list(loginFailures);
  const count = (email: string, now = epoch) =>
    countAttempt(lk.world.resources('kps'), { email, succeeded: false }, { loginFailures: 3, lockMs }, now);

  test('are one for each e-mail, and do not contain it', async () => {
    await failTimes(2);
    await failTimes(1, 'eve@example.com');
    const found = await records();
    expect(found.map(({ data }) => data)).toEqual([
      { count: 2, failedAt: epoch },
      { count: 1, failedAt: epoch },
    ]);
    expect(JSON.stringify(found)).not.toContain('example.com');
  });

  test('are removed once they are forgotten, a few with each new failure', async () => {
    for (let number = 0; number < 100; number++) await count(`${number}@example.com`);
    expect(await records()).toHaveLength(100);
    await count('now@example.com', epoch + lockMs);
    expect(await records()).toHaveLength(101);
    for (let number = 0; number < 20; number++) await count(`later-${number}@example.com`, epoch + lockMs + 1);
    expect((await records()).length).toBeLessThan(40);
    for (let number = 0; number < 20; number++) await count(`${number}@example.net`, epoch + 2 * lockMs + 1);
    expect((await records()).length).toBeLessThan(45);
  });

  test('are read one at a time, however many there are', async () => {
    const store = lk.world.resources('kps');
    const read: number[] = [];
    const watched = new Proxy(store, {
      get(target, name) {
        if (name === 'list' || name === 'listAll' || name === 'insert') throw new Error(`${String(name)} reads them all`);
        const method = Reflect.get(target, name);
        return async (...values: unknown[]) => {
          const result: unknown = await method.apply(target, values);
          if (Array.isArray(result)) read.push(result.length);
          return result;
        };
      },
    });
    for (let number = 0; number < 200; number++) await count(`${number}@example.com`);
    await countAttempt(watched, { email: bob, succeeded: false }, { loginFailures: 3, lockMs }, epoch);
    expect(read.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(16);
  });
});

describe('the lock is a setting of the world', () => {
  test('it can be turned off', async () => {
    await lk.world.resources('kps').change(deployments, deploymentId, (found) => ({ ...found, loginFailures: null }));
    await failTimes(5);
    await right().expect(200);
  });

  test('its threshold and its length can be changed', async () => {
    await lk.world.resources('kps').change(deployments, deploymentId, (found) => ({ ...found, loginFailures: 1, lockMs: 10 }));
    await failTimes(1);
    expect((await right()).text).toBe(locked);
    lk.world.clock.advance(11);
    await right().expect(200);
  });

  test('a reset of the world lifts every lock', async () => {
    await failTimes(3);
    await lk.world.reset('everything');
    await right().expect(200);
  });
});
