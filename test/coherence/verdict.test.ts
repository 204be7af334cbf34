import { describe, expect, test } from 'vitest';
import { type Disturbance, kindsOfDisturbance, type Sent } from '../../.ci/coherence/history.ts';
import { type Mode, verdictOn } from '../../.ci/coherence/verdict.ts';
import { ask, historyOf, issue, lastAsk, revocation, sent } from './histories.ts';

const disturbances: Disturbance[] = kindsOfDisturbance.map((kind) => ({ kind, replica: 1, begun: 5, answered: 6 }));
const many = (times: number, make: (n: number) => Sent) => Array.from({ length: times }, (_, n) => make(n));

/** As much as a run must see, of two replicas. */
const enough: readonly Sent[] = [
  issue(0, 1),
  revocation(10, 11),
  ...many(99, (n) => sent({ about: 'revocation', key: `other-${n}` }, 0, 1)),
  ...many(1000, () => ask(2, 3, 'done', 1)),
  ask(2, 3),
  ...many(20, (n) => sent({ about: 'move', clock: 'w', over: n % 2 === 0 }, n, n + 0.5)),
  ...many(10, (n) => sent({ about: 'fault', fault: `f${n}`, skip: 0, times: 1 }, 0, 1)),
  ...many(10, (n) => sent({ about: 'shot', fault: `f${n}` }, 2, 3)),
  lastAsk(90, 91, 'refused', 1),
  lastAsk(90, 91, 'refused', 2),
];
const stale = ask(30, 31);
const lost = [sent({ about: 'issue', key: 'k2' }, 0, 1), sent({ about: 'ask', key: 'k2', isLast: true }, 90, 91, 'refused')];

const statusOf = (all: readonly Sent[], mode: Mode = 'law') => verdictOn(historyOf(all, disturbances), mode, 2).status;
const lastLine = (all: readonly Sent[], disturbed = disturbances) =>
  verdictOn(historyOf(all, disturbed), 'law', 2).text.split('\n').at(-1);

test('what has seen enough, and nothing that cannot be, passes', () => {
  expect(verdictOn(historyOf(enough, disturbances), 'law', 2)).toEqual({
    status: 0,
    text: `requests                          1144
acceptances                       1001
refusals                          2
503s                              0
broken connections                0
answers after 2.5 s, the last     0, 1 ms
keys issued                       1
revocations answered              100
clock moves answered              20
faults added, hits                10, 10
disturbances                      kill 1, cut 1, silence 1, refuse 1, terminate 1, pause 1, restart 1
stale acceptance                  0
good key refused                  0
lost                              0
back                              0
fault hit too often               0
fault hit too seldom              0
ended by itself                   0
503 at rest                       0
connection broken                 0
no answer                         0
odd answer                        0
coherence check passed`,
  });
});

test('one finding fails, with its evidence', () => {
  const { status, text } = verdictOn(historyOf([...enough, stale], disturbances), 'law', 2);
  expect(status).toBe(2);
  expect(text.split('\n').slice(-4)).toEqual([
    'stale acceptance: k was accepted after its end was answered',
    '    replica 1, begun 0.0100 s, answered 0.0110 s: revocation: done',
    '    replica 2, begun 0.0300 s, answered 0.0310 s: ask: done',
    'coherence check failed: 1 findings',
  ]);
});

describe('what has seen too little is inconclusive:', () => {
  test.each([
    ['revocations', enough.filter((one) => one !== enough[2]), '99 of 100 revocations at least'],
    ['moves', enough.filter(({ subject, begun }) => subject.about !== 'move' || begun > 0), '19 of 20 moves at least'],
    ['faults', enough.filter(({ subject }) => subject.about !== 'shot'), '0 of 10 faults at least'],
    ['a replica', enough.filter(({ replica, outcome }) => replica === 1 || outcome === 'refused'), 'replica 2 accepted no key'],
    ['the end', enough.slice(0, -1), '1 of 2 answers are missing at the end'],
  ])('%s', (_, all, missing) => {
    expect(statusOf(all)).toBe(1);
    expect(lastLine(all)).toBe(`coherence check is inconclusive: ${missing}`);
  });

  test('requests', () => {
    const few = enough.filter((one, n) => one.told !== 'ask: done' || one.replica === 2 || n % 5 === 0);
    expect(lastLine(few)).toBe('coherence check is inconclusive: 344 of 1000 requests at least');
  });

  test('disturbances', () => {
    expect(lastLine(enough, disturbances.slice(1))).toBe('coherence check is inconclusive: no disturbance of the kind kill');
  });

  test('nothing at all', () => {
    expect(statusOf([])).toBe(1);
  });

  test('but a finding fails all the same', () => {
    expect(statusOf([issue(0, 1), revocation(2, 3), ask(4, 5)])).toBe(2);
  });
});

describe('a negative control', () => {
  test('of late replicas passes if a stale acceptance is seen', () => {
    expect(statusOf([...enough, stale], 'stale')).toBe(0);
    expect(statusOf(enough, 'stale')).toBe(2);
    expect(statusOf([...enough, ...lost], 'stale')).toBe(2);
    expect(statusOf([], 'stale')).toBe(2);
  });

  test('of replicas that share nothing passes if lost keys are seen, too', () => {
    expect(statusOf([...enough, stale, ...lost], 'apart')).toBe(0);
    expect(statusOf([...enough, stale], 'apart')).toBe(2);
  });
});
