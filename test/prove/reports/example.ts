import type { MutantEvidence } from '../../../src/client/types.ts';
import type { JudgedMutant, MutantStatus, ProveReport } from '../../../src/prove/report.ts';
import type { Demands } from '../../../src/prove/verdict.ts';
import { type MutantName, mutants } from '../../../src/provider/mutants.ts';

export const usual: Demands = { failOn: 'survived', minScore: null };

/** A mutant as it is judged where nothing else is said. */
export function judged(name: MutantName, status: MutantStatus, more: Partial<JudgedMutant> = {}): JudgedMutant {
  const wasRun = status === 'killed' || status === 'survived';
  return {
    id: `${name}@${more.provider ?? 'rockset'}`,
    mutant: name,
    provider: 'rockset',
    status,
    says: mutants[name].says,
    reached: wasRun ? 1 : 0,
    acted: wasRun ? 1 : 0,
    ms: wasRun ? 1500 : 0,
    timedOut: false,
    evidence: [],
    failedTests: [],
    advice: null,
    reason: null,
    ...more,
  };
}

/** A report of these mutants, with their counts and scores. */
export function reportOf(list: readonly JudgedMutant[], more: Partial<ProveReport> = {}): ProveReport {
  const count = (status: MutantStatus) => list.filter((one) => one.status === status).length;
  const [killed, survived, untested] = [count('killed'), count('survived'), count('untested')];
  const perCent = (all: number) => (all === 0 ? null : (100 * killed) / all);
  return {
    version: '0.2.0',
    command: ['node', '--test'],
    baseline: { ms: 1600, requests: 11, providers: ['rockset'] },
    score: perCent(killed + survived + untested),
    scoreOfTested: perCent(killed + survived),
    counts: {
      ...{ killed, survived, untested, void: count('void') },
      ...{ ignored: count('ignored'), notApplicable: count('notApplicable') },
    },
    mutants: list,
    ...more,
  };
}

export const accepted: MutantEvidence = {
  request: '7',
  mark: 'weak.test.mjs > a revoked key fails',
  provider: 'rockset',
  operation: 'GetOrganization',
  method: 'GET',
  path: '/v1/orgs/self',
  key: { hint: 'Qz81kd', name: 'nightly' },
  truth: { status: 401, code: 'key_revoked' },
  answered: 200,
  says: 'The key was revoked 9 ms before, and was accepted.',
};

const kept: MutantEvidence = {
  ...accepted,
  request: '9',
  mark: 'weak.test.mjs > rotation gives another secret',
  operation: 'DeleteApiKey',
  method: 'DELETE',
  path: '/v1/orgs/self/users/self/apikeys/nightly',
  key: { hint: 'admin0', name: 'admin' },
  truth: { status: 200, code: null },
  says: 'The key stayed active.',
};

/** The report of the page that describes the command, with one more of each kind. */
export const example: ProveReport = reportOf([
  judged('accept-expired', 'killed'),
  judged('accept-revoked', 'survived', {
    evidence: [accepted],
    advice: 'A test met it, and no assertion noticed. Assert the refusal: await assert.rejects(use(secret)).',
  }),
  judged('accept-suspended', 'untested', {
    reason: 'no test sends a suspended key',
    advice: 'Suspend a key (lk.keys.suspend(id)), use it, and assert that it is refused.',
  }),
  judged('accept-unknown', 'untested', { reason: 'no test sends a key that was never issued' }),
  judged('accept-missing', 'untested', { reason: 'no test leaves the key out' }),
  judged('ignore-role', 'killed', { failedTests: ['roles.test.mjs > a reader may not invite'] }),
  judged('ignore-tenant', 'notApplicable', { reason: 'the path says self' }),
  judged('ignore-owner', 'untested', { reason: "no test asks for another user's keys" }),
  judged('ignore-revoke', 'survived', {
    acted: 22,
    evidence: [kept, { ...accepted, request: null, method: null, path: null, operation: null, answered: null }, kept, kept],
    advice: 'Use the old key once more after the rotation, and assert that it is refused.',
  }),
  judged('lose-new-key', 'killed', { ms: 7400, timedOut: true }),
  judged('widen-grants', 'killed', { reason: 'knock-on: every test failed' }),
  judged('expire-late', 'ignored', { reason: 'we never wait so long' }),
  judged('expire-early', 'void', {
    reason: 'it was red, and the mutant had not acted',
    advice: 'Run the command with LATCHKEY_MUTANT=expire-early@rockset: it may be flaky.',
  }),
]);
