import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { atEnd } from './at-end.mjs';
import { openContext, openLive, until } from './browser.mjs';
import { issue, startLatchkey } from './latchkey.mjs';
import { checked, countersOf, median, sendMany, slowness } from './measuring.mjs';

/** A seed with many keys of Rockset. */
function seedWith(t, count) {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-keys-'));
  atEnd(t, () => rmSync(folder, { recursive: true }));
  const file = join(folder, 'seed.json');
  const keys = Array.from({ length: count }, (_, index) => ({
    owner: 'member@me.com',
    name: `key-${index}`,
    ...(index % 2 === 0 && { expiresIn: `${1 + (index % 700)}h` }),
  }));
  writeFileSync(file, JSON.stringify({ rockset: { users: [{ email: 'member@me.com' }], keys } }));
  return file;
}

const rowsIn = (page) => page.locator('[role="row"]').count();
const residentMiB = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

/** A page that has a stylesheet and a script, as every page has, and nothing in them. Gives its address. */
async function startEmptyPage(t) {
  const types = { '/': 'text/html', '/style.css': 'text/css', '/app.js': 'text/javascript' };
  const page = '<!doctype html><link rel="stylesheet" href="style.css"><script defer src="app.js"></script><p>empty';
  const server = createServer(({ url }, answer) => {
    answer.setHeader('content-type', types[url] ?? 'text/plain').end(url === '/' ? page : '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(t, () => server.close());
  return `http://127.0.0.1:${server.address().port}/`;
}

test('the page is painted and filled nearly as soon as an empty page is painted', async (t) => {
  const latchkey = await startLatchkey(t);
  const before = residentMiB(latchkey.pid);
  const empty = await startEmptyPage(t);
  const paints = { empty: [], page: [], rows: [] };
  const paintOf = async (page) =>
    page.evaluate(async () => {
      for (;;) {
        const [entry] = performance.getEntriesByName('first-contentful-paint');
        if (entry !== undefined) return entry.startTime;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    });
  for (let round = 0; round < 9; round++) {
    const { context } = await openContext(t);
    const plain = await context.newPage();
    await plain.goto(empty);
    paints.empty.push(await paintOf(plain));
    await plain.close();
    const page = await context.newPage();
    await page.addInitScript(() => {
      const note = () => {
        if (globalThis.filledAt === undefined && document.querySelector('[role="row"] [role="gridcell"]')?.textContent)
          globalThis.filledAt = performance.now();
      };
      new MutationObserver(note).observe(document, { subtree: true, childList: true, characterData: true });
    });
    await page.goto(`${latchkey.url}/_latchkey/`);
    paints.page.push(await paintOf(page));
    paints.rows.push(await until('the rows are there', () => page.evaluate(() => globalThis.filledAt)));
    await page.close();
  }
  const { context } = await openContext(t);
  const live = await openLive(context, `${latchkey.url}/_latchkey/`);
  // Garbage of the start comes and goes in it: printed, and held by the benchmark.
  console.log(`resident memory of the server with one page open: ${(residentMiB(latchkey.pid) - before).toFixed(1)} MiB more`);
  const slow = await slowness(live);
  const [base, painted, filled] = [median(paints.empty), median(paints.page), median(paints.rows)];
  // An empty page is painted in 168 ms where these budgets were set, as 2 and 3.5 times that; what else the machine does changes the
  // ratio in one run by more than the page could.
  console.log(
    `an empty page: ${base.toFixed(0)} ms; painted after ${(painted / base).toFixed(1)} times that, filled after ${(filled / base).toFixed(1)}`,
  );
  assert.deepEqual(
    [
      ...checked('first contentful paint', painted, 336 * slow, ' ms'),
      ...checked('rows on the screen', filled, 588 * slow, ' ms'),
    ],
    [],
  );
});

test('ten thousand requests and keys are listed, streamed, filtered and kept within their budgets', async (t) => {
  const latchkey = await startLatchkey(t, ['--journal-size', '12000', '--seed', seedWith(t, 9_900)]);
  const { secret } = await issue(latchkey, { name: 'busy' });
  const { context } = await openContext(t);
  const page = await openLive(context, `${latchkey.url}/_latchkey/`);
  await sendMany(latchkey, secret, 10_000, 'first');
  await page.getByRole('heading', { name: 'Requests 10,000' }).waitFor({ timeout: 30_000 });
  const slow = await slowness(page);
  console.log(`this machine is ${slow.toFixed(1)} times as slow as two quiet cores: budgets of time are stretched by that`);
  const over = [];
  over.push(...checked('rows in the document', await rowsIn(page), 80));

  const counters = await countersOf(page);
  await counters.collectGarbage();
  over.push(...checked('heap', (await counters.read()).JSHeapUsedSize / 2 ** 20, 60, ' MB'));

  await page.evaluate(() => {
    globalThis.longTasks = 0;
    new PerformanceObserver((list) => {
      globalThis.longTasks += list.getEntries().length;
    }).observe({ type: 'longtask' });
  });
  const before = (await counters.read()).ScriptDuration;
  await sendMany(latchkey, secret, 2000, 'more');
  await page
    .getByRole('row', { name: /more=\d+/ })
    .first()
    .waitFor();
  await until('all are there', () => allSent(latchkey));
  await page.waitForTimeout(1000);
  const streaming = ((await counters.read()).ScriptDuration - before) * 1000;
  over.push(...checked('script for a streamed request', streaming / 2000, 0.2 * slow, ' ms'));
  over.push(...checked('tasks over 50 ms meanwhile', await page.evaluate(() => globalThis.longTasks), 5 * slow));

  over.push(...checked('filtering 10,000 requests', median(await filterTimes(page)), 100 * slow, ' ms'));

  await page.getByRole('button', { name: 'Resume' }).first().click();
  const atRest = (await counters.read()).ScriptDuration;
  await new Promise((resolve) => setTimeout(resolve, 3000));
  over.push(
    ...checked(
      'script for a second of the clock over 10,000 keys',
      (((await counters.read()).ScriptDuration - atRest) * 1000) / 3,
      50 * slow,
      ' ms',
    ),
  );
  assert.deepEqual(over, []);
});

/** How long it takes from a change of the filter until the screen shows it. */
async function filterTimes(page) {
  const field = page.getByRole('searchbox').last();
  const times = [];
  for (const text of ['1', '19', '199', '1999', '', 'self', '?n=7', 'orgs', '77', 'zzz'])
    times.push(
      await field.evaluate(async (input, value) => {
        const begin = performance.now();
        input.value = value;
        input.dispatchEvent(new Event('input', { bubbles: true }));
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        return performance.now() - begin;
      }, text),
    );
  await field.fill('');
  return times;
}

test('of fifty thousand keys the search finds the last one', async (t) => {
  const latchkey = await startLatchkey(t, ['--seed', seedWith(t, 50_000)]);
  const { context } = await openContext(t);
  const page = await openLive(context, `${latchkey.url}/_latchkey/`);
  await page.getByText(/showing 10,000 of 50,\d+/).waitFor();
  await page.getByRole('searchbox').first().fill('key-49999');
  await page.getByRole('row', { name: /key-49999/ }).waitFor();
  assert.ok((await rowsIn(page)) <= 80);
});

async function allSent(latchkey) {
  const { count, forgotten } = await latchkey.call('GET', '/_latchkey/requests/count');
  return count + forgotten >= 12_000;
}
