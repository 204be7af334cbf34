import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { AcceptedSecrets } from '../../src/core/accepted-secrets.ts';
import { KeyService } from '../../src/core/key-service.ts';
import { hashSecret } from '../../src/core/secret.ts';
import { worldInMemory } from '../store/world-in-memory.ts';

test('the hash of a secret is the same whether it is remembered or not', () => {
  const secrets = new AcceptedSecrets();
  for (let index = 0; index < 200; index++) {
    const secret = `secret ${index}`;
    expect(secrets.hashOf(secret)).toBe(hashSecret(secret));
    secrets.keep(secret, hashSecret(secret));
    expect(secrets.hashOf(secret)).toBe(hashSecret(secret));
    expect(secrets.hashOf('secret 0')).toBe(hashSecret('secret 0'));
  }
});

test('what is kept is what was given for exactly that text, until it is forgotten', () => {
  const secrets = new AcceptedSecrets();
  secrets.keep('secret', 'kept');
  expect(['secret', 'secret ', 'Secret'].map((text) => secrets.hashOf(text) === 'kept')).toEqual([true, false, false]);
  secrets.forget();
  expect(secrets.hashOf('secret')).toBe(hashSecret('secret'));
});

test('the 65th secret drops the first 64', () => {
  const secrets = new AcceptedSecrets();
  for (let index = 0; index <= 64; index++) secrets.keep(`secret ${index}`, 'kept');
  expect(secrets.hashOf('secret 63')).not.toBe('kept');
  expect(secrets.hashOf('secret 64')).toBe('kept');
});

test('a secret that was accepted is not shown by the service that remembers it', async () => {
  const world = worldInMemory();
  const keys = new KeyService('alpha', world.keys);
  await keys.issue({ tenant: 'north', owner: 'ada', secret: 'top-secret', hint: '' }, 0);
  await keys.authenticate('top-secret', 0);
  expect(inspect(keys, { depth: null, showHidden: true }) + JSON.stringify(keys)).not.toContain('top-secret');
  world.close();
});
