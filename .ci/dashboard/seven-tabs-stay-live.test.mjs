import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openContext, openLive } from './browser.mjs';
import { issue, startLatchkey } from './latchkey.mjs';

const sees = (name) => (page) => page.getByRole('row', { name: new RegExp(name) }).waitFor();

// A browser opens six connections to a host: with a stream for each tab, the seventh would hang.
test('the seventh tab loads, all are live, and they stay so when the one that streams is closed', async (t) => {
  const latchkey = await startLatchkey(t);
  const { context } = await openContext(t);
  const pages = [];
  for (let count = 0; count < 7; count++) pages.push(await openLive(context, `${latchkey.url}/_latchkey/`));
  await issue(latchkey, { name: 'for-all-seven' });
  await Promise.all(pages.map(sees('for-all-seven')));
  const [first, ...others] = pages;
  await first.close();
  await issue(latchkey, { name: 'for-the-six' });
  await Promise.all(others.map(sees('for-the-six')));
  await issue(latchkey, { name: 'and-once-more' });
  await Promise.all(others.map(sees('and-once-more')));
  // Each shows the key once, not once for each stream.
  for (const page of others) assert.equal(await page.getByRole('row', { name: /for-the-six/ }).count(), 1);
});
