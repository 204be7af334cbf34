import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from './axe.mjs';
import { openContext, openLive, untilLive } from './browser.mjs';
import { issue, startLatchkey, useKey } from './latchkey.mjs';

/** A page that is opened where its latchkey answers in a certain way. Gives the page, once it shows that. */
const states = {
  overview: async ({ latchkey, context }) => {
    const page = await openLive(context, `${latchkey.url}/_latchkey/`);
    await page.getByRole('row', { name: /401 GET/ }).waitFor();
    return page;
  },
  'a key in detail, and what is to come': async ({ latchkey, context, issued }) => {
    const page = await openLive(context, `${latchkey.url}/_latchkey/#/keys/${issued.key.id}`);
    await page.getByRole('button', { name: 'Suspend' }).waitFor();
    await page.getByRole('button', { name: /coming up/i }).click();
    await page.getByRole('button', { name: 'Revoke', exact: true }).click();
    await page.getByText('Revoke? This cannot be undone.').waitFor();
    return page;
  },
  'a refused request in detail': async ({ latchkey, context }) => {
    const page = await openLive(context, `${latchkey.url}/_latchkey/`);
    await page.getByRole('row', { name: /401 GET/ }).click();
    await page.getByRole('heading', { name: /→ 401/ }).waitFor();
    await page.getByText('key unknown').first().waitFor();
    await page.getByRole('region', { name: 'Request', exact: true }).evaluate((detail) => {
      for (const part of detail.querySelectorAll('details')) part.open = true;
    });
    return page;
  },
  'the form of a new key, with its secret': async ({ latchkey, context }) => {
    const page = await openLive(context, `${latchkey.url}/_latchkey/`);
    await page.getByRole('button', { name: 'Issue…' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('provider').selectOption('rockset');
    await form.getByLabel(/^owner/).fill('member@me.com');
    await form.getByLabel(/^name/).fill('weekly');
    await form.getByRole('button', { name: 'Issue', exact: true }).click();
    await form.getByText(/shown only now/).waitFor();
    return page;
  },
  'the list of the keys of the keyboard': async ({ latchkey, context }) => {
    const page = await openLive(context, `${latchkey.url}/_latchkey/`);
    await page.getByRole('button', { name: '? keys' }).click();
    await page.getByRole('dialog').waitFor();
    return page;
  },
  'nothing there': async ({ latchkey, context }) => {
    await latchkey.call('PUT', '/_latchkey/worlds/bare', { seed: { estuary: {}, kps: {}, rockset: {}, whylabs: {} } });
    await latchkey.call('POST', '/~bare/_latchkey/reset', { to: 'empty' });
    const page = await openLive(context, `${latchkey.url}/~bare/_latchkey/`);
    await page.getByText('No requests yet.').waitFor();
    return page;
  },
  'filters that find nothing': async ({ latchkey, context }) => {
    const page = await openLive(context, `${latchkey.url}/_latchkey/#/?q=nowhere&rq=nowhere`);
    await page.getByText('No key matches.').waitFor();
    await page.getByText('No request matches.').waitFor();
    return page;
  },
  faults: async ({ latchkey, context }) => {
    await latchkey.call('POST', '/_latchkey/faults', { match: { provider: 'kps' }, effect: { status: 503 } });
    const page = await openLive(context, `${latchkey.url}/_latchkey/#/faults`);
    await page.getByRole('row', { name: /^f1 / }).waitFor();
    return page;
  },
  'a fault that is refused': async ({ latchkey, context }) => {
    const page = await openLive(context, `${latchkey.url}/_latchkey/#/faults`);
    await page.getByText('No fault lies in wait.').waitFor();
    await page.getByLabel('The same as JSON').fill('{"effect":{"status":418},"times":0}');
    await page.getByRole('button', { name: 'Add fault' }).click();
    await page.getByRole('alert').filter({ hasText: /\w/ }).first().waitFor();
    return page;
  },
  worlds: async ({ latchkey, context }) => {
    await latchkey.call('PUT', '/_latchkey/worlds/shop-7', {});
    const page = await openLive(context, `${latchkey.url}/_latchkey/#/worlds`);
    await page.getByRole('button', { name: 'Drop shop-7' }).click();
    await page.getByText(/cannot be undone/).waitFor();
    return page;
  },
  'first steps': async ({ latchkey, context }) => {
    const page = await openLive(context, `${latchkey.url}/_latchkey/#/try`);
    await page.getByRole('tab', { name: 'rockset' }).click();
    await page.getByText(/Nothing has arrived/).waitFor();
    await page
      .getByRole('button', { name: /^Copy the lines/ })
      .first()
      .waitFor();
    return page;
  },
  'no such world': async ({ latchkey, context }) => {
    const page = await context.newPage();
    await page.goto(`${latchkey.url}/~nowhere/_latchkey/`);
    await page.getByText('There is no world nowhere.').waitFor();
    return page;
  },
  unreachable: async ({ latchkey, context }) => {
    const page = await openLive(context, `${latchkey.url}/_latchkey/`);
    await latchkey.stop('SIGKILL');
    await page.getByText(/not connected for/).waitFor();
    return page;
  },
};
/** What a browser says of answers that the state is about. */
const expects = [/status of 40[04]/, /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_CONNECTION_RESET/];

for (const scheme of ['light', 'dark'])
  test(`in ${scheme}, axe-core finds nothing in any screen or state, and the console stays empty`, async (t) => {
    for (const [name, open] of Object.entries(states))
      await t.test(name, async (t) => {
        const latchkey = await startLatchkey(t);
        const issued = await issue(latchkey, { name: 'nightly', expiresIn: '1h' });
        await useKey(latchkey, issued.secret);
        await useKey(latchkey, 'unknown');
        const { context } = await openContext(t, { scheme, expects });
        const page = await open({ latchkey, context, issued });
        await assertAccessible(page, `${name}, in ${scheme}`);
      });
  });

test('the form for the admin token is accessible, and so is the page of a host name that latchkey does not know', async (t) => {
  const latchkey = await startLatchkey(t, [], { adminToken: 's3cret' });
  const { context } = await openContext(t, { expects: [/status of 40[13]/] });
  const page = await context.newPage();
  await page.goto(`${latchkey.url}/_latchkey/`);
  await page.getByLabel('Token').waitFor();
  await assertAccessible(page, 'the token form');
  const open = await startLatchkey(t);
  const { context: elsewhere } = await openContext(t, { expects: [/status of 403/] });
  const foreign = await elsewhere.newPage();
  // A name that leads to this machine and that latchkey was not told.
  await foreign.route(/^http:\/\/tools\.example\.com/, async (route) => {
    const url = route
      .request()
      .url()
      .replace(/^http:\/\/[^/]+/, open.url);
    const answer = await route.fetch({ url, headers: { ...(await route.request().allHeaders()), host: 'tools.example.com' } });
    await route.fulfill({ response: answer });
  });
  await foreign.goto('http://tools.example.com/_latchkey/');
  await foreign.getByText('--allow-host tools.example.com').waitFor();
  await assertAccessible(foreign, 'the page of an unknown host name');
});

test('at 400 % in a window of 1280 pixels nothing is lost or scrolled sideways', async (t) => {
  const latchkey = await startLatchkey(t);
  const { context } = await openContext(t, { viewport: { width: 320, height: 256 } });
  for (const screen of ['', 'faults', 'worlds', 'try']) {
    const page = await openLive(context, `${latchkey.url}/_latchkey/#/${screen}`);
    await untilLive(page);
    const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(wide <= seen, `${screen || 'overview'} is ${wide} pixels wide in ${seen}`);
    await page.close();
  }
});

test('a request of which every field is missing is a row of dashes, and the rest of the page stays', async (t) => {
  const latchkey = await startLatchkey(t);
  const { context } = await openContext(t);
  const page = await context.newPage();
  await page.route(/\/_latchkey\/requests\?/, (route) =>
    route.fulfill({ json: { requests: [{}, { id: '7' }], total: 2, cursor: null, forgotten: 0 } }),
  );
  await page.goto(`${latchkey.url}/_latchkey/`);
  await untilLive(page);
  await page.getByRole('row', { name: /^7 – – –/ }).waitFor();
  assert.ok((await page.getByRole('row', { name: /member/ }).count()) > 0);
});
