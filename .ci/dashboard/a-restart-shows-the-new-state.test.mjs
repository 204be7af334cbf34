import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openContext, untilLive } from './browser.mjs';
import { issue, startLatchkey, useKey } from './latchkey.mjs';

test('after latchkey was killed and started again, the page shows the new one and nothing of the old one', async (t) => {
  const old = await startLatchkey(t);
  const { context } = await openContext(t, { expects: [/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_CONNECTION_RESET/] });
  const page = await context.newPage();
  await page.goto(`${old.url}/_latchkey/`);
  await untilLive(page);
  const { secret } = await issue(old, { name: 'of-the-old-one' });
  await useKey(old, secret);
  await page.getByRole('row', { name: /of-the-old-one/ }).waitFor();
  await page.getByRole('row', { name: /200 GET/ }).waitFor();
  await old.stop('SIGKILL');
  await page
    .getByText(/not connected for/)
    .first()
    .waitFor();
  // What it knows stays, but nothing can be done.
  assert.equal(await page.getByRole('row', { name: /of-the-old-one/ }).count(), 1);
  assert.equal(await page.getByRole('button', { name: '+1h' }).isDisabled(), true);
  const renewed = await startLatchkey(t, [], { port: old.port });
  await issue(renewed, { name: 'of-the-new-one' });
  await page.getByRole('row', { name: /of-the-new-one/ }).waitFor({ timeout: 15_000 });
  await untilLive(page);
  assert.equal(await page.getByText('of-the-old-one').count(), 0);
  assert.equal(await page.getByRole('row', { name: /200 GET/ }).count(), 0);
});
