import { test } from 'node:test';
import { assertAccepted, assertRefused, assertUsed, useLatchkey } from 'latchkey/node-test';

const latchkey = useLatchkey({ clock: '2030-01-01T00:00:00Z' });

for (const name of ['one', 'other']) {
  test(`the ${name} key is refused while it is suspended`, async () => {
    const lk = latchkey();
    const issued = await lk.keys.issue({ provider: 'rockset', owner: 'member@me.com', name: 'same' });
    const organization = () =>
      fetch(`${lk.urls['rockset']}/v1/orgs/self`, { headers: { authorization: `ApiKey ${issued.secret}` } });
    await assertAccepted(lk, organization());
    await assertUsed(lk, issued);
    await lk.keys.suspend(issued.key.id);
    await assertRefused(lk, organization(), 'key_suspended');
  });
}
