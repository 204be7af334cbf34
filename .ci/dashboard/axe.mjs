// What a person with a screen reader, a keyboard or weak eyes would stumble over, as far as axe-core finds it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Fails with every violation on the page, each with the first elements that have it. */
export async function assertAccessible(page, what) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await evaluateSource(page);
  const violations = await page.evaluate(async (values) => {
    const result = await globalThis.axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] });
    return result.violations.map(({ id, help, nodes }) => ({
      rule: `${id}: ${help}`,
      at: nodes.slice(0, 5).map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`),
    }));
  }, tags);
  assert.deepEqual(violations, [], `${what} is not accessible`);
}

/** By the debugging protocol, which no content security policy forbids. */
async function evaluateSource(page) {
  const session = await page.context().newCDPSession(page);
  const { exceptionDetails } = await session.send('Runtime.evaluate', { expression: source });
  assert.equal(exceptionDetails, undefined, 'axe-core could not be loaded');
  await session.detach();
}
