import { test } from 'node:test';
import { assertAccepted, assertRefused, assertUsed, useLatchkey } from 'latchkey/node-test';

const latchkey = useLatchkey({ providers: ['rockset'] });

test('types', async (t) => {
  const lk = latchkey(t);
  await assertAccepted(lk, lk.credentials.rockset.admin);
  await assertRefused(lk, 'secret', 'key_unknown');
  await assertUsed(lk, '1', { operation: 'getOrganization' });
});
