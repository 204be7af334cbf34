import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stopwatchMs } from '../../src/clock.ts';
import type { FaultTerms } from '../../src/faults/fault.ts';
import { Faults } from '../../src/faults/faults.ts';
import { hasEnded, mostFaults, noFaults, type StoredFaults, struck, withAdded, without } from '../../src/faults/stored.ts';

const terms = (facts: Partial<FaultTerms> = {}): FaultTerms => ({
  match: {},
  credential: null,
  effect: { status: 503 },
  skip: 0,
  times: 1,
  ttlMs: 60_000,
  ...facts,
});
const slow = { delay: '1ms' };
const late = { propagation: { issue: '1s' } };

/** Faults with these terms, added at instant 0: f1, f2 and so on. */
function stored(...list: readonly Partial<FaultTerms>[]): StoredFaults {
  return list.reduce<StoredFaults>((faults, facts) => withAdded(faults, terms(facts), 0)[0], noFaults);
}
const ids = ({ list }: StoredFaults) => list.map(({ id }) => id);
const countsOf = ({ list }: StoredFaults) => list.map(({ seen, hits }) => [seen, hits]);

describe('adding', () => {
  test('gives a number that was never used, and an end in real time', () => {
    const [one] = without(stored({}, {}), 'f2', 0);
    const [more, fault] = withAdded(one, terms({ ttlMs: 5 }), 100);
    expect(fault).toEqual({ ...terms({ ttlMs: 5 }), id: 'f3', seen: 0, hits: 0, endsAt: 105 });
    expect([more.last, ids(more)]).toEqual([3, ['f1', 'f3']]);
    expect(ids(one)).toEqual(['f1']);
  });

  test('removes those that have ended, and is refused where there are too many that have not', () => {
    const full = stored(...Array.from({ length: mostFaults }, (_, index) => ({ ttlMs: index === 0 ? 10 : 20 })));
    expect(withAdded(full, terms(), 9)).toEqual([full, undefined]);
    const [after, fault] = withAdded(full, terms(), 10);
    expect([after.list.length, after.list.at(-1), after.list[0]?.id]).toEqual([mostFaults, fault, 'f2']);
  });
});

describe('removing', () => {
  test('one by its id, or all; an unknown one and one that has ended change nothing', () => {
    const three = stored({}, { ttlMs: 10 }, {});
    const [rest, removed] = without(three, 'f1', 5);
    expect([ids(rest), removed.map(({ id }) => id)]).toEqual([['f2', 'f3'], ['f1']]);
    expect(without(three, 'f9', 5)).toEqual([three, []]);
    expect(without(three, 'f2', 10)[1]).toEqual([]);
    expect(without(three, null, 10)[1].map(({ id }) => id)).toEqual(['f1', 'f3']);
    expect(without(three, null, 10)[0]).toEqual({ last: 3, list: [] });
  });
});

describe('counting a request', () => {
  test('lets `skip` through, hits `times`, and then nothing', () => {
    let faults = stored({ skip: 1, times: 2 });
    const hits = Array.from({ length: 5 }, () => {
      const [after, hitting] = struck(faults, ['f1'], 1);
      faults = after;
      return hitting;
    });
    expect(hits).toEqual([[], ['f1'], ['f1'], [], []]);
    expect(countsOf(faults)).toEqual([[3, 2]]);
    expect(faults.list.map((fault) => hasEnded(fault, 1))).toEqual([true]);
  });

  test('counts only those that match, that are there, and that act on requests', () => {
    const faults = stored({ times: null }, { ttlMs: 10 }, { effect: late, times: null }, { times: null });
    const [after, hitting] = struck(faults, ['f1', 'f2', 'f3', 'f9'], 10);
    expect(hitting).toEqual(['f1']);
    expect(countsOf(after)).toEqual([
      [1, 1],
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    expect(struck(faults, ['f2', 'f3', 'f9'], 10)[0]).toBe(faults);
  });

  test('of several that would answer only the first one hits, after those that do not answer; all have seen it', () => {
    const faults = stored({}, { effect: slow }, {});
    const [once, first] = struck(faults, ['f1', 'f2', 'f3'], 1);
    expect([first, countsOf(once)]).toEqual([
      ['f2', 'f1'],
      [
        [1, 1],
        [1, 1],
        [1, 0],
      ],
    ]);
    expect(struck(once, ['f1', 'f2', 'f3'], 1)[1]).toEqual(['f3']);
  });

  test('changes nothing of what it was given', () => {
    const faults = stored({ times: 2 });
    struck(faults, ['f1'], 1);
    expect(countsOf(faults)).toEqual([[0, 0]]);
  });
});

describe('a list that takes over another', () => {
  let told: string[];
  let delays: number[];
  let faults: Faults;
  beforeEach(() => {
    told = [];
    delays = [];
    faults = new Faults({
      onChange: (change, { id, hits }) => told.push(`${id} ${change} ${hits}`),
      delayChanges: (delaysAt) => delays.push(delaysAt('estuary').issueMs),
    });
  });
  afterEach(() => faults.clear());
  const adopt = (from: StoredFaults, realNow = 1) => {
    told = [];
    faults.adopt(from, realNow);
    return told;
  };

  test('tells what was added, hit, removed, and what has died', () => {
    const all = stored({ times: 2 }, {}, {}, { times: null });
    expect(adopt(all)).toEqual(['f1 added 0', 'f2 added 0', 'f3 added 0', 'f4 added 0']);
    expect(adopt(all)).toEqual([]);
    const [once] = struck(all, ['f1', 'f4'], 1);
    expect(adopt(once)).toEqual(['f1 hit 1']);
    const [spent] = struck(once, ['f1'], 1);
    const [fewer] = without(spent, 'f2', 1);
    expect(adopt(spent)).toEqual(['f1 hit 2', 'f1 died 2']);
    expect(adopt(fewer)).toEqual(['f2 removed 0']);
    expect(faults.list().map(({ id }) => id)).toEqual(['f3', 'f4']);
    expect(faults.last).toBe(4);
  });

  test('does not tell of one that was over before it was heard of', () => {
    const [spent] = struck(stored({}), ['f1'], 1);
    expect([adopt(spent), faults.isEmpty]).toEqual([[], true]);
    expect([adopt(stored({ ttlMs: 10 }), 10), faults.isEmpty]).toEqual([[], true]);
  });

  test('ends them when they end in real time, however the stopwatch stands', () => {
    adopt(stored({ ttlMs: 5_000 }), 3_000);
    const [fault] = faults.list();
    expect((fault?.endsAt ?? 0) - stopwatchMs()).toBeGreaterThan(1_000);
    expect((fault?.endsAt ?? 0) - stopwatchMs()).toBeLessThanOrEqual(2_000);
    expect(adopt(stored({ ttlMs: 5_000 }), 5_000)).toEqual(['f1 died 0']);
  });

  test('tells that one died which is gone after it had hit as often as it should', () => {
    const [spent] = struck(stored({ effect: { ...late, status: 503 } }), ['f1'], 1);
    expect(adopt(spent)).toEqual(['f1 added 1']);
    expect(adopt({ last: 1, list: [] })).toEqual(['f1 died 1']);
  });

  test('delays changes from then on, and no longer when it is gone', () => {
    adopt(stored({ effect: late, times: null }));
    adopt({ last: 1, list: [] });
    expect(delays).toEqual([1_000, 0]);
  });
});
