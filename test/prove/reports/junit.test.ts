import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ProveReport } from '../../../src/prove/report.ts';
import { junitOf } from '../../../src/prove/reports/junit.ts';
import type { Demands } from '../../../src/prove/verdict.ts';
import { verdictOf } from '../../../src/prove/verdict.ts';
import { anyDemands, anyReport, anyText } from './any-report.ts';
import { accepted, example, judged, reportOf, usual } from './example.ts';
import { type Element, readXml } from './xml.ts';

function suiteOf(report: ProveReport, demands: Demands): Element {
  const [suite] = readXml(junitOf(report, demands)).elements;
  if (suite === undefined) throw new Error('no test suite');
  return suite;
}

const casesOf = (suite: Element) => suite.elements.filter(({ name }) => name === 'testcase');
const kindsOf = (suite: Element) =>
  casesOf(suite).map(({ elements }) => elements.find(({ name }) => name !== 'system-out')?.name ?? 'passed');

test('its counts are those of its cases, and it is red unless the verdict is a pass', () => {
  fc.assert(
    fc.property(anyReport, anyDemands, (report, demands) => {
      const suite = suiteOf(report, demands);
      const kinds = kindsOf(suite);
      const count = (wanted: string) => String(kinds.filter((kind) => kind === wanted).length);
      const { attributes } = suite;
      expect(['tests', 'failures', 'errors', 'skipped'].map((name) => attributes.get(name))).toEqual([
        String(kinds.length),
        count('failure'),
        count('error'),
        count('skipped'),
      ]);
      const { status } = verdictOf(report, demands);
      expect(kinds.includes('failure')).toBe(status === 2);
      if (status === 1) expect(kinds).toContain('error');
      if (status === 0) expect(kinds).not.toContain('error');
    }),
    { numRuns: 200 },
  );
});

test('a name comes back as it was, save for what XML cannot hold', () => {
  fc.assert(
    fc.property(anyText, (provider) => {
      const [read] = casesOf(suiteOf(reportOf([judged('accept-revoked', 'killed', { provider })]), usual));
      const possible = provider.replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\ufffd');
      expect(read?.attributes.get('classname')).toBe(possible);
    }),
  );
});

test('what survived or is untested is a failure where the command fails because of it, and is skipped elsewhere', () => {
  const report = reportOf([
    judged('accept-revoked', 'survived'),
    judged('accept-missing', 'untested'),
    judged('ignore-role', 'killed'),
  ]);
  const kinds = (failOn: Demands['failOn'], minScore: number | null = null) => kindsOf(suiteOf(report, { failOn, minScore }));
  expect(kinds('survived')).toEqual(['failure', 'skipped', 'passed']);
  expect(kinds('untested')).toEqual(['failure', 'failure', 'passed']);
  expect(kinds('never')).toEqual(['skipped', 'skipped', 'passed']);
  expect(kinds('never', 34)).toEqual(['failure', 'failure', 'passed']);
});

test('a run that tested nothing has an error', () => {
  const [untested, about] = casesOf(suiteOf(reportOf([judged('accept-missing', 'untested')]), usual));
  expect(untested?.elements[0]?.name).toBe('skipped');
  expect(about?.attributes.get('name')).toBe('prove');
  expect(about?.elements[0]?.attributes.get('message')).toBe('nothing was tested');
});

test('a failure has every decision, and what to do', () => {
  const survivor = judged('accept-revoked', 'survived', { acted: 23, evidence: Array(20).fill(accepted), advice: 'Assert it.' });
  const [read] = casesOf(suiteOf(reportOf([survivor]), usual));
  const lines = read?.elements[0]?.text.split('\n') ?? [];
  expect(lines.slice(0, 3)).toEqual([
    'weak.test.mjs > a revoked key fails',
    '  GET /v1/orgs/self with Qz81kd… (nightly): 401 key_revoked → 200',
    '    The key was revoked 9 ms before, and was accepted.',
  ]);
  expect(lines).toHaveLength(62);
  expect(lines.slice(-2)).toEqual(['  … and 3 more', 'Assert it.']);
  expect(casesOf(suiteOf(example, usual))).toHaveLength(example.mutants.length);
});
