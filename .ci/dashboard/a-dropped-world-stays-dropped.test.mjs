import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openContext, openLive, untilLive } from './browser.mjs';
import { startLatchkey } from './latchkey.mjs';

const names = async (latchkey) => (await latchkey.call('GET', '/_latchkey/worlds')).worlds.map(({ name }) => name);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

test('a world that is dropped from its own page does not come back, though two tabs show it', async (t) => {
  const latchkey = await startLatchkey(t);
  await latchkey.call('PUT', '/_latchkey/worlds/shop-7', {});
  const { context } = await openContext(t, { expects: [/status of 404/] });
  const other = await openLive(context, `${latchkey.url}/~shop-7/_latchkey/`);
  const page = await openLive(context, `${latchkey.url}/~shop-7/_latchkey/#/worlds`);
  await page.getByRole('button', { name: 'Drop shop-7' }).click();
  await page.getByRole('button', { name: 'Drop shop-7' }).click();
  await page.waitForURL(`${latchkey.url}/_latchkey/**`);
  await untilLive(page);
  await other.bringToFront();
  await other.getByText('There is no world shop-7.').first().waitFor();
  await pause(5000);
  assert.deepEqual(await names(latchkey), ['default']);
  // Only whoever asks for it gets it back.
  await other.getByRole('button', { name: 'Make it' }).click();
  await untilLive(other);
  assert.deepEqual((await names(latchkey)).toSorted(), ['default', 'shop-7']);
});
