import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { htmlOf } from '../../src/prove/reports/html.ts';
import { junitOf } from '../../src/prove/reports/junit.ts';
import { anyReport } from '../../test/prove/reports/any-report.ts';
import { accepted, example, judged, reportOf, usual } from '../../test/prove/reports/example.ts';
import { atEnd } from './at-end.mjs';
import { assertAccessible } from './axe.mjs';
import { openContext } from './browser.mjs';

const providers = ['estuary', 'kps', 'whylabs', 'rockset'];
const reports = {
  'with one of each kind': example,
  'with four providers': reportOf(
    providers.flatMap((provider) => [
      judged('accept-revoked', 'survived', {
        provider,
        acted: 30,
        evidence: Array(20).fill({ ...accepted, path: `/${'x'.repeat(900)}` }),
      }),
      judged('accept-missing', 'killed', { provider, timedOut: true, failedTests: ['a.test.mjs > a key is asked for'] }),
    ]),
    { baseline: { ms: 1, requests: 1, providers } },
  ),
  'where nothing survived': reportOf([judged('accept-revoked', 'killed')]),
  'of nothing': reportOf([]),
};

/** Writes a page into a folder that goes with the test `t`, and gives its address. */
function pageFor(t, html) {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-report-'));
  atEnd(t, () => rmSync(folder, { recursive: true }));
  const file = join(folder, 'prove.html');
  writeFileSync(file, html);
  return pathToFileURL(file).href;
}

for (const scheme of ['light', 'dark'])
  for (const [what, report] of Object.entries(reports))
    test(`the report ${what} is accessible in ${scheme}, and fits a narrow window`, async (t) => {
      const { context } = await openContext(t, { scheme });
      const page = await context.newPage();
      await page.goto(pageFor(t, htmlOf(report, usual)));
      assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).maxWidth), 'none', 'its style is not applied');
      await assertAccessible(page, `the report ${what}`);
      await page.setViewportSize({ width: 320, height: 700 });
      const [wide, narrow] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(wide <= narrow, `the page is ${wide} wide in a window of ${narrow}`);
    });

test('whatever the names in it are, the report asks for nothing and runs nothing, and the XML is read', async (t) => {
  const { context } = await openContext(t);
  const page = await context.newPage();
  const asked = [];
  const address = pageFor(t, '');
  page.on('dialog', (dialog) => {
    asked.push(dialog.message());
    return dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url() !== address) asked.push(request.url());
  });
  for (const report of fc.sample(anyReport, { numRuns: 40, seed: 1 })) {
    writeFileSync(new URL(address), htmlOf(report, usual));
    await page.goto(address);
    assert.equal(await page.locator('script, img, iframe, [onerror], [style]').count(), 0);
    assert.equal(await page.locator('#every ~ .wide tbody tr').count(), report.mutants.length);
    const [problem, cases] = await page.evaluate(
      (xml) => {
        const read = new DOMParser().parseFromString(xml, 'application/xml');
        return [read.querySelector('parsererror')?.textContent, read.querySelectorAll('testcase:not([name="prove"])').length];
      },
      junitOf(report, usual),
    );
    assert.equal(problem, undefined);
    assert.equal(cases, report.mutants.length);
  }
  assert.deepEqual(asked, []);
});
