import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { revokeKey, suspendKey } from '../../src/core/api-key.ts';
import { EmulatorError } from '../../src/core/errors.ts';
import { type KeyDraft, KeyService } from '../../src/core/key-service.ts';
import { worldInMemory } from '../store/world-in-memory.ts';

const secret = 'xK7-the-whole-secret-9Qz';
const draft: KeyDraft = { tenant: 'north', owner: 'ada', secret, hint: 'xK7', keepSecret: true, expiresAt: 2_000 };

/** Everything that a log, a journal or an answer could show of a value. */
function shownOf(value: unknown): string {
  const message = value instanceof Error ? `${value.message} ${value.stack} ${String(value.cause)}` : '';
  return `${String(value)} ${JSON.stringify(value)} ${inspect(value, { depth: null, showHidden: true })} ${message}`;
}

const thrownBy = (call: () => Promise<unknown>) =>
  call().then(
    () => expect.unreachable('it throws'),
    (error: unknown) => error,
  );

test('no error of the core and no key shows a secret', async () => {
  const world = worldInMemory();
  const keys = new KeyService('alpha', world.keys);
  const full = () => {
    throw new EmulatorError('key_limit_reached', { limit: 1 });
  };
  const shown: unknown[] = [
    await thrownBy(async () => keys.authenticate(secret, 1_000)),
    await thrownBy(async () => keys.issue(draft, 1_000, { siblings: {}, admit: full })),
    await thrownBy(async () => keys.issue({ ...draft, expiresAt: Number.NaN }, 1_000)),
    await keys.issue(draft, 1_000),
    await thrownBy(async () => keys.issue(draft, 1_000)),
    await thrownBy(async () => keys.issue({ ...draft, id: (await keys.findFirst({}))?.id ?? '', secret: `${secret}2` }, 1_000)),
    await keys.authenticate(secret, 1_000),
    await thrownBy(async () => keys.authenticate(secret, 2_001)),
    await thrownBy(async () => keys.change({}, (key) => ({ ...key, owner: 'bob' }))),
    await keys.change({}, (key) => suspendKey(key, 1_100)),
    await thrownBy(async () => keys.authenticate(secret, 1_000)),
    await keys.change({}, (key) => revokeKey(key, 1_200)),
    await thrownBy(async () => keys.authenticate(secret, 1_000)),
    await thrownBy(async () => keys.change({}, (key) => suspendKey(key, 1_300))),
    await keys.introspect(secret, 1_000),
    await keys.find({}),
    await keys.findFirst({}),
    keys,
    world,
  ];
  world.close();
  expect(shown.map(shownOf).filter((text) => text.includes(secret))).toEqual([]);
});
