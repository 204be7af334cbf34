import { afterEach, describe, expect, test } from 'vitest';
import { issueKey } from '../control/issued-key.ts';
import { alice, createKey } from '../providers/estuary/estuary.ts';
import { begin } from '../support/begun-request.ts';
import { emulatorForTests } from '../support/emulator.ts';
import { lateWrites } from './late-writes.ts';

const lk = emulatorForTests({ maxWorlds: 3 });
afterEach(async () => {
  for (const name of lk.worlds.names().slice(1)) await lk.worlds.drop(name);
});

const drop = (name: string) => lk.request.delete(`/_latchkey/worlds/${name}`);
const viewer = (world: string, authorization = alice) => lk.request.get(`/~${world}/viewer`).set('Authorization', authorization);

function refusal(code: string, message: string): object {
  return { error: { code, message, details: null } };
}

describe('DELETE /worlds/<name>', () => {
  test('ends a world: further requests get a new one, which has nothing of the old', async () => {
    const { header } = await issueKey(lk, { provider: 'estuary', owner: 'alice' }, '/~shop');
    await lk.request.post('/~shop/_latchkey/clock/advance').send({ by: '720h' });
    await lk.request.post('/~shop/_latchkey/faults').send({ match: { path: '/nowhere' }, effect: { status: 503 } });
    await viewer('shop', header.value).expect(200);
    expect((await drop('shop').expect(200)).body).toEqual({ dropped: 'shop' });
    expect(lk.worlds.names()).toEqual(['default']);
    await viewer('shop', header.value).expect(401);
    await viewer('shop').expect(200);
    const read = async (call: string) => (await lk.request.get(`/~shop/_latchkey/${call}`)).body;
    expect((await read('clock')).now).toMatch(/^2030-01-01T00:00:/);
    expect(await read('faults')).toEqual({ faults: [], total: 0, cursor: null });
    expect((await read('requests')).requests.map(({ id }: { id: string }) => id)).toEqual(['2', '1']);
  });

  test('leaves every other world as it is', async () => {
    await viewer('shop').expect(200);
    const issued = (await createKey(lk)).token;
    const { header } = await issueKey(lk, { provider: 'estuary', owner: 'alice' }, '/~other');
    await drop('shop').expect(200);
    await viewer('other', header.value).expect(200);
    await viewer('default', `Bearer ${issued}`).expect(200);
  });

  test('makes room for another world', async () => {
    await viewer('one').expect(200);
    await viewer('two').expect(200);
    await viewer('three').expect(507);
    await drop('one').expect(200);
    await viewer('three').expect(200);
  });

  test('may be called in the world itself', async () => {
    await viewer('shop').expect(200);
    expect((await lk.request.delete('/~shop/_latchkey/worlds/shop').expect(200)).body).toEqual({ dropped: 'shop' });
    expect(lk.worlds.names()).toEqual(['default']);
  });

  test('removes the counts of the world from the metrics', async () => {
    await viewer('shop').expect(200);
    const metrics = async () => (await lk.request.get('/_latchkey/metrics').expect(200)).text;
    expect(await metrics()).toContain('world="shop"');
    await drop('shop').expect(200);
    expect(await metrics()).not.toContain('world="shop"');
  });

  test('of the default world is refused, and leaves it as it was', async () => {
    const message = 'The default world cannot be dropped: reset it.';
    expect((await drop('default').expect(400)).body).toEqual(refusal('world_is_default', message));
    await viewer('default').expect(200);
  });

  test.each(['shop', 'Shop', '..', 'a'.repeat(64)])('of the unknown world %s is refused', async (name) => {
    const { body } = await drop(encodeURIComponent(name).replaceAll('.', '%2e')).expect(404);
    expect(body).toEqual(refusal('world_not_found', `There is no world ${name}.`));
  });

  test('is done by one of several concurrent calls', async () => {
    await viewer('shop').expect(200);
    const answers = await Promise.all(Array.from({ length: 10 }, () => drop('shop')));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(9).fill(404)]);
  });
});

describe('a request that was in progress when its world was dropped', () => {
  test.each(lateWrites)(
    'is answered by %s in its own words: the service is unavailable',
    async (provider, name, call, body, words) => {
      const seeded = (await lk.world.credentials()).get(provider)?.find((credential) => credential.name === name)?.header;
      const [method = '', path] = call.split(' ');
      await viewer('shop').expect(200);
      const send = await begin(lk, `/~shop/${provider}${path}`, method, { [seeded?.name ?? '']: seeded?.value ?? '' });
      await drop('shop').expect(200);
      const answer = await send(body);
      expect(typeof words === 'string' ? answer.body : JSON.parse(answer.body)).toEqual(words);
      expect(lk.worlds.names()).toEqual(['default']);
      expect((await lk.request.get('/_latchkey/metrics')).text).not.toContain('world="shop"');
    },
  );

  test('is answered by the control plane: the world is gone', async () => {
    await viewer('shop').expect(200);
    const send = await begin(lk, '/~shop/_latchkey/keys', 'POST', {});
    await drop('shop').expect(200);
    const { status, body } = await send({ provider: 'estuary', owner: 'alice' });
    expect([status, JSON.parse(body)]).toEqual([404, refusal('world_not_found', 'The world was dropped during this request.')]);
  });

  test('is answered, even if a fault delayed it', async () => {
    const { header } = await issueKey(lk, { provider: 'estuary', owner: 'alice' }, '/~shop');
    const effect = { delay: '100ms' };
    await lk.request.post('/~shop/_latchkey/faults').send({ effect }).expect(200);
    const isStruck = new Promise<void>((resolve) => {
      lk.worlds.opened('shop')?.events.listen(({ type }) => type === 'fault' && resolve(), resolve);
    });
    const waiting = viewer('shop', header.value).then(({ status }) => status);
    await isStruck;
    await drop('shop').expect(200);
    expect(await waiting).toBe(503);
    await viewer('default').expect(200);
  });

  test('for events ends', async () => {
    await viewer('shop').expect(200);
    const answer = await fetch(`${lk.url}/~shop/_latchkey/events?since=0&types=key`);
    const reader = answer.text();
    await drop('shop').expect(200);
    expect(await reader).toMatch(/^: listening\n\n/);
  });
});

test('a listener that is added to a dropped world gets the end at once', async () => {
  const world = await lk.worlds.open('shop');
  await drop('shop').expect(200);
  await new Promise<void>((resolve) => {
    world.events.listen(() => expect.unreachable('nothing happens there'), resolve);
  });
});

test('worlds that are concurrently used, moved, reset and dropped give only expected answers', async () => {
  const use = () => viewer('shop');
  const issue = () => lk.request.post('/~shop/user/api-keys').set('Authorization', alice);
  const move = () => lk.request.post('/~shop/_latchkey/clock/advance').send({ by: '1ms' });
  const reset = () => lk.request.post('/~shop/_latchkey/reset');
  const end = () => drop('shop');
  for (let round = 0; round < 15; round++) {
    const steps = [use, issue, move, end, reset, use, end, issue, move, use];
    const answers = await Promise.all(steps.map(async (step) => ({ step, answer: await step() })));
    for (const { step, answer } of answers) {
      const isControl = step === move || step === reset || step === end;
      expect(isControl ? [200, 404, 409] : [200, 503], answer.text).toContain(answer.status);
    }
  }
  await viewer('default').expect(200);
});
