// The one browser of the run, and pages that note whatever a person would find in the console.
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { chromium } from 'playwright-core';
import { atEnd } from './at-end.mjs';
import { executablePath, flags } from './chromium.mjs';

let launching;
after(async () => (await launching)?.close());

function browser() {
  launching ??= chromium.launch({ executablePath, args: flags });
  return launching;
}

/**
 * A context of the browser (a person's profile: tabs share its storage), closed with the test `t`. What its pages write into
 * `problems` (errors in the console, exceptions, violations of the content security policy) fails the test at its end.
 */
export async function openContext(t, { scheme = 'light', expects = [], ...options } = {}) {
  const context = await (await browser()).newContext({
    colorScheme: scheme,
    viewport: { width: 1280, height: 900 },
    ignoreHTTPSErrors: true,
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(10_000);
  const problems = [];
  await context.exposeBinding('noteViolation', (_source, text) => problems.push(`content security policy: ${text}`));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) =>
      globalThis.noteViolation(`${violatedDirective} ${blockedURI} ${sourceFile}`),
    );
  });
  context.on('page', (page) => {
    page.on('pageerror', (error) => problems.push(`exception: ${error.message}`));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) problems.push(`console: ${message.text()} (${message.location().url})`);
    });
  });
  const isExpected = (problem) => expects.some((expected) => expected.test(problem));
  const assertQuiet = () =>
    assert.deepEqual(
      problems.filter((problem) => !isExpected(problem)),
      [],
      'the page complained',
    );
  atEnd(t, async () => {
    await context.close();
    assertQuiet();
  });
  return { context, assertQuiet };
}

/** A tab at `url`, once the page shows that it is live. */
export async function openLive(context, url) {
  const page = await context.newPage();
  await page.goto(url);
  await untilLive(page);
  return page;
}

/** Waits until the page says that it receives what happens. */
export const untilLive = (page) => page.getByRole('banner').getByText('● live').waitFor();

/** Waits until `probe` gives something true, and gives it. */
export async function until(what, probe, mostMs = 10_000) {
  const end = performance.now() + mostMs;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (performance.now() > end) throw new Error(`it never came that ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Waits until what has the focus shows `text`: the focus may follow a moment after what moved it. */
export const untilFocused = (page, text) =>
  until(`${JSON.stringify(text)} has the focus`, () =>
    page.evaluate((wanted) => document.activeElement?.textContent === wanted, text),
  );
