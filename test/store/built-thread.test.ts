import { expect, test } from 'vitest';
import { hashSecret } from '../../src/core/secret.ts';
import { migrationsFolder } from '../../src/package.ts';
import { SqliteWorldStore } from '../../src/store/sqlite-world-store.ts';
import { serveCommand } from '../support/command.ts';
import { keyOf } from './key-of.ts';

/** The content of a snapshot that is large enough for the thread. */
function largeSnapshot(): Buffer {
  const store = new SqliteWorldStore(':memory:', migrationsFolder);
  const keys = Array.from({ length: 3_000 }, (_, index) => {
    const keptSecret = `${index}`.padStart(200, 'x');
    return { key: keyOf(`k${index}`, { hash: hashSecret(keptSecret), hint: keptSecret.slice(0, 6) }), keptSecret };
  });
  store.seed([{ provider: 'alpha', keys, resources: [] }], 1, false);
  const file = store.snapshot();
  store.close();
  return file;
}

test('found 6.10: the built command checks a large snapshot in a thread of its own', async () => {
  const { url } = await serveCommand(['--log-level', 'silent']);
  const put = (body: Buffer) => fetch(`${url}/_latchkey/snapshot`, { method: 'PUT', body: new Uint8Array(body) });
  const file = largeSnapshot();
  expect(file.length).toBeGreaterThan(1 << 20);
  expect(await (await put(file)).json()).toEqual({ restored: true });
  const keys: { readonly total: number } = JSON.parse(await (await fetch(`${url}/_latchkey/keys`)).text());
  expect(keys.total).toBe(3_000);
  const refused = await put(file.fill(0xff, 8192 * 20, 8192 * 21));
  expect([refused.status, await refused.json()]).toEqual([
    400,
    { error: { code: 'request_invalid', message: 'the snapshot cannot be used: it is damaged', details: null } },
  ]);
});
