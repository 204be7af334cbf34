// A person who looks at a latchkey that errs on purpose sees that first, wherever they are.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from './axe.mjs';
import { openContext, openLive } from './browser.mjs';
import { startLatchkey, useKey } from './latchkey.mjs';

const words = 'This latchkey accepts unknown keys of rockset on purpose (accept-unknown)';
const mutant = ['--mutant', 'accept-unknown@rockset'];
const screens = ['', 'faults', 'worlds', 'try'];

/** The banner, which has to be red: no other one is. */
const bannerOf = (page) => page.locator('p.alarm[role=alert]');

for (const scheme of ['light', 'dark'])
  test(`on every screen, in every world, in the ${scheme}`, async (t) => {
    const latchkey = await startLatchkey(t, mutant);
    assert.equal((await useKey(latchkey, 'never0issued')).status, 200);
    const { context } = await openContext(t, { scheme });
    await latchkey.call('PUT', '/_latchkey/worlds/shop-7', {});
    await useKey(latchkey, 'never0issued', { world: '/~shop-7' });
    for (const world of ['', '/~shop-7']) {
      const page = await openLive(context, `${latchkey.url}${world}/_latchkey/`);
      for (const screen of screens) {
        await page.evaluate((to) => {
          location.hash = `#/${to}`;
        }, screen);
        await page.getByRole('navigation').locator('[aria-current=page]').waitFor();
        assert.equal((await bannerOf(page).innerText()).trim(), words);
        await assertAccessible(page, `the banner on ${screen || 'overview'}`);
      }
      await page.evaluate(() => {
        location.hash = '#/';
      });
      // What it decided is marked, with what the provider itself answers.
      await page.getByRole('row', { name: /200 GET .* mutant accept-unknown/ }).click();
      const detail = page.getByRole('region', { name: 'Request', exact: true });
      await detail.getByText('mutated').waitFor();
      await detail.getByText('401 key_unknown').waitFor();
      await page.close();
    }
  });

test('before a token is given, too', async (t) => {
  const latchkey = await startLatchkey(t, mutant, { adminToken: 's3cret-token' });
  const { context } = await openContext(t, { expects: [/status of 401/] });
  const page = await context.newPage();
  await page.goto(`${latchkey.url}/_latchkey/`);
  await page.getByLabel('Token').waitFor();
  await bannerOf(page).waitFor();
  assert.equal((await bannerOf(page).innerText()).trim(), words);
});

test('where a world is asked for that there is not', async (t) => {
  const latchkey = await startLatchkey(t, mutant);
  const { context } = await openContext(t, { expects: [/status of 404/] });
  const page = await context.newPage();
  await page.goto(`${latchkey.url}/~nowhere/_latchkey/`);
  await bannerOf(page).waitFor();
  assert.deepEqual(
    (await latchkey.call('GET', '/_latchkey/worlds')).worlds.map(({ name }) => name),
    ['default'],
  );
});

test('after it was started anew with a mutant, and no longer once it is started without', async (t) => {
  const plain = await startLatchkey(t);
  const { context } = await openContext(t, {
    expects: [/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE|ERR_CONNECTION_RESET|Failed to load/],
  });
  const page = await openLive(context, `${plain.url}/_latchkey/`);
  assert.equal(await bannerOf(page).count(), 0);
  await plain.stop();
  const liar = await startLatchkey(t, mutant, { port: plain.port });
  await bannerOf(page).waitFor();
  await liar.stop();
  await startLatchkey(t, [], { port: plain.port });
  await bannerOf(page).waitFor({ state: 'detached' });
});

test('one that only records what would err has nothing to say', async (t) => {
  const latchkey = await startLatchkey(t, ['--mutant', 'none']);
  const { context } = await openContext(t);
  const page = await openLive(context, `${latchkey.url}/_latchkey/`);
  assert.equal(await page.getByRole('alert').filter({ hasText: /\w/ }).count(), 0);
});
