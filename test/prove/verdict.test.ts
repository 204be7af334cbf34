import { expect, test } from 'vitest';
import type { JudgedMutant } from '../../src/prove/report.ts';
import { type Demands, isFinding, verdictOf } from '../../src/prove/verdict.ts';
import { judged, reportOf } from './reports/example.ts';

const killed = judged('accept-expired', 'killed');
const survived = judged('accept-revoked', 'survived');
const untested = judged('accept-missing', 'untested');
const unjudged = judged('ignore-role', 'void');
const unasked = [judged('ignore-owner', 'ignored'), judged('ignore-tenant', 'notApplicable')];

const demand = (failOn: Demands['failOn'], minScore: number | null = null): Demands => ({ failOn, minScore });

test.each<[what: string, list: readonly JudgedMutant[], demands: Demands, status: 0 | 1 | 2, because: string]>([
  ['all are killed', [killed, ...unasked], demand('survived'), 0, 'none survived'],
  ['one survived', [killed, survived, untested], demand('survived'), 2, '1 survived'],
  ['what is untested is no finding', [killed, untested], demand('survived'), 0, 'none survived'],
  ['unless it is to be one', [killed, untested], demand('untested'), 2, '1 untested'],
  ['both are', [killed, survived, untested], demand('untested'), 2, '1 survived, 1 untested'],
  ['nothing is to fail it', [survived, untested], demand('never'), 0, '1 survived, which is not to fail it'],
  ['a score that is reached', [killed, untested], demand('survived', 50), 0, 'none survived'],
  ['a score that is missed', [killed, untested], demand('survived', 51), 2, '1 untested, the score is below 51 %'],
  ['a score fails it where nothing else does', [killed, survived], demand('never', 90), 2, '1 survived, the score is below 90 %'],
  ['what is void is no pass', [killed, unjudged], demand('survived'), 1, '1 void'],
  ['nor if nothing is to fail it', [killed, unjudged], demand('never'), 1, '1 void'],
  ['findings weigh more', [survived, unjudged], demand('survived'), 2, '1 survived, 1 void'],
  ['a run that tested nothing is no pass', [untested, ...unasked], demand('survived'), 1, 'nothing was tested'],
  ['nor is an empty one', [], demand('never', 100), 1, 'nothing was tested'],
])('%s', (_what, list, demands, status, because) => {
  expect(verdictOf(reportOf(list), demands)).toEqual({ status, because });
});

test('only what survived or is untested can be a finding', () => {
  const report = reportOf([killed, survived, untested, unjudged, ...unasked]);
  const found = (demands: Demands) =>
    report.mutants.filter(({ status }) => isFinding(status, report, demands)).map(({ status }) => status);
  expect(found(demand('never'))).toEqual([]);
  expect(found(demand('survived'))).toEqual(['survived']);
  expect(found(demand('untested'))).toEqual(['survived', 'untested']);
  expect(found(demand('never', 100))).toEqual(['survived', 'untested']);
});
