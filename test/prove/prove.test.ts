import { describe, expect, test } from 'vitest';
import { isItCached, nothingCalled, texts } from '../../src/prove/advice.ts';
import type { Job } from '../../src/prove/attempt.ts';
import { prove, tries } from '../../src/prove/prove.ts';
import type { JudgedMutant } from '../../src/prove/report.ts';
import { evidenceOf, FakeCommand, proofOf, type Run } from './fake-runs.ts';

const id = 'accept-revoked@rockset';
const limitMs = 6500;
const first: Job = { mutant: 'none', variable: '' };
const firstAgain: Job = { ...first, limitMs };
const mutated: Job = { mutant: id, variable: id, limitMs };
const control: Job = { mutant: 'none', variable: id, limitMs };

/** A command that meets one mutant: how it ends with it, time after time, and without it. */
function commandOf(withIt: readonly Run[], without: readonly Run[] = [], named: readonly Run[] = []) {
  return new FakeCommand(['accept-revoked'], ({ mutant, variable }, times) => {
    if (mutant !== 'none') return withIt[times] ?? {};
    // The first run, and its repetition, are the same to a command.
    return (variable === '' ? without[times] : named[times]) ?? {};
  });
}

const judgedAs = (changes: Partial<JudgedMutant>): JudgedMutant => ({
  id,
  mutant: 'accept-revoked',
  provider: 'rockset',
  status: 'killed',
  says: 'a revoked key is accepted',
  reached: 2,
  acted: 0,
  ms: 1000,
  timedOut: false,
  evidence: [],
  failedTests: [],
  advice: null,
  reason: null,
  ...changes,
});

const hint = `Run the command with LATCHKEY_MUTANT=${id}: it may read that variable, depend on the order of its tests, or be flaky.`;
const lost = 'See what else the suite depends on: with this mutant it did not come to where it was met without.';
const unmet = 'reached without a mutant, not with it';
const again = [first, mutated, firstAgain, mutated];

describe('outcomes', () => {
  test.each<[string, readonly Run[], Partial<JudgedMutant>, readonly Job[]]>([
    ['red, acted', [{ ends: 'red', acted: 1 }], { status: 'killed', acted: 1 }, [first, mutated, control]],
    [
      'green, acted',
      [{ acted: 1 }],
      { status: 'survived', acted: 1, advice: texts['accept-revoked'].survived },
      [first, mutated],
    ],
    ['green, not acted', [{}], { status: 'untested', reason: unmet, advice: lost }, [first, mutated]],
    [
      'green, nothing sent',
      [{ requests: 0 }],
      { status: 'untested', reason: `${unmet}; no request came at all: ${isItCached}`, advice: lost },
      [first, mutated],
    ],
    [
      'over its time, acted',
      [{ ends: 'timeout', acted: 1 }],
      { status: 'killed', acted: 1, timedOut: true },
      [first, mutated, control],
    ],
    [
      'over its time, not acted',
      [{ ends: 'timeout' }],
      { status: 'void', timedOut: true, reason: 'it took too long, though the mutant decided nothing', advice: hint },
      [first, mutated],
    ],
    [
      'red, not acted, twice',
      [{ ends: 'red' }, { ends: 'red' }],
      { status: 'void', reason: 'red twice, though the mutant decided nothing', advice: hint },
      again,
    ],
    [
      'red, not acted, then green',
      [{ ends: 'red' }, {}],
      { status: 'void', reason: 'red once and green once, though the mutant decided nothing', advice: hint },
      again,
    ],
    [
      'red, not acted, then acted',
      [{ ends: 'red' }, { ends: 'red', acted: 1 }],
      { status: 'killed', acted: 1 },
      [...again, control],
    ],
    [
      'red, not acted, then green and acted',
      [{ ends: 'red' }, { acted: 1 }],
      { status: 'survived', acted: 1, advice: texts['accept-revoked'].survived },
      again,
    ],
    [
      'red, not acted, then over its time',
      [{ ends: 'red' }, { ends: 'timeout' }],
      { status: 'void', timedOut: true, reason: 'it took too long, though the mutant decided nothing', advice: hint },
      again,
    ],
  ])('%s', async (_name, runs, expected, jobs) => {
    const command = commandOf(runs);
    const report = await prove(proofOf(command, ['accept-revoked']));
    expect(report.mutants).toEqual([judgedAs(expected)]);
    expect(command.jobs).toEqual(jobs);
  });

  test.each<[string, FakeCommand, string]>([
    [
      'the first run is red',
      commandOf([], [{ ends: 'red', status: 3 }]),
      'the command is red without a mutant (status 3): only a green suite can be judged. Its last lines:\n  the last line',
    ],
    ['the first run sends nothing', new FakeCommand([], () => ({ requests: 0 })), nothingCalled],
    [
      'it cannot be run',
      commandOf([], [{ ends: 'broken' }]),
      'the command ended with status 127: something does not exist (without a mutant). Its last lines:\n  the last line',
    ],
    [
      'it cannot be run with a mutant',
      commandOf([{ ends: 'broken', acted: 1 }]),
      `the command ended with status 127: something does not exist (with ${id}). Its last lines:\n  the last line`,
    ],
    [
      'red, not acted, and the first run again is red',
      commandOf([{ ends: 'red' }], [{}, { ends: 'red' }]),
      'the suite is flaky: without a mutant it was green at first, and red when it was repeated. Its last lines:\n  the last line',
    ],
    [
      'red, not acted, and the first run again takes too long',
      commandOf([{ ends: 'red' }], [{}, { ends: 'timeout' }]),
      'the suite is flaky: without a mutant it was green at first, and too slow when it was repeated. Its last lines:\n  the last line',
    ],
    [
      'a kill, and red with its name alone',
      commandOf([{ ends: 'red', acted: 1 }], [], [{ ends: 'red' }]),
      `with LATCHKEY_MUTANT=${id} the command is red, though its latchkey did nothing wrong: it reads that variable, or is flaky, so its kills prove nothing. Its last lines:\n  the last line`,
    ],
    [
      'a kill, and red without a mutant afterwards',
      commandOf([{ ends: 'red', acted: 1 }], [{}, { ends: 'red' }], [{ ends: 'red' }]),
      'the suite is flaky: without a mutant it was green at first, and red when it was repeated. Its last lines:\n  the last line',
    ],
    [
      '--results names nothing that it writes',
      commandOf([], [{ tests: [] }]),
      '--results names no JUnit file with tests that the command wrote: it is a pattern such as reports/*.xml',
    ],
  ])('nothing is judged: %s', async (_name, command, problem) => {
    await expect(prove(proofOf(command, ['accept-revoked']))).rejects.toMatchObject({
      name: 'UnjudgeableError',
      problems: [problem],
    });
  });
});

describe('the whole report', () => {
  const run = (job: Job): Run => {
    if (job.mutant === 'accept-revoked@rockset') return { acted: 1, evidence: [{ mark: 'a revoked key fails' }] };
    return job.mutant === 'none' ? {} : { ends: 'red', acted: 1 };
  };

  test('has every mutant that was chosen: run, not met, excluded, or not applicable there', async () => {
    const command = new FakeCommand(['accept-revoked', 'ignore-revoke', 'lose-new-key'], run);
    const chosen = ['accept-revoked', 'accept-unknown', 'ignore-tenant', 'ignore-revoke', 'lose-new-key'] as const;
    const exclusions = [{ mutant: 'lose-new-key', provider: 'rockset', reason: 'our vault checks it' } as const];
    const report = await prove(proofOf(command, chosen, { choice: { mutants: chosen, only: undefined, exclusions } }));
    const evidence = [evidenceOf({ mark: 'a revoked key fails' })];
    const unrun = { reached: 0, ms: 0 };
    expect(report).toEqual({
      version: '1.2.3',
      command: ['npm', 'test'],
      baseline: { ms: 1000, requests: 7, providers: ['rockset'] },
      score: 100 / 3,
      scoreOfTested: 50,
      counts: { killed: 1, survived: 1, untested: 1, void: 0, ignored: 1, notApplicable: 1 },
      mutants: [
        judgedAs({ status: 'survived', acted: 1, evidence, advice: texts['accept-revoked'].survived }),
        judgedAs({
          ...unrun,
          id: 'accept-unknown@rockset',
          mutant: 'accept-unknown',
          says: 'a key that was never issued is accepted, as that of the first administrator',
          status: 'untested',
          reason: 'no test sends a key that was never issued',
          advice: texts['accept-unknown'].meet,
        }),
        judgedAs({
          ...unrun,
          id: 'ignore-tenant@rockset',
          mutant: 'ignore-tenant',
          says: 'a key reaches another organisation',
          status: 'notApplicable',
          reason: 'there is only one',
        }),
        judgedAs({
          id: 'ignore-revoke@rockset',
          mutant: 'ignore-revoke',
          says: 'a revocation is answered and not done',
          acted: 1,
        }),
        judgedAs({
          id: 'lose-new-key@rockset',
          mutant: 'lose-new-key',
          says: 'a new key is answered and does not work',
          status: 'ignored',
          reason: 'our vault checks it',
          ms: 0,
        }),
      ],
    });
    const ran = command.jobs.map(({ mutant, variable }) => `${mutant} ${variable}`);
    expect(ran).toEqual([
      'none ',
      'accept-revoked@rockset accept-revoked@rockset',
      'ignore-revoke@rockset ignore-revoke@rockset',
      'none ignore-revoke@rockset',
    ]);
  });

  test('what is not applicable is judged all the same where it is met', async () => {
    const command = new FakeCommand(['ignore-tenant'], run);
    const { mutants } = await prove(proofOf(command, ['ignore-tenant']));
    expect(mutants.map(({ status, acted }) => [status, acted])).toEqual([['killed', 1]]);
  });

  test('--only names providers that are not called, too: nothing of theirs is met', async () => {
    const choice = { mutants: ['accept-revoked'], only: ['kps'], exclusions: [] } as const;
    const { mutants, baseline } = await prove(proofOf(new FakeCommand(['accept-revoked'], run), [], { choice }));
    expect(baseline.providers).toEqual(['rockset']);
    expect(mutants.map((one) => [one.id, one.status])).toEqual([['accept-revoked@kps', 'untested']]);
  });

  test('where no role was asked for, and other refusals were, it says that one may pass for the other', async () => {
    const { mutants } = await prove(proofOf(new FakeCommand(['accept-revoked'], run), ['accept-revoked', 'ignore-role']));
    expect(mutants[1]?.reason).toBe(
      'no test asks for what the role of its key does not allow; a test of roles may pass because its key is refused for another reason: assert first that the key works',
    );
    const alone = await prove(proofOf(new FakeCommand([], run), ['ignore-role']));
    expect(alone.mutants[0]?.reason).toBe('no test asks for what the role of its key does not allow');
  });

  test('a dry run runs the command once', async () => {
    const command = new FakeCommand(['accept-revoked'], run);
    expect(await tries(proofOf(command, ['accept-revoked', 'ignore-tenant']))).toEqual({
      baseline: { ms: 1000, requests: 7, providers: ['rockset'] },
      mutants: [
        { id: 'accept-revoked@rockset', reached: 2, isRun: true },
        { id: 'ignore-tenant@rockset', reached: 0, isRun: false },
      ],
    });
    expect(command.jobs).toEqual([first]);
  });
});

describe('notes on kills', () => {
  const noteOn = async (killed: Run) => {
    const command = commandOf([{ ends: 'red', acted: 1, ...killed }], [{ tests: [passed('a')] }]);
    const { mutants } = await prove(proofOf(command, ['accept-revoked']));
    return mutants[0]?.reason;
  };
  const passed = (title: string) => ({ name: `f > ${title}`, title, hasFailed: false });
  const failed = (title: string) => ({ ...passed(title), hasFailed: true });
  const askedOnly = 'your own code never met the refusal: latchkey was asked, the provider was not';

  test.each<[string, Run, string | null]>([
    ['the test that met it failed', { evidence: [{ mark: 'f.mjs > a' }], tests: [failed('a'), passed('b')] }, null],
    [
      'another failed',
      { evidence: [{ mark: 'f.mjs > a' }], tests: [passed('a'), failed('b')] },
      'knock-on: no test that failed met the mutant',
    ],
    ['all failed', { evidence: [{ mark: 'f.mjs > a' }], tests: [failed('a'), failed('b')] }, 'knock-on: every test failed'],
    ['the only test failed', { evidence: [{ mark: 'f.mjs > a' }], tests: [failed('a')] }, null],
    ['no marks', { evidence: [{}], tests: [passed('a'), failed('b')] }, null],
    ['more was decided than is known', { acted: 2, evidence: [{ mark: 'f > a' }], tests: [passed('a'), failed('b')] }, null],
    ['no test is named', { evidence: [{ mark: 'f > a' }], tests: [] }, null],
    ['latchkey was asked', { evidence: [{ request: null, answered: null }] }, askedOnly],
    ['both were asked', { acted: 2, evidence: [{ request: null, answered: null }, {}] }, null],
    ['a proxy asked for the own code, with /authorize', { evidence: [{ request: null }] }, null],
  ])('%s', async (_name, run, note) => {
    expect(await noteOn(run)).toBe(note);
  });
});

test('a suite that is red at random never kills what decided nothing', async () => {
  for (let seed = 1; seed <= 500; seed++) {
    let state = seed;
    const isRed = () => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647 < 0.3;
    };
    const chosen = ['accept-expired', 'accept-revoked', 'accept-unknown', 'ignore-role', 'lose-new-key'] as const;
    const command = new FakeCommand(chosen, () => ({ ends: isRed() ? 'red' : 'green' }));
    const outcome = await prove(proofOf(command, chosen)).catch((error: unknown) => error);
    if (outcome instanceof Error) expect(outcome.name).toBe('UnjudgeableError');
    else expect(outcome).toMatchObject({ counts: { killed: 0, survived: 0 } });
  }
});

test('it says what it does, for somebody who waits; and no limit is longer than a timer can wait', async () => {
  const said: string[] = [];
  const command = new FakeCommand(['accept-revoked', 'lose-new-key'], ({ mutant }) =>
    mutant === 'none' ? {} : { ends: 'red', acted: 1 },
  );
  const timing = { factor: 1, extraMs: 1e12, jobs: 1 };
  await prove(proofOf(command, ['accept-revoked', 'lose-new-key'], { timing, onProgress: (what) => said.push(what) }));
  expect(said).toEqual([
    'without a mutant',
    '1 of 2: accept-revoked@rockset',
    '2 of 2: lose-new-key@rockset',
    'once more without a mutant',
  ]);
  expect(command.jobs[1]?.limitMs).toBe(2_147_483_647);
});

test('jobs run at the same time, no more than were asked for, and have more time; after an error nothing is begun', async () => {
  const chosen = ['accept-expired', 'accept-revoked', 'accept-unknown', 'ignore-role', 'lose-new-key'] as const;
  const command = new FakeCommand(chosen, ({ mutant }) =>
    mutant.startsWith('accept-revoked') ? { ends: 'broken' } : { acted: 1 },
  );
  let [running, most] = [0, 0];
  const proof = proofOf(command, chosen, {
    timing: { factor: 2, extraMs: 10, jobs: 2 },
    runOnce: async (job) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return command.run(job);
    },
  });
  await expect(prove(proof)).rejects.toMatchObject({ name: 'UnjudgeableError' });
  expect([most, running]).toEqual([2, 0]);
  expect(command.jobs.map(({ mutant, limitMs: limit }) => [mutant.split('@')[0], limit])).toEqual([
    ['none', undefined],
    ['accept-expired', 4010],
    ['accept-revoked', 4010],
    // Begun before the error came.
    ['accept-unknown', 4010],
  ]);
});
