import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ProveReport } from '../../../src/prove/report.ts';
import { htmlOf } from '../../../src/prove/reports/html.ts';
import { jsonOf } from '../../../src/prove/reports/json.ts';
import { junitOf } from '../../../src/prove/reports/junit.ts';
import { markdownOf } from '../../../src/prove/reports/markdown.ts';
import { mutationOf } from '../../../src/prove/reports/mutation.ts';
import { textOf } from '../../../src/prove/reports/text.ts';
import type { Demands } from '../../../src/prove/verdict.ts';
import { anyDemands, anyReport, canary } from './any-report.ts';
import { example, usual } from './example.ts';
import { ofHtml, ofJson, ofJunit, ofMarkdown, ofMutation, ofText } from './tally.ts';

const writers: Readonly<Record<string, (report: ProveReport, demands: Demands) => string>> = {
  'prove.txt': textOf,
  'prove.json': jsonOf,
  'prove.xml': junitOf,
  'prove.html': htmlOf,
  'prove.md': markdownOf,
  'mutation.json': mutationOf,
};

describe('the six reports of one run', () => {
  test.each(Object.entries(writers))('%s is the whole text', async (name, write) => {
    await expect(write(example, usual)).toMatchFileSnapshot(join(import.meta.dirname, 'expected', name));
  });

  test('say the same counts, whatever the names in it are', () => {
    fc.assert(
      fc.property(anyReport, anyDemands, (report, demands) => {
        expect(ofText(textOf(report, demands))).toEqual(report.counts);
        expect(ofJson(jsonOf(report))).toEqual([report.counts, report.counts]);
        expect(ofJunit(junitOf(report, demands))).toEqual(report.counts);
        expect(ofHtml(htmlOf(report, demands))).toEqual([report.counts, report.counts]);
        expect(ofMarkdown(markdownOf(report, demands))).toEqual([report.counts, report.counts]);
        expect(ofMutation(mutationOf(report, demands))).toEqual(report.counts);
      }),
      { numRuns: 300 },
    );
  });

  test('hold what the value names, and nothing that it carries besides', () => {
    fc.assert(
      fc.property(anyReport, anyDemands, (report, demands) => {
        fc.pre(JSON.stringify(report).includes(canary));
        for (const write of Object.values(writers)) expect(write(report, demands)).not.toContain(canary);
      }),
    );
  });

  test('are text that every encoding has, and no terminal obeys', () => {
    fc.assert(
      fc.property(anyReport, anyDemands, (report, demands) => {
        const text = textOf(report, demands);
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        for (const write of Object.values(writers)) expect(write(report, demands).isWellFormed()).toBe(true);
      }),
    );
  });
});
