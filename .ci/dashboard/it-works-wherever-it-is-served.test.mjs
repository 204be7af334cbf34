import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openContext, openLive, until, untilLive } from './browser.mjs';
import { issue, startLatchkey, useKey } from './latchkey.mjs';
import { startProxy } from './proxy.mjs';

/** What has to work wherever the page is: it shows a key, moves the clock, and hears of a request. */
async function assertWorks(page, latchkey, world = '') {
  const { secret } = await issue(latchkey, { name: 'issued-elsewhere', expiresIn: '1h' }, world);
  await page.getByRole('row', { name: /issued-elsewhere/ }).waitFor();
  await page.getByRole('button', { name: '+1m' }).click();
  await until('the clock is moved', async () => {
    const { now } = await latchkey.call('GET', `${world}/_latchkey/clock`);
    return now === '2030-01-01T00:01:00.000Z';
  });
  await useKey(latchkey, secret, { world });
  await page.getByRole('row', { name: /200 GET .*\/v1\/orgs\/self/ }).waitFor();
}

/** A world whose clock stands where that of the default world does. */
async function makeWorld(latchkey, name) {
  await latchkey.call('PUT', `/_latchkey/worlds/${name}`, {});
  await latchkey.call('POST', `/~${name}/_latchkey/clock/freeze`);
  await latchkey.call('PUT', `/~${name}/_latchkey/clock`, { now: '2030-01-01T00:00:00Z' });
}

test('below a world', async (t) => {
  const latchkey = await startLatchkey(t);
  await makeWorld(latchkey, 'shop-7');
  const { context } = await openContext(t);
  const page = await openLive(context, `${latchkey.url}/~shop-7/_latchkey/`);
  await assertWorks(page, latchkey, '/~shop-7');
  assert.match(await page.title(), /shop-7/);
});

for (const keepsHost of [true, false])
  test(`behind a path, with Host ${keepsHost ? 'kept' : 'rewritten'}, and in a world there`, async (t) => {
    const latchkey = await startLatchkey(t);
    await makeWorld(latchkey, 'shop-8');
    const proxy = await startProxy(t, latchkey.port, { path: '/tools/lk', keepsHost });
    const { context } = await openContext(t);
    await assertWorks(await openLive(context, `${proxy}/_latchkey/`), latchkey);
    const page = await openLive(context, `${proxy}/~shop-8/_latchkey/`);
    await assertWorks(page, latchkey, '/~shop-8');
    await page.goto(`${proxy}/~shop-8/_latchkey/#/worlds`);
    await page.getByRole('link', { name: 'Open default' }).click();
    await page.waitForURL(`${proxy}/_latchkey/**`);
    await untilLive(page);
  });

test('over https', async (t) => {
  const latchkey = await startLatchkey(t, ['--tls', 'self-signed']);
  const { url } = await latchkey.call('GET', '/_latchkey/tls');
  const { context } = await openContext(t);
  await assertWorks(await openLive(context, `${url}/_latchkey/`), latchkey);
});

test('with an admin token that is typed, a wrong one first', async (t) => {
  const latchkey = await startLatchkey(t, [], { adminToken: 's3cret-token' });
  const { context } = await openContext(t, { expects: [/status of 401/] });
  const page = await context.newPage();
  await page.goto(`${latchkey.url}/_latchkey/`);
  const field = page.getByLabel('Token');
  await field.fill('wrong');
  await field.press('Enter');
  await page.getByText('That token was not accepted.').waitFor();
  await field.fill('s3cret-token');
  await field.press('Enter');
  await untilLive(page);
  await assertWorks(page, latchkey);
  // It outlives a reload of the tab, but is in no store that other tabs or later days see.
  assert.doesNotMatch(await page.evaluate(() => JSON.stringify(localStorage) + document.cookie), /s3cret/);
  await page.reload();
  await untilLive(page);
});

test('with an admin token in its address, which it takes out, and which nothing but Authorization carries', async (t) => {
  const latchkey = await startLatchkey(t, [], { adminToken: 's3cret-token' });
  const seen = [];
  const proxy = await startProxy(t, latchkey.port, { path: '/lk', keepsHost: true, seen });
  const { context } = await openContext(t);
  const page = await openLive(context, `${proxy}/_latchkey/#token=s3cret-token`);
  await assertWorks(page, latchkey);
  assert.doesNotMatch(page.url(), /s3cret|token/);
  assert.equal(await page.evaluate(() => history.length), 2);
  assert.ok(seen.length > 5);
  for (const { url, headers } of seen) {
    const { authorization, ...others } = headers;
    assert.doesNotMatch(url + JSON.stringify(others), /s3cret/);
    const isFile = /\/_latchkey\/(ui\/.*)?$/.test(url);
    assert.equal(authorization, isFile ? undefined : 'Bearer s3cret-token', url);
  }
});
