import pino from 'pino';
import { afterAll, describe, expect, test } from 'vitest';
import { startTestEmulator, type TestEmulator } from '../support/emulator.ts';
import { reportOf } from './latchkeys.ts';
import { actors } from './scenes/index.ts';
import { callWith } from './scenes/scene.ts';

/** Of a secret not more than half may be told: this much of it from any place is too much. */
const tooMuch = 40;

const running: TestEmulator[] = [];
afterAll(async () => {
  for (const lk of running) await lk.close();
});

/** Everything that a latchkey tells of the requests that it has answered. */
async function toldBy(lk: TestEmulator, logged: readonly string[]): Promise<string> {
  const { body, text } = await lk.request.get('/_latchkey/requests?limit=100').expect(200);
  const entries: readonly { readonly id: string }[] = body.requests;
  const explained: string[] = [];
  for (const { id } of entries) explained.push((await lk.request.get(`/_latchkey/requests/${id}`).expect(200)).text);
  const keys = await lk.request.get('/_latchkey/keys').expect(200);
  return [text, ...explained, keys.text, JSON.stringify(await reportOf(lk)), ...logged].join('\n');
}

/** Whether some long enough part of a secret is told, plain or percent-encoded. */
function isTold(secret: string, told: string): boolean {
  const parts = Array.from({ length: Math.max(1, secret.length - tooMuch + 1) }, (_, at) => secret.slice(at, at + tooMuch));
  return parts.some((part) => told.includes(part) || told.includes(encodeURIComponent(part)));
}

describe.each(actors)('lose-new-key@$provider', (actor) => {
  test('the secret that was answered and lost is told nowhere', async () => {
    const logged: string[] = [];
    const logger = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
    const lk = await startTestEmulator({ mutant: { name: 'lose-new-key', provider: actor.provider }, logger });
    running.push(lk);
    const issued = await actor.issue?.(lk);
    const secret = issued?.secret ?? '';
    expect(secret.length).toBeGreaterThan(tooMuch);
    const word = secret.replace(/:.*/, '');
    await callWith(lk, actor, secret).expect(actor.refused);
    for (const other of actors) {
      await callWith(lk, other, secret);
      await lk.request.get(`/${other.provider}/${encodeURIComponent(word)}?q=${encodeURIComponent(word)}&x=a${word}b`);
      const said = { note: `it is ${word}.`, [word]: 1, nested: [{ anything: word }] };
      await lk.request.post(`/${other.provider}${other.path}`).set('x-odd', `<${word}>`).set('cookie', `a=${word}`).send(said);
    }
    await lk.request.get(`/nowhere/${encodeURIComponent(word)}`).set('user-agent', `client ${word}`);
    await lk.request.post('/_latchkey/mark').send({ text: `test of ${word}` });
    await callWith(lk, actor, secret);
    await lk.world.reset('everything');
    await callWith(lk, actor, secret);
    const told = await toldBy(lk, logged);
    expect(told).toContain('lose-new-key');
    expect(isTold(word, told)).toBe(false);
    expect(isTold(`${word}x`.slice(1), `a${word}x`)).toBe(true);
  });

  test('the lists show the new key, and nothing accepts its secret', async () => {
    const lk = await startTestEmulator({ mutant: { name: 'lose-new-key', provider: actor.provider } });
    running.push(lk);
    lk.world.clock.freeze();
    const secret = (await actor.issue?.(lk))?.secret ?? '';
    const { body } = await lk.request.post('/_latchkey/introspect').send({ secret }).expect(200);
    expect(body).toEqual({ active: false, provider: null, reason: 'key_unknown', key: null });
    const keys = await lk.world.keys(actor.provider).find({ kind: 'key' });
    expect(keys.at(-1)).toMatchObject({ state: 'active', createdAt: lk.world.clock.now() });
    expect(secret).toContain(keys.at(-1)?.hint);
  });
});
