import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { openContext, openLive, until, untilFocused } from './browser.mjs';
import { issue, startLatchkey } from './latchkey.mjs';

const worldsOf = async (latchkey) => (await latchkey.call('GET', '/_latchkey/worlds')).worlds.map(({ name }) => name).toSorted();
const keysOf = async (latchkey, world = '') => (await latchkey.call('GET', `${world}/_latchkey/keys?limit=1000`)).keys;
const open = async (t, latchkey, { path = '', ...options } = {}) => {
  const { context } = await openContext(t, options);
  return openLive(context, `${latchkey.url}${path}/_latchkey/#/worlds`);
};

test('a world is made with a seed of its own, opened and dropped, which is asked for once', async (t) => {
  const latchkey = await startLatchkey(t);
  const page = await open(t, latchkey);
  await page.getByLabel('Name').fill('shop-7');
  await page
    .getByLabel(/^Seed/)
    .fill('{"rockset":{"users":[{"email":"ann@me.com"}],"keys":[{"owner":"ann@me.com","name":"of-ann"}]}}');
  await page.getByLabel('Name').press('Enter');
  await page.getByText('shop-7 is made.').waitFor();
  await page.getByRole('row', { name: /^shop-7 2030-01-01 .* yes yes/ }).waitFor();
  await page.getByRole('link', { name: 'Open shop-7' }).click();
  await page.waitForURL(`${latchkey.url}/~shop-7/_latchkey/**`);
  await page.getByText('of-ann').first().waitFor();
  await page.goto(`${latchkey.url}/_latchkey/#/worlds`);
  await page.getByRole('button', { name: 'Drop shop-7' }).click();
  await page.getByText('Drop shop-7? This cannot be undone.').waitFor();
  await page.keyboard.press('Escape');
  assert.deepEqual(await worldsOf(latchkey), ['default', 'shop-7']);
  await untilFocused(page, 'Drop shop-7');
  await page.getByRole('button', { name: 'Drop shop-7' }).click();
  await page.getByRole('button', { name: 'Drop shop-7' }).click();
  await page.getByRole('row', { name: /^shop-7/ }).waitFor({ state: 'detached' });
  assert.deepEqual(await worldsOf(latchkey), ['default']);
});

test('a world that cannot be made says why, problem by problem', async (t) => {
  const latchkey = await startLatchkey(t);
  const page = await open(t, latchkey, { expects: [/status of 4\d\d/] });
  const make = page.getByRole('button', { name: 'Make world' });
  assert.equal(await make.isDisabled(), true);
  await page.getByLabel('Name').fill('shop-7');
  await page.getByLabel(/^Seed/).fill('{');
  await page.getByText('This is not the JSON of a seed yet.').waitFor();
  assert.equal(await make.isDisabled(), true);
  await page.getByLabel(/^Seed/).fill('{"rockset":{"keys":[{"owner":"nobody@me.com","name":"x"}]}}');
  await make.click();
  await page.getByText('/seed/rockset/keys/0').first().waitFor();
  await page.getByLabel(/^Seed/).fill('');
  await page.getByLabel('Name').fill('default');
  await make.click();
  await page
    .getByRole('alert')
    .getByText(/default/)
    .waitFor();
  assert.deepEqual(await worldsOf(latchkey), ['default']);
});

test('a snapshot is named after its world and instant, and brings its keys into another world', async (t) => {
  const latchkey = await startLatchkey(t);
  const { key } = await issue(latchkey, { name: 'kept', expiresIn: '1h' });
  const page = await open(t, latchkey);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download snapshot' }).click(),
  ]);
  assert.equal(download.suggestedFilename(), 'latchkey-default-2030-01-01T000000Z.sqlite');
  const file = await download.path();
  assert.equal((await readFile(file)).subarray(0, 15).toString(), 'SQLite format 3');
  await latchkey.call('PUT', '/_latchkey/worlds/copy', {});
  await page.goto(`${latchkey.url}/~copy/_latchkey/#/worlds`);
  await page.getByLabel('Load a snapshot, chosen or dropped here').setInputFiles(file);
  await page.getByRole('button', { name: /^Load [^a]/ }).click();
  await page.getByText(/Every key of copy is replaced/).waitFor();
  assert.ok((await keysOf(latchkey, '/~copy')).every(({ id }) => id !== key.id));
  await page.getByRole('button', { name: 'Load', exact: true }).click();
  await page.getByText(/^The keys are those of /).waitFor();
  assert.ok((await keysOf(latchkey, '/~copy')).some(({ id }) => id === key.id));
});

test('a file that is no snapshot changes nothing, and says so', async (t) => {
  const latchkey = await startLatchkey(t);
  const before = await keysOf(latchkey);
  const page = await open(t, latchkey, { expects: [/status of 400/] });
  const content = { name: 'holiday.sqlite', mimeType: 'application/octet-stream', buffer: Buffer.from('sun') };
  await page.getByLabel('Load a snapshot, chosen or dropped here').setInputFiles(content);
  await page.getByRole('button', { name: 'Load holiday.sqlite' }).click();
  await page.getByRole('button', { name: 'Load', exact: true }).click();
  await until('the refusal is told', async () => (await page.getByRole('alert').allTextContents()).some((text) => text !== ''));
  assert.deepEqual(await keysOf(latchkey), before);
});

test('a reset brings the seed back; one to empty is asked for once and leaves the first administrators', async (t) => {
  const latchkey = await startLatchkey(t);
  const seeded = (await keysOf(latchkey)).length;
  await issue(latchkey, { name: 'more', expiresIn: '1h' });
  const page = await open(t, latchkey);
  await page.getByRole('button', { name: 'Reset to empty' }).click();
  await page.getByText(/Every key except those of the first administrators is gone/).waitFor();
  await page.getByRole('button', { name: 'Keep' }).click();
  assert.equal((await keysOf(latchkey)).length, seeded + 1);
  await page.getByRole('button', { name: 'Reset to empty' }).click();
  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  await page.getByText('Only the first administrators are left.').waitFor();
  const left = await keysOf(latchkey);
  assert.ok(left.length < seeded);
  assert.deepEqual(
    [...new Set(left.map(({ name }) => name))].filter((name) => name === 'more' || name === 'member'),
    [],
  );
  await page.getByRole('button', { name: 'Reset to seed' }).click();
  await page.getByText('Keys, users and clock are as at the start.').waitFor();
  assert.equal((await keysOf(latchkey)).length, seeded);
});
