import { describe, expect, test } from 'vitest';
import { latestInstant } from '../../../../src/clock.ts';
import { emulatorForTests, epoch } from '../../emulator.ts';
import { create, expectHandled, expectUnbound, keysPath, minuteMs, system, validatePath } from '../whylabs.ts';

const lk = emulatorForTests();
const post = (query: string) => lk.request.post(`${keysPath}${query}`).set('X-API-Key', system);
const invalid = 'Invalid expiration time';

describe('expiration_time', () => {
  test.each([
    ['1577836800000', "the documentation's own example"],
    ['0', 'the epoch'],
    ['-1', 'before the epoch'],
    ['-9223372036854775808', 'the smallest long'],
    [String(epoch), 'now'],
    [String(epoch + 59_000), '59 seconds ahead'],
    [String(epoch + minuteMs - 1), 'a millisecond short of a minute'],
  ])('%s, %s, is too early', async (time) => {
    expectHandled(await post(`?user_id=user-1&expiration_time=${time}`), 400, 'IllegalArgument', invalid);
  });

  test.each([
    [`${epoch + minuteMs}`, '2030-01-01T00:01:00'],
    [`${epoch + 61_000}`, '2030-01-01T00:01:01'],
    [`%2B${epoch + 61_000}`, '2030-01-01T00:01:01'],
    [`000${epoch + 61_001}`, '2030-01-01T00:01:01.001'],
    ['253402300799999', '9999-12-31T23:59:59.999'],
  ])('%s is shown as %s', async (sent, shown) => {
    const { body } = await post(`?user_id=user-1&expiration_time=${sent}`).expect(200);
    expect(body.expirationTime).toBe(shown);
  });

  test('an expiry after the year 9999 becomes the last instant of that year', async () => {
    for (const sent of ['253402300800000', '9223372036854775807']) {
      const { body } = await post(`?user_id=user-1&expiration_time=${sent}`).expect(200);
      expect(body.expirationTime).toBe('9999-12-31T23:59:59.999');
    }
    const { body } = await lk.request.get(`${keysPath}?user_id=user-1`).set('X-API-Key', system).expect(200);
    expect(body.items).toHaveLength(2);
  });

  test('an empty value counts as absent, and the key never expires', async () => {
    const { body } = await post('?user_id=user-1&expiration_time=').expect(200);
    expect(body).not.toHaveProperty('expirationTime');
    lk.world.clock.set(latestInstant);
    await lk.request.get(validatePath).set('X-API-Key', body.key).expect(200);
  });

  test.each([
    ['abc', 'abc'],
    ['1.5', '1.5'],
    ['%205', ' 5'],
    ['+5', ' 5'],
    ['5%20', '5 '],
    ['%2B', '+'],
    ['-', '-'],
    ['0x10', '0x10'],
    ['1e3', '1e3'],
    ['1_000', '1_000'],
    ['%22', '"'],
    ['9223372036854775808', '9223372036854775808'],
    ['-9223372036854775809', '-9223372036854775809'],
    ['9'.repeat(4000), '9'.repeat(4000)],
    ['1;expiration_time=2', '1,2'],
  ])('%s is not a Java long', async (sent, read) => {
    const href = `${keysPath}?user_id=user-1&expiration_time=${sent}`;
    const cause = `For input string: "${read}"`;
    const message = `Failed to convert argument [expiration_time] for value [${read}] due to: ${cause}`;
    expectUnbound(await post(href.slice(keysPath.length)), href, 'expiration_time', message);
  });
});

describe('an expired key', () => {
  const issue = () => create(lk, { expiration_time: epoch + minuteMs });
  const validate = (key: string) => lk.request.get(validatePath).set('X-API-Key', key);

  test('is accepted at its expiry and refused a millisecond later', async () => {
    const { key } = await issue();
    lk.world.clock.set(epoch + minuteMs);
    await validate(key).expect(200);
    lk.world.clock.advance(1);
    await validate(key).expect(403);
  });

  test('stays in both lists, can be looked up and can be revoked', async () => {
    const { keyId } = await issue();
    lk.world.clock.set(epoch + 2 * minuteMs);
    for (const query of ['', '?user_id=user-1']) {
      const { body } = await lk.request.get(`${keysPath}${query}`).set('X-API-Key', system).expect(200);
      expect(body.items).toContainEqual(expect.objectContaining({ keyId, revoked: false }));
    }
    const { body } = await lk.request.get(`${keysPath}/${keyId}`).set('X-API-Key', system).expect(200);
    expect(body.key).toMatchObject({ keyId, expirationTime: '2030-01-01T00:01:00' });
    const revoked = await lk.request.delete(keysPath).query({ user_id: 'user-1', key_id: keyId }).set('X-API-Key', system);
    expect(revoked.body).toMatchObject({ keyId, expirationTime: '2030-01-01T00:01:00', revoked: true });
  });
});
