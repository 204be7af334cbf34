import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { openContext, openLive, until, untilFocused } from './browser.mjs';
import { startLatchkey, useKey } from './latchkey.mjs';

const permissions = ['clipboard-read', 'clipboard-write'];
const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());
const secretIn = (text) => /its secret is shown only now: (\S+)/i.exec(text)[1];

/** Runs a line as a person would, and gives the status of the answer. */
function statusOf(line) {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', line], { encoding: 'utf8', timeout: 10_000 });
  assert.equal(status, 0, stderr);
  return Number(/^HTTP\/1\.1 (\d+)/.exec(stdout)[1]);
}

test('by mouse: a key is issued, used at its last moment, refused just after, and the request can be run again', async (t) => {
  const latchkey = await startLatchkey(t);
  const { context } = await openContext(t, { permissions });
  const page = await openLive(context, `${latchkey.url}/_latchkey/`);
  await page.getByRole('button', { name: 'Issue…' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('provider').selectOption('rockset');
  await form.getByLabel(/^owner/).fill('member@me.com');
  await form.getByLabel(/^name/).fill('nightly');
  await form.getByLabel(/^expiresIn/).fill('1h');
  await form.getByRole('button', { name: 'Issue', exact: true }).click();
  const secret = secretIn(await form.getByText(/shown only now/).textContent());
  await form.getByRole('button', { name: 'Close', exact: true }).click();
  await page.getByRole('row', { name: /rockset nightly .* active 1h/ }).waitFor();
  await page.getByRole('button', { name: 'last moment of next' }).click();
  await page.getByText('2030-01-01 01:00:00Z').first().waitFor();
  assert.equal((await useKey(latchkey, secret)).status, 200);
  await page.getByRole('row', { name: /200 GET \/v1\/orgs\/self/ }).waitFor();
  await page.getByRole('button', { name: 'just after ▸▸' }).click();
  await page.getByRole('row', { name: /nightly .* expired/ }).waitFor();
  assert.equal((await useKey(latchkey, secret)).status, 401);
  await page.getByRole('row', { name: /401 GET \/v1\/orgs\/self key expired/ }).click();
  await page.getByText(/The key .* \(nightly\) of member@me\.com .*expired 1 ?ms/).waitFor();
  await page.getByRole('button', { name: 'Copy as curl' }).click();
  await page.getByText('copied', { exact: true }).waitFor();
  const line = await clipboard(page);
  assert.ok(line.includes(secret));
  assert.equal(statusOf(line), 401);
  await page.getByRole('region', { name: 'Request', exact: true }).getByRole('button', { name: 'Go to its last moment' }).click();
  await until(
    'the clock went back',
    async () => (await latchkey.call('GET', '/_latchkey/clock')).now === '2030-01-01T01:00:00.000Z',
  );
  assert.equal(statusOf(line), 200);
});

test('by keyboard alone: the same', async (t) => {
  const latchkey = await startLatchkey(t);
  const { context } = await openContext(t, { permissions });
  const page = await openLive(context, `${latchkey.url}/_latchkey/`);
  const { keyboard } = page;
  /** Goes on with Tab until the focus is on what has this name, as somebody does who looks for it. */
  const tabTo = async (name) => {
    for (let step = 0; step < 80; step++) {
      await keyboard.press('Tab');
      const focused = await page.evaluate(() => {
        const { activeElement: element } = document;
        const labels = [...(element?.labels ?? [])].map(({ textContent }) => textContent);
        return [element?.getAttribute('aria-label'), ...labels, element?.textContent].find((text) => text)?.trim() ?? '';
      });
      if (name.test(focused)) return;
    }
    throw new Error(`Tab never came to ${name}`);
  };
  await tabTo(/^Issue…$/);
  await keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('option', { name: 'rockset' }).waitFor({ state: 'attached' });
  await tabTo(/^provider/);
  await keyboard.type('rockset');
  await tabTo(/^owner/);
  await keyboard.type('member@me.com');
  await tabTo(/^name/);
  await keyboard.type('nightly');
  await tabTo(/^expiresIn/);
  await keyboard.type('1h');
  await tabTo(/^Issue$/);
  await keyboard.press('Enter');
  const secret = secretIn(await page.getByText(/shown only now/).textContent());
  await keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await untilFocused(page, 'Issue…');
  await keyboard.press('n');
  await page.getByText('2030-01-01 01:00:00Z').first().waitFor();
  assert.equal((await useKey(latchkey, secret)).status, 200);
  await page.getByRole('row', { name: /200 GET \/v1\/orgs\/self/ }).waitFor();
  await keyboard.press('Shift+N');
  await page.getByRole('row', { name: /nightly .* expired/ }).waitFor();
  assert.equal((await useKey(latchkey, secret)).status, 401);
  await page.getByRole('row', { name: /401 GET/ }).waitFor();
  await keyboard.press('r');
  await page.getByRole('row', { name: /200 GET/ }).waitFor({ state: 'detached' });
  await keyboard.press('g');
  await keyboard.press('r');
  await keyboard.press('Home');
  await keyboard.press('Enter');
  await page.getByText(/expired 1 ?ms/).waitFor();
  await keyboard.press('c');
  await page.getByText('copied', { exact: true }).waitFor();
  const line = await clipboard(page);
  assert.equal(statusOf(line), 401);
  await tabTo(/^Go to its last moment$/);
  await keyboard.press('Enter');
  await until(
    'the clock went back',
    async () => (await latchkey.call('GET', '/_latchkey/clock')).now === '2030-01-01T01:00:00.000Z',
  );
  assert.equal(statusOf(line), 200);
  await keyboard.press('Escape');
  await page.getByRole('heading', { name: /→ 401/ }).waitFor({ state: 'detached' });
});
