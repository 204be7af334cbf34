import { describe, expect, test } from 'vitest';
import type { Disturbance, Ending, Outcome, Sent } from '../../.ci/coherence/history.ts';
import { judge } from '../../.ci/coherence/judge.ts';
import { ask, historyOf, issue, lastAsk, revocation, sent } from './histories.ts';

const kinds = (all: readonly Sent[], disturbances?: readonly Disturbance[], endings?: readonly Ending[]) =>
  judge(historyOf(all, disturbances, endings)).map(({ kind }) => kind);

describe('a key that was revoked', () => {
  const revoked = [issue(0, 1), revocation(10, 20)];

  test('is refused to whoever asks after the answer', () => {
    expect(kinds([...revoked, ask(21, 22, 'refused'), lastAsk(90, 91, 'refused')])).toEqual([]);
  });

  test('is a stale acceptance if it is accepted then, with the cause as evidence', () => {
    const late = ask(20.001, 22);
    expect(judge(historyOf([...revoked, late]))).toEqual([
      { kind: 'stale acceptance', text: 'k was accepted after its end was answered', evidence: [revoked[1], late] },
    ]);
  });

  test('may be accepted by a request that began before the answer, or with it', () => {
    expect(kinds([...revoked, ask(19.999, 500), ask(20, 500), ask(2, 5)])).toEqual([]);
  });

  test('is back if it is accepted at the end', () => {
    expect(kinds([...revoked, lastAsk(90, 91)])).toEqual(['back']);
  });

  test('may be refused from when its revocation began', () => {
    expect(kinds([...revoked, ask(9, 10, 'refused'), ask(12, 13, 'refused')])).toEqual([]);
  });

  test('is a stale acceptance once somebody was refused, though the revocation is not answered yet', () => {
    expect(kinds([...revoked, ask(12, 13, 'refused'), ask(14, 15)])).toEqual(['stale acceptance']);
    expect(kinds([...revoked, ask(12, 13, 'refused'), ask(12.5, 15)])).toEqual([]);
  });
});

describe.each<Outcome>(['unavailable', 'broken', 'silent'])('a revocation that was %s', (outcome) => {
  const disturbances: Disturbance[] = [{ kind: 'kill', replica: 1, begun: 0, answered: 100 }];
  const silence = outcome === 'silent' ? ['no answer'] : [];

  test('may have happened or not', () => {
    const unsure = [issue(0, 1), revocation(10, 20, outcome)];
    expect(kinds([...unsure, ask(30, 31), lastAsk(90, 91)], disturbances)).toEqual(silence);
    expect(kinds([...unsure, ask(30, 31), lastAsk(90, 91, 'refused')], disturbances)).toEqual(silence);
  });

  test('has happened once somebody was refused', () => {
    const all = [issue(0, 1), revocation(10, 20, outcome), ask(30, 31, 'refused'), lastAsk(90, 91)];
    expect(kinds(all, disturbances)).toEqual(['back', ...silence]);
  });

  test('may be found out by the next attempt, which finds no key', () => {
    const all = [issue(0, 1), revocation(10, 20, outcome), revocation(30, 40, 'refused')];
    expect(kinds([...all, ask(35, 36), ask(41, 42, 'refused')], disturbances)).toEqual(silence);
    expect(kinds([...all, ask(41, 42)], disturbances)).toEqual(['stale acceptance', ...silence]);
  });
});

describe('a key that was issued', () => {
  test('is accepted by whoever asks after the answer', () => {
    expect(kinds([issue(0, 1), ask(2, 3), lastAsk(90, 91)])).toEqual([]);
  });

  test('is a good key refused, with its issue as evidence, or lost if that is at the end', () => {
    const issued = issue(0, 1);
    const refused = ask(2, 3, 'refused');
    expect(judge(historyOf([issued, refused]))).toEqual([
      { kind: 'good key refused', text: 'k was refused, although nobody had begun to revoke it', evidence: [issued, refused] },
    ]);
    expect(kinds([issued, lastAsk(90, 91, 'refused')])).toEqual(['lost']);
  });

  test('is not missed if its issue was not answered', () => {
    const all = [issue(0, 1, 'unavailable'), lastAsk(90, 91, 'refused')];
    expect(kinds(all, [{ kind: 'cut', replica: 1, begun: 0, answered: 0 }])).toEqual([]);
  });

  test('is lost if the first attempt to revoke it does not find it', () => {
    expect(kinds([issue(0, 1), revocation(10, 20, 'refused')])).toEqual(['lost']);
  });

  test('may not be refused to a request that was answered before the revocation began', () => {
    expect(kinds([issue(0, 1), ask(2, 9.999, 'refused'), revocation(10, 20)])).toEqual(['good key refused']);
  });
});

describe('a clock that is moved over an expiry and back', () => {
  const issued = sent({ about: 'issue', key: 'k', clock: 'w' }, 0, 1);
  const move = (over: boolean, begun: number, answered: number, outcome?: Outcome) =>
    sent({ about: 'move', clock: 'w', over }, begun, answered, outcome);
  const moved = [issued, move(true, 10, 20), move(false, 30, 40)];

  test('decides what each request gets', () => {
    const asks = [ask(2, 3), ask(21, 22, 'refused'), ask(41, 42), lastAsk(90, 91)];
    expect(kinds([...moved, ...asks])).toEqual([]);
  });

  test.each([
    { begun: 2, answered: 9, outcome: 'refused', kind: 'good key refused' },
    { begun: 21, answered: 22, outcome: 'done', kind: 'stale acceptance' },
    { begun: 41, answered: 42, outcome: 'refused', kind: 'good key refused' },
  ] as const)('cannot explain $outcome from $begun to $answered', ({ begun, answered, outcome, kind }) => {
    expect(kinds([...moved, ask(begun, answered, outcome)])).toEqual([kind]);
  });

  test.each<Outcome>(['done', 'refused'])('explains %s while a move is on its way', (outcome) => {
    expect(kinds([...moved, ask(9, 12, outcome), ask(12, 13, outcome), ask(19, 31, outcome), ask(31, 50, outcome)])).toEqual([]);
  });

  test.each<Outcome>(['done', 'refused'])('explains %s from a move on that was not answered', (outcome) => {
    const all = [...moved, move(true, 50, 60, 'unavailable'), ask(70, 71, outcome), lastAsk(90, 91, outcome)];
    expect(kinds(all, [{ kind: 'cut', replica: 1, begun: 50, answered: 50 }])).toEqual([]);
  });
});

describe('a fault', () => {
  const fault = (skip: number, times: number) => sent({ about: 'fault', fault: 'f', skip, times }, 0, 1);
  const shot = (outcome: Outcome, begun = 2) => sent({ about: 'shot', fault: 'f' }, begun, 3, outcome);

  test('hits as often as it says', () => {
    expect(kinds([fault(0, 1), shot('refused'), shot('done'), shot('refused')])).toEqual([]);
    expect(kinds([fault(1, 2), shot('refused'), shot('done'), shot('done')])).toEqual([]);
    expect(kinds([fault(2, 5), shot('refused'), shot('refused'), shot('done')])).toEqual([]);
  });

  test('may not hit more often', () => {
    expect(kinds([fault(0, 1), shot('done'), shot('done')])).toEqual(['fault hit too often']);
    expect(kinds([fault(1, 2), shot('done'), shot('done')])).toEqual(['fault hit too often']);
  });

  test('may hit less often only if a request has no definite answer, or began too early', () => {
    const cut: Disturbance[] = [{ kind: 'cut', replica: 1, begun: 0, answered: 0 }];
    expect(kinds([fault(0, 1), shot('refused'), shot('refused')])).toEqual(['fault hit too seldom']);
    expect(kinds([fault(0, 1), shot('refused'), shot('unavailable')], cut)).toEqual([]);
    expect(kinds([fault(0, 1), shot('refused', 0.5)])).toEqual([]);
  });
});

describe('an answer', () => {
  const cut: Disturbance = { kind: 'cut', replica: 2, begun: 100, answered: 200 };
  const kill: Disturbance = { kind: 'kill', replica: 1, begun: 100, answered: 200 };

  test('503 needs a disturbance', () => {
    expect(kinds([ask(50, 99, 'unavailable')], [cut])).toEqual(['503 at rest']);
    expect(kinds([ask(50, 100, 'unavailable'), ask(3200, 3201, 'unavailable')], [cut])).toEqual([]);
    expect(kinds([ask(3201, 3202, 'unavailable')], [cut])).toEqual(['503 at rest']);
  });

  test('a broken connection needs a killed replica', () => {
    expect(kinds([ask(150, 160, 'broken', 1), ask(700, 701, 'broken', 1)], [kill])).toEqual([]);
    expect(kinds([ask(701, 702, 'broken', 1)], [kill])).toEqual(['connection broken']);
    expect(kinds([ask(150, 160, 'broken', 2)], [kill])).toEqual(['connection broken']);
    expect(kinds([ask(150, 160, 'broken', 2)], [cut])).toEqual(['connection broken']);
  });

  test('none at all, or one that nothing allows, is always a finding', () => {
    expect(kinds([ask(150, 160, 'silent'), ask(150, 160, 'odd')], [cut, kill])).toEqual(['no answer', 'odd answer']);
  });
});

describe('the end of a replica', () => {
  const ended = { replica: 1, startedAt: 0, at: 150, wasReady: true, wasKilled: false, told: 'status 1' };
  const restart: Disturbance = { kind: 'restart', begun: 100, answered: 200 };

  test('is its own if it was not killed', () => {
    expect(kinds([], [], [ended])).toEqual(['ended by itself']);
    expect(kinds([], [restart], [ended])).toEqual(['ended by itself']);
    expect(kinds([], [], [{ ...ended, wasKilled: true }])).toEqual([]);
  });

  test('is nobody’s fault if it could not reach PostgreSQL when it started', () => {
    const notReady = { ...ended, wasReady: false };
    expect(kinds([], [restart], [notReady])).toEqual([]);
    expect(kinds([], [], [notReady])).toEqual(['ended by itself']);
    expect(kinds([], [{ ...restart, kind: 'kill', replica: 1 }], [notReady])).toEqual(['ended by itself']);
  });
});
