import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openContext, openLive, until } from './browser.mjs';
import { issue, startLatchkey, useKey } from './latchkey.mjs';

const faultsOf = async (latchkey) => (await latchkey.call('GET', '/_latchkey/faults')).faults;
const open = async (t, latchkey, options = {}) => {
  const { context } = await openContext(t, options);
  return openLive(context, `${latchkey.url}/_latchkey/#/faults`);
};
const json = (page) => page.getByLabel('The same as JSON');
const draft = async (page) => JSON.parse(await json(page).inputValue());
const add = (page) => page.getByRole('button', { name: 'Add fault' }).click();

test('a fault that is chosen by form hits the request that it names, and is gone', async (t) => {
  const latchkey = await startLatchkey(t);
  const { secret } = await issue(latchkey, { name: 'nightly', expiresIn: '1h' });
  const page = await open(t, latchkey);
  await page.getByText('No fault lies in wait.').waitFor();
  await page.getByLabel('Provider', { exact: true }).selectOption('rockset');
  await page.getByLabel('Operation', { exact: true }).selectOption('getOrganization');
  await page.getByLabel('Status', { exact: true }).fill('429');
  await page.getByLabel(/^Times/).fill('2');
  assert.deepEqual(await draft(page), {
    match: { provider: 'rockset', operation: 'getOrganization' },
    effect: { status: 429 },
    times: 2,
    ttl: '60s',
  });
  await add(page);
  const row = page.getByRole('row', { name: /^f1 rockset, getOrganization status 429 0 of 2 at most \d+ s/ });
  await row.waitFor();
  assert.equal((await useKey(latchkey, secret)).status, 429);
  await page.getByRole('row', { name: /1 of 2/ }).waitFor();
  assert.equal((await useKey(latchkey, secret)).status, 429);
  await page.getByText('No fault lies in wait.').waitFor();
  assert.equal((await useKey(latchkey, secret)).status, 200);
});

test('what is written as JSON is shown by the form, and the form leaves alone what it does not know', async (t) => {
  const latchkey = await startLatchkey(t);
  const page = await open(t, latchkey, { expects: [/status of 400/] });
  await json(page).fill('{"effect":{"status":429,"retryAfter":2},"skip":1,"match":{"path":"/v1/*"}}');
  assert.equal(await page.getByLabel('Status', { exact: true }).inputValue(), '429');
  await page.getByLabel('Status', { exact: true }).fill('503');
  await page.getByLabel('Provider', { exact: true }).selectOption('rockset');
  assert.deepEqual(await draft(page), {
    effect: { status: 503, retryAfter: 2 },
    skip: 1,
    match: { provider: 'rockset', path: '/v1/*' },
  });
  await json(page).fill('{"effect":');
  await page.getByText('This is not the JSON of a fault yet.').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Add fault' }).isDisabled(), true);
  await page.getByLabel('accept a revoked key a little longer').check();
  await page.getByLabel('Longer by').fill('30s');
  await add(page);
  // Such a fault can be limited to a provider only, as latchkey says; the form did not hide it.
  await page.getByText(/propagation can be limited to a provider only/).waitFor();
  assert.deepEqual(await faultsOf(latchkey), []);
});

test('a refusal is told at the field that it is about, and goes with the next success', async (t) => {
  const latchkey = await startLatchkey(t);
  const page = await open(t, latchkey, { expects: [/status of 400/] });
  await page.getByLabel(/^Times/).fill('0');
  await add(page);
  const times = page.locator('#fault-times-problem');
  await until('the problem is told', async () => (await times.textContent()) !== '');
  await page.getByLabel(/^Times/).fill('1');
  await page.getByLabel('Status', { exact: true }).fill('418');
  await page.getByLabel('Provider', { exact: true }).selectOption('rockset');
  await add(page);
  await page.getByText(/rockset documents no status 418/).waitFor();
  assert.equal(await times.textContent(), '');
  await page.getByLabel('Status', { exact: true }).fill('503');
  await add(page);
  await page.getByRole('row', { name: /^f1 / }).waitFor();
  assert.equal(await page.getByText(/documents no status/).count(), 0);
});

test('faults that others add and remove are seen; one is removed, and all', async (t) => {
  const latchkey = await startLatchkey(t);
  const page = await open(t, latchkey);
  for (const status of [429, 500, 503])
    await latchkey.call('POST', '/_latchkey/faults', { match: { provider: 'rockset' }, effect: { status } });
  await page.getByRole('row', { name: /^f3 / }).waitFor();
  await page.getByRole('button', { name: 'Remove f2' }).click();
  await page.getByRole('row', { name: /^f2 / }).waitFor({ state: 'detached' });
  assert.deepEqual(
    (await faultsOf(latchkey)).map(({ id }) => id),
    ['f1', 'f3'],
  );
  await latchkey.call('DELETE', '/_latchkey/faults/f1');
  await page.getByRole('row', { name: /^f1 / }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Remove all' }).click();
  await page.getByText('No fault lies in wait.').waitFor();
  assert.deepEqual(await faultsOf(latchkey), []);
});

test('a fault that has lived its time is not shown any longer', async (t) => {
  const latchkey = await startLatchkey(t);
  const page = await open(t, latchkey);
  await page.getByLabel(/^Lasts/).fill('1s');
  await add(page);
  await page.getByRole('row', { name: /^f1 / }).waitFor();
  await page.getByText('No fault lies in wait.').waitFor();
});
