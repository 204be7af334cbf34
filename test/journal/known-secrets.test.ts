import { afterEach, describe, expect, test } from 'vitest';
import { issueKey } from '../control/issued-key.ts';
import { emulatorForTests } from '../support/emulator.ts';

const lk = emulatorForTests();
afterEach(async () => {
  for (const name of lk.worlds.names().slice(1)) await lk.worlds.drop(name);
});

/** A secret that no provider makes: it can only be known. */
const secret = 'Hunter2-of-The_Seed';
const issue = (world = '') => issueKey(lk, { provider: 'estuary', owner: 'alice', secret }, world);

/** Everything that the journal shows of the last request. */
async function shownOf(world = ''): Promise<string> {
  const list = await lk.request.get(`${world}/_latchkey/requests?limit=1`).expect(200);
  const entry = await lk.request.get(`${world}/_latchkey/requests/${list.body.requests[0].id}`).expect(200);
  return list.text + entry.text;
}

const send = (path: string, body?: string) =>
  fetch(lk.url + path, body === undefined ? {} : { method: 'POST', body, headers: { 'content-type': 'application/json' } });

describe('a secret that is known is not shown (found 6.7)', () => {
  test.each(['+', '|', '*', '~', '#', '%00', '%7C', '!', '$', '^', '@', '.', '§', '…', '\u00b7', '\u200b', '%2520'])(
    'after %j in a path and in a body',
    async (separator) => {
      await issue();
      await send(`/rockset/v1/x${separator === '#' ? '%23' : separator}${secret}${separator === '#' ? '%23' : separator}y`);
      expect(await shownOf()).not.toContain(secret);
      await send('/rockset/v1/orgs/self/users', JSON.stringify({ note: `x${decodeURIComponent(separator)}${secret}` }));
      expect(await shownOf()).not.toContain(secret);
    },
  );

  test.each(['-', '_'])('after %j, if it has none itself', async (separator) => {
    const plain = 'Hunter2ofTheSeed';
    await issueKey(lk, { provider: 'estuary', owner: 'alice', secret: plain });
    await send(`/rockset/v1/x${separator}${plain}${separator}y`);
    expect(await shownOf()).not.toContain(plain);
  });

  test('in the path of another world, before and after that world has used it', async () => {
    await issue('/~other');
    await send(`/rockset/v1/orgs/${secret}`);
    expect(await shownOf()).not.toContain(secret);
    await send(`/~third/rockset/v1/orgs/${secret}`);
    expect(await shownOf('/~third')).not.toContain(secret);
  });

  test('of a key that was issued after the journal was read', async () => {
    await send('/rockset/v1/orgs/first');
    await shownOf();
    await issue();
    await send(`/rockset/v1/orgs/${secret}`);
    expect(await shownOf()).not.toContain(secret);
  });

  test('of a key that a restore has removed since', async () => {
    const file = (await lk.request.get('/_latchkey/snapshot').responseType('blob').expect(200)).body;
    await issue();
    await send(`/rockset/v1/orgs/${secret}`);
    for (let round = 0; round < 2; round++) await lk.request.put('/_latchkey/snapshot').send(file).expect(200);
    expect(await shownOf()).not.toContain(secret);
  });

  test('of a key of a world that was dropped since, and of one before a reset', async () => {
    await issue('/~other');
    await send(`/rockset/v1/orgs/${secret}`);
    await lk.request.delete('/_latchkey/worlds/other').expect(200);
    expect(await shownOf()).not.toContain(secret);
    const own = 'Hunter4-of-The_Seed';
    await issueKey(lk, { provider: 'estuary', owner: 'alice', secret: own });
    await lk.request.post('/_latchkey/reset').send({ to: 'empty' }).expect(200);
    await send(`/rockset/v1/${own}/x-${secret}`);
    const text = await shownOf();
    expect([text.includes(own), text.includes(secret)]).toEqual([false, false]);
  });

  test('a secret that is as short as a word is a word again once its world is gone', async () => {
    await issueKey(lk, { provider: 'estuary', owner: 'alice', secret: 'orgs' }, '/~other');
    await send('/rockset/v1/orgs/first');
    expect(await shownOf()).not.toContain('/orgs/first');
    await lk.request.delete('/_latchkey/worlds/other').expect(200);
    await send('/rockset/v1/orgs/second');
    expect(await shownOf()).toContain('/orgs/second');
  });

  test('in the name of a header, which Node puts in lower case', async () => {
    const { secret: token } = await issueKey(lk, { provider: 'estuary', owner: 'alice' });
    const lower = 'hunter2-of-the_seed';
    await issueKey(lk, { provider: 'estuary', owner: 'alice', secret: lower });
    await fetch(`${lk.url}/rockset/v1`, { headers: { [`x-${token}`]: '1', [`${lower}x`]: '2' } });
    const text = await shownOf();
    expect(text.toLowerCase()).not.toContain(token.toLowerCase());
    expect(text).not.toContain(lower);
  });

  test('in the head and the body of an answer', async () => {
    const { secret: token } = await issueKey(lk, { provider: 'estuary', owner: 'alice' });
    await lk.request
      .post('/_latchkey/faults')
      .send({
        match: { provider: 'rockset' },
        effect: { respond: { status: 418, headers: { 'x-a': `1-${token}-2` }, body: { [`k${token}`]: `-${token}_` } } },
      })
      .expect(200);
    await send('/rockset/v1/orgs/self');
    expect(await shownOf()).not.toContain(token);
  });

  test('but what is none is shown', async () => {
    await issue();
    await send('/rockset/v1/orgs/Hunter3-of-The_Seed?x=a+b|c*d~e%00f');
    expect(await shownOf()).toContain('Hunter3-of-The_Seed?x=a+b|c*d~e%00f');
  });
});

describe('a password is not shown, however its field is written (found 6.7)', () => {
  test.each([['password'], ['PassWord'], ['paſſword'], ['PAſsword'], ['pa\\u017f\\u017Fword'], ['p\\u0061ssword']])(
    '%s',
    async (name) => {
      await send('/kps/v1/login', `{"email":"admin@example.com","${name}":"admin-password"}`);
      const shown = await shownOf();
      expect(shown).not.toContain('admin-password');
      expect(shown).toContain('admin@example.com');
    },
  );
});
