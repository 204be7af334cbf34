import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { htmlOf, mostBytes } from '../../../src/prove/reports/html.ts';
import { style } from '../../../src/prove/reports/html-style.ts';
import { mutantNames } from '../../../src/provider/mutants.ts';
import { anyDemands, anyReport } from './any-report.ts';
import { accepted, example, judged, reportOf, usual } from './example.ts';

const providers = ['estuary', 'kps', 'whylabs', 'rockset'];

/** Every mutant of every provider survived, with twenty decisions each, and every text of others is this one. */
function allSurvived(text: string) {
  const evidence = { ...accepted, mark: text, path: text, says: text, key: { hint: 'Qz81kd', name: text } };
  const list = mutantNames.flatMap((name) =>
    providers.map((provider) =>
      judged(name, 'survived', {
        ...{ provider, acted: 25, evidence: Array(20).fill(evidence) },
        ...{ says: text, advice: text, reason: text, failedTests: [text] },
      }),
    ),
  );
  return reportOf(list, { command: [text], baseline: { ms: 1, requests: 1, providers } });
}

describe('the page is small', () => {
  test.each([
    ['usual words', 'some.test.mjs > a revoked key fails'],
    ['long words', 'x'.repeat(5000)],
    ['quotes', '"'.repeat(5000)],
    ['letters of four bytes', '\u{1f511}'.repeat(5000)],
    ['what is marked', '\u0000\ud800'.repeat(2500)],
  ])('with %s everywhere', (_what, text) => {
    const report = allSurvived(text);
    expect(report.mutants).toHaveLength(72);
    const page = htmlOf(report, usual);
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(mostBytes);
    expect(page.split('<article ').length - 1).toBe(72);
  });

  test('what is left out is counted', () => {
    const page = htmlOf(allSurvived('x'.repeat(5000)), usual);
    const rows = page.split(`<td><code><bdi>401 key_revoked → 200`).length - 1;
    const left = [...page.matchAll(/… and (\d+) more decisions/g)].reduce((sum, [, count]) => sum + Number(count), 0);
    expect(rows + left).toBe(72 * 25);
    expect(htmlOf(example, usual).match(/… and \d+ more decisions/g)).toEqual(['… and 18 more decisions']);
  });
});

describe('the page is inert', () => {
  const allowed = new Set(
    'html head meta title style body header h1 p main section h2 div svg circle text table caption thead tbody tr th td article h3 code bdi br a footer'.split(
      ' ',
    ),
  );

  test('whatever the names are, it has its own elements and attributes alone', () => {
    fc.assert(
      fc.property(anyReport, anyDemands, (report, demands) => {
        const page = htmlOf(report, demands).replace(style, '');
        const tags = [...page.matchAll(/<\/?([a-z]\w*)((?:\s[^<>]*)?)>/gi)];
        expect(page.split('<').length - 1).toBe(tags.length + 1);
        expect(tags.map(([, name = '']) => name).filter((name) => !allowed.has(name))).toEqual([]);
        const attributes = tags.flatMap(([, , given = '']) => [...given.matchAll(/([\w-]+)="([^"]*)"/g)]);
        expect(attributes.filter(([, name = '']) => /^on|^style$|^src/i.test(name))).toEqual([]);
        expect(attributes.filter(([, name]) => name === 'href').every(([, , to = '']) => /^#mutant-\d+$/.test(to))).toBe(true);
      }),
    );
  });

  test('its policy allows its own style and nothing else', () => {
    const page = htmlOf(example, usual);
    const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    const [, own = ''] = /<style>([\s\S]*)<\/style>/.exec(page) ?? [];
    const hash = createHash('sha256').update(own).digest('base64');
    expect(policy).toBe(`default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`);
    expect(own).not.toMatch(/url\(|@import|@font-face/);
  });

  test('every link leads to a survivor', () => {
    const page = htmlOf(example, usual);
    const targets = [...page.matchAll(/href="#([^"]*)"/g)].map(([, target]) => target);
    expect(targets).toEqual(['mutant-2', 'mutant-9']);
    expect(targets.every((target) => page.includes(`<article id="${target}">`))).toBe(true);
  });
});
