import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { openContext, openLive, untilFocused } from './browser.mjs';
import { send, startLatchkey } from './latchkey.mjs';

const root = new URL('../..', import.meta.url).pathname;

test('the lines for curl work as they are copied, and the request that they send is seen', async (t) => {
  const latchkey = await startLatchkey(t);
  const { context } = await openContext(t, { permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await openLive(context, `${latchkey.url}/_latchkey/#/try`);
  for (const provider of ['estuary', 'kps', 'rockset', 'whylabs']) {
    await page.getByRole('tab', { name: provider }).click();
    await page.getByText(`Nothing has arrived for ${provider} yet.`).waitFor();
    await page.getByRole('button', { name: /^Copy the lines for curl/ }).click();
    await page.getByText('copied', { exact: true }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    const { status, stderr } = spawnSync('bash', ['-euc', copied], { cwd: root, encoding: 'utf8' });
    assert.equal(status, 0, `${copied}\n${stderr}`);
    await page.getByText(/Your request has arrived: #\w+, 200/).waitFor();
  }
});

test('each address that is shown answers, in a world over https too', async (t) => {
  const latchkey = await startLatchkey(t, ['--tls', 'self-signed']);
  await latchkey.call('PUT', '/_latchkey/worlds/shop-7', {});
  const { context } = await openContext(t);
  const page = await openLive(context, `${latchkey.url}/~shop-7/_latchkey/#/try`);
  await page.getByRole('tab', { name: 'rockset' }).click();
  const shown = await page.getByRole('group', { name: 'Address' }).locator('code').allTextContents();
  assert.equal(shown.length, 4);
  assert.ok(
    shown.every((url) => url.includes('shop-7')),
    shown.join(' '),
  );
  const { rockset } = await latchkey.call('GET', '/~shop-7/_latchkey/credentials');
  const [{ header }] = rockset.credentials;
  for (const url of shown) {
    // Names below localhost are looked up by browsers and curl; the test asks for the address and names the host.
    const { host } = new URL(url);
    const answer = await send(`${url.replace(/\/\/[^/:]+/, '//127.0.0.1')}/v1/orgs/self`, {
      headers: { [header.name]: header.value, host },
    });
    assert.equal(answer.status, 200, url);
  }
  const { count } = await latchkey.call('GET', '/~shop-7/_latchkey/requests/count?status=200');
  assert.equal(count, shown.length);
});

test('the arrows, Home and End choose among the providers', async (t) => {
  const latchkey = await startLatchkey(t);
  const { context } = await openContext(t);
  const page = await openLive(context, `${latchkey.url}/_latchkey/#/try`);
  const chosen = () => page.getByRole('tab', { selected: true }).textContent();
  await page.getByRole('tab', { selected: true }).focus();
  const found = [];
  for (const key of ['ArrowRight', 'End', 'ArrowRight', 'ArrowLeft', 'Home']) {
    await page.keyboard.press(key);
    found.push(await chosen());
    await untilFocused(page, found.at(-1));
  }
  assert.deepEqual(found, ['kps', 'whylabs', 'estuary', 'whylabs', 'estuary']);
});
