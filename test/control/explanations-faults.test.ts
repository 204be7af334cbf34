import { expect, test } from 'vitest';
import * as estuary from '../providers/estuary/estuary.ts';
import * as rockset from '../providers/rockset/rockset.ts';
import { emulatorForTests } from '../support/emulator.ts';
import { explainedLast, explanation, inHeader, keys, organization, permitted, presenting, used } from './explained.ts';

const lk = emulatorForTests();
const get = (path: string, headers: Readonly<Record<string, string>> = {}) => lk.request.get(path).set(headers);
const control = (path: string, body: object = {}) => lk.request.post(`/_latchkey${path}`).send(body).expect(200);
const inject = async (fault: object): Promise<string> => (await control('/faults', fault)).body.id;
const idOf = async (owner: string) => (await lk.world.store.keys.find({ owner }))[0]?.id ?? '';

const viewer = { provider: 'estuary', path: '/viewer', operation: 'viewerGet' } as const;

test('an answer that a fault gave is explained by that fault', async () => {
  const id = await inject({ effect: { status: 429, retryAfter: 2 } });
  await get('/viewer', { Authorization: estuary.alice }).expect(429);
  const credential = inHeader('authorization', 'EST00000000', 'not read');
  const injected = { verdict: 'injected', sentence: `An injected fault decided the answer: ${id}.`, faults: [id], status: 429 };
  expect(await explainedLast(lk)).toEqual(explanation({ ...viewer, ...injected, credential }));
});

test('a connection that a fault broke is explained by that fault, without a status', async () => {
  const id = await inject({ effect: { reset: true } });
  await expect(fetch(`${lk.url}/viewer`)).rejects.toThrow('fetch failed');
  const injected = { verdict: 'injected', sentence: `An injected fault decided the answer: ${id}.`, faults: [id], status: 0 };
  expect(await explainedLast(lk)).toEqual(explanation({ ...viewer, ...injected }));
});

test('a fault that only delays does not hide why a request was refused', async () => {
  const id = await inject({ effect: { delay: '1ms' } });
  await get('/viewer').expect(401);
  const refusal = {
    verdict: 'no credential',
    sentence: 'The request carries no credential that estuary reads: send Authorization: Bearer <key>.',
  };
  const answer = { faults: [id], status: 401, code: 'credential_missing' };
  expect(await explainedLast(lk)).toEqual(explanation({ ...viewer, ...refusal, ...answer }));
});

test('a new key that a fault still hides is told apart from an unknown key', async () => {
  await inject({ effect: { propagation: { issue: '10s' } } });
  const { credential } = await lk.world.addKey('rockset', { owner: 'admin@me.com', name: 'late', secret: 'l'.repeat(64) });
  await get('/v1/orgs/self', { Authorization: credential.header?.value ?? '' }).expect(401);
  expect(await explainedLast(lk)).toEqual(
    explanation({
      ...organization,
      verdict: 'key not seen yet',
      credential: inHeader('authorization', 'llllll'),
      sentence: 'The key llllll… (late) of admin@me.com was issued, but a fault still hides it from rockset.',
      key: { ...keys.rocksetAdmin, name: 'late', hint: 'llllll' },
      status: 401,
      code: 'key_unknown',
    }),
  );
});

test('a revoked key that is still accepted for a while is told apart from an active key', async () => {
  await inject({ effect: { propagation: { revoke: '10s' } } });
  await control(`/keys/${await idOf('reader@me.com')}/revoke`);
  lk.world.clock.advance(5000);
  await get('/v1/orgs/self', { Authorization: rockset.reader }).expect(200);
  const at = '2030-01-01T00:00:05.000Z';
  expect(await explainedLast(lk)).toEqual(
    explanation({
      ...organization,
      ...presenting.reader,
      ...permitted('GET_ORG_GLOBAL'),
      verdict: 'answered',
      at,
      status: 200,
      sentence:
        'The key reader… (reader) of reader@me.com was revoked 5 s earlier, at 2030-01-01T00:00:00.000Z, but a fault still hides this from rockset.',
      key: { ...used(keys.reader, at), state: 'revoked', revokedAt: '2030-01-01T00:00:00.000Z' },
    }),
  );
});
