import { expect, test } from 'vitest';
import { Connections } from '../../src/store/postgres/connections.ts';

test.each([
  ['postgres://user:s3cret@host:5432/latchkey', 'postgres://host:5432/latchkey'],
  ['postgres://user@server:s3cret@host/latchkey', 'postgres://host/latchkey'],
  ['postgres://u:a@s3cret@127.0.0.1:1/x', 'postgres://127.0.0.1:1/x'],
  ['postgresql://user:s3cret@/latchkey?host=/tmp&password=s3cret', 'postgresql:///latchkey'],
  ['postgres://host/latchkey?password=s3cret', 'postgres://host/latchkey'],
  ['postgres://user:s3/cret@host/latchkey', 'postgres://host/latchkey'],
])('no message shows a password: %s', async (url, shown) => {
  const connections = new Connections(url);
  expect(connections.shown).toBe(shown);
  const refused = connections.check();
  await expect(refused).rejects.toThrow(/^cannot use the database postgres/);
  await expect(refused).rejects.not.toThrow(/s3/);
  await connections.close();
});
