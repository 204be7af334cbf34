import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openContext, openLive, untilLive } from './browser.mjs';
import { issue, startLatchkey, useKey } from './latchkey.mjs';

const hostile = '<img src=x onerror=alert(1)>';

test('markup in a path, a client, a key, a fault and a world is shown as text, wherever it stands', async (t) => {
  const latchkey = await startLatchkey(t);
  const { context } = await openContext(t);
  const page = await openLive(context, `${latchkey.url}/_latchkey/`);
  const alerts = [];
  page.on('dialog', (dialog) => {
    alerts.push(dialog.message());
    return dialog.dismiss();
  });
  const { key, secret } = await issue(latchkey, { name: hostile });
  const path = `/v1/orgs/self?x=${encodeURIComponent(hostile)}`;
  await useKey(latchkey, secret, { path, headers: { 'user-agent': hostile } });
  await useKey(latchkey, hostile.replaceAll(' ', '_'), { path: `/rockset/${hostile.replaceAll(' ', '%20')}` });
  await latchkey.call('POST', '/_latchkey/faults', {
    match: { path: hostile },
    effect: { respond: { status: 200, body: hostile } },
  });
  await latchkey.call('POST', '/_latchkey/mark', { text: hostile });
  const noMarkup = async (where) => {
    assert.equal(await page.locator('img').count(), 0, `${where}: markup became an element`);
    assert.deepEqual(alerts, [], where);
  };
  await page.getByRole('row', { name: hostile }).first().waitFor();
  await noMarkup('the lists');
  await page.goto(`${latchkey.url}/_latchkey/#/keys/${key.id}`);
  await page.getByText(hostile).first().waitFor();
  await noMarkup("the key's details");
  const { requests } = await latchkey.call('GET', '/_latchkey/requests');
  for (const { id } of requests) {
    await page.goto(`${latchkey.url}/_latchkey/#/requests/${id}`);
    await page.getByRole('heading', { name: new RegExp(`#${id}`) }).waitFor();
    for (const summary of await page.locator('summary').all()) await summary.click();
    await noMarkup(`the details of request ${id}`);
  }
  await page.goto(`${latchkey.url}/_latchkey/#/faults`);
  await page.getByRole('cell', { name: hostile }).first().waitFor();
  await noMarkup('the faults');
  // An address that somebody was made to open.
  await page.goto(`${latchkey.url}/_latchkey/#/keys/${encodeURIComponent(hostile)}?q=${encodeURIComponent(hostile)}`);
  await page.reload();
  await untilLive(page);
  await noMarkup('the address');
});
