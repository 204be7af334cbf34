import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { atEnd } from './at-end.mjs';
import { openContext, openLive } from './browser.mjs';
import { seed, use } from './example.mjs';
import { startLatchkey } from './latchkey.mjs';

const folder = join(import.meta.dirname, '..', '..', 'docs', 'pictures');
// Beside this test: the package has the pictures, and no need of this.
const elements = join(import.meta.dirname, 'overview.txt');
const isWriting = process.env.DASHBOARD_PICTURES === 'write';
const mostBytes = 80_000;

/** What a person sees, as the accessibility tree tells it, without what no two runs have alike. */
const elementsOf = async (page) =>
  (await page.locator('body').ariaSnapshot()).replaceAll(/:\d{4,5}\b/g, ':PORT').replaceAll(/\b\d+(\.\d+)? ms\b/g, 'N ms');

/** The overview with the last refusal in detail. */
async function openOverview(t, scheme) {
  const scratch = mkdtempSync(join(tmpdir(), 'latchkey-pictures-'));
  atEnd(t, () => rmSync(scratch, { recursive: true }));
  const file = join(scratch, 'seed.json');
  writeFileSync(file, JSON.stringify(seed));
  const latchkey = await startLatchkey(t, ['--seed', file]);
  await use(latchkey);
  const { context } = await openContext(t, { scheme, viewport: { width: 1180, height: 760 } });
  const page = await openLive(context, `${latchkey.url}/_latchkey/`);
  await page
    .getByRole('row', { name: /401 GET .*key expired/ })
    .first()
    .click();
  await page.getByText(/expired 1 ?ms/).waitFor();
  await page.mouse.move(0, 0);
  return page;
}

/** The same picture in a third of the bytes: the browser itself turns it into WebP. */
async function asWebp(context, png) {
  const blank = await context.newPage();
  const encoded = await blank.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
    canvas.getContext('2d').drawImage(bitmap, 0, 0);
    return canvas.toDataURL('image/webp', 0.8);
  }, png.toString('base64'));
  await blank.close();
  return Buffer.from(encoded.replace(/^.*,/, ''), 'base64');
}

for (const scheme of ['light', 'dark'])
  test(`the ${scheme} picture of the overview shows what the page shows`, async (t) => {
    const page = await openOverview(t, scheme);
    const picture = join(folder, `overview-${scheme}.webp`);
    const shown = await elementsOf(page);
    if (isWriting) {
      mkdirSync(folder, { recursive: true });
      const png = await page.screenshot({ animations: 'disabled', caret: 'hide' });
      writeFileSync(picture, await asWebp(page.context(), png));
      writeFileSync(elements, `${shown}\n`);
    }
    assert.ok(existsSync(picture), 'there is no picture: node .ci/dashboard.mjs --pictures pictures');
    assert.equal(
      `${shown}\n`,
      readFileSync(elements, 'utf8'),
      'the page has changed: node .ci/dashboard.mjs --pictures pictures',
    );
    assert.ok(statSync(picture).size <= mostBytes, `${picture} has ${statSync(picture).size} bytes`);
  });
