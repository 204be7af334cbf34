import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openapiFolder } from '../../../src/package.ts';
import { emulatorForTests } from '../emulator.ts';
import { alice, createKey, notFound } from './estuary.ts';

const lk = emulatorForTests();

/** The differences between documentation and server that no other test covers. */
describe('the documentation and the server', () => {
  test('the documented 400 and 404 for keys are never sent: a wrong request is answered with 200 or 500', async () => {
    const calls = ['', '?expiry=x', '?perms=x', '?expiry=%zz', '?label=%00', '?limit=-1', '?key=none'].flatMap((query) => [
      lk.request.get(`/user/api-keys${query}`).set('Authorization', alice),
      lk.request.post(`/user/api-keys${query}`).set('Authorization', alice),
    ]);
    const statuses = (await Promise.all(calls)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200, 500]));
  });

  test('an error is wrapped, so that the flat model of generated clients stays empty', async () => {
    const { body } = await lk.request.post('/user/api-keys?perms=x').set('Authorization', alice).expect(500);
    expect(Object.keys(body)).toEqual(['error']);
    expect(Object.keys(body.error)).toEqual(['code', 'reason', 'details']);
  });

  test('a key is revoked at once, however recently it was used', async () => {
    const { token } = await createKey(lk);
    const use = () => lk.request.get('/viewer').set('Authorization', `Bearer ${token}`);
    await use().expect(200);
    await lk.request.delete(`/user/api-keys/${token}`).set('Authorization', alice).expect(200);
    await use().expect(401);
    lk.world.clock.advance(10_000);
    await use().expect(401);
  });

  test('/keys, a redesign of the key routes that was never merged, is unknown', async () => {
    for (const path of ['/keys', '/keys/x', '/estuary/keys', '/estuary/v2/keys']) await lk.request.get(path).expect(404);
    const planned = await lk.request.get('/user/utilization').set('Authorization', alice).expect(404);
    expect(planned.text).toBe(notFound);
  });

  test('the version of the document is 0.0.0 whatever the version of the server', () => {
    const document = JSON.parse(readFileSync(join(openapiFolder, 'estuary.json'), 'utf8'));
    expect(document.info.version).toBe('0.0.0');
    expect(document.components.securitySchemes.bearerAuth).toMatchObject({ type: 'apiKey', in: 'header', name: 'Authorization' });
  });
});
