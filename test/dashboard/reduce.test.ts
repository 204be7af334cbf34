import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fault, KeyState } from '../../src/client/types.ts';
import { type Lists, mostRequests, noLists, reduce, type StreamEvent } from '../../src/dashboard/state/reduce.ts';
import { keyOf, requestOf } from './rows.ts';

const seen = ({ keys, requests, faults }: Lists) => ({
  keys: Object.fromEntries([...keys].toSorted(([one], [other]) => one.localeCompare(other))),
  requests,
  faults,
});
const inPieces = (events: readonly StreamEvent[], size: number) =>
  events.reduce(
    (lists, _, place) => (place % size === 0 ? reduce(lists, events.slice(place, place + size)).lists : lists),
    noLists,
  );

/** What happens in a world: keys are issued and changed, and used. The events, and what the lists say at the end. */
const history = fc
  .array(
    fc.record({
      what: fc.constantFrom('key', 'use', 'refusal'),
      key: fc.constantFrom('k1', 'k2', 'k3'),
      state: fc.constantFrom<KeyState>('active', 'suspended', 'revoked'),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((steps) => {
    const keys = new Map(['k1', 'k2', 'k3'].map((id) => [id, keyOf({ id })]));
    const events: StreamEvent[] = [...keys.values()].map((key, place) => ({ id: place + 1, type: 'key', data: { key } }));
    const requests: ReturnType<typeof requestOf>[] = [];
    for (const { what, key: id, state } of steps) {
      const before = keys.get(id) ?? keyOf({ id });
      const place = String(requests.length + 1);
      if (what === 'key') {
        const key = { ...before, state };
        keys.set(id, key);
        events.push({ id: events.length + 1, type: 'key', data: { transition: 'changed', key } });
      } else {
        const at = `2030-01-01T00:00:00.${place.padStart(3, '0')}Z`;
        const isUse = what === 'use';
        const request = requestOf({ id: place, key: id, at, ...(!isUse && { status: 401, code: 'key_revoked' }) });
        requests.unshift(request);
        events.push({ id: events.length + 1, type: 'request', data: request });
        if (isUse) keys.set(id, { ...before, lastUsedAt: at });
      }
    }
    return { events, end: { keys: Object.fromEntries(keys), requests, faults: [] } };
  });

describe('events', () => {
  test('in any order and any pieces, repeated or not, end in what the lists say', () => {
    fc.assert(
      fc.property(
        history.chain(({ events, end }) =>
          fc.record({
            end: fc.constant(end),
            events: fc.constant(events),
            again: fc.shuffledSubarray([...events]),
            shuffled: fc.shuffledSubarray([...events], { minLength: events.length }),
            size: fc.integer({ min: 1, max: 50 }),
          }),
        ),
        ({ events, end, again, shuffled, size }) => {
          expect(seen(inPieces(events, size))).toEqual(end);
          expect(seen(inPieces([...events, ...again], size))).toEqual(end);
          const known = reduce(noLists, events.slice(0, 3)).lists;
          const mixed = [...shuffled, ...again].reduce((lists, event) => reduce(lists, [event]).lists, known);
          expect(seen(mixed)).toEqual(end);
        },
      ),
    );
  });

  test('keep the last requests', () => {
    const events = Array.from({ length: mostRequests + 5 }, (_, place) => ({
      id: place + 1,
      type: 'request',
      data: requestOf({ id: String(place + 1) }),
    }));
    const { requests } = reduce(noLists, events).lists;
    expect([requests.length, requests[0]?.id, requests.at(-1)?.id]).toEqual([mostRequests, String(mostRequests + 5), '6']);
  });

  test('of a reset have everything loaded again', () => {
    expect(reduce(noLists, [{ id: 1, type: 'reset', data: { to: 'seed' } }])).toEqual({ lists: noLists, reload: 'all' });
  });

  const fault: Fault = { id: 'f1', match: {}, effect: { status: 429 }, skip: 0, times: 2, ttlMs: 60_000, hits: 0 };
  const told = (data: object) => reduce({ ...noLists, faults: [fault] }, [{ id: 1, type: 'fault', data }]);
  test.each([
    [{ fault: 'f1', hits: 1 }, 1, null],
    [{ change: 'hit', fault: 'f1', hits: 2 }, 2, null],
    [{ change: 'hit', fault: 'f9', hits: 1 }, 0, 'faults'],
    [{ change: 'added', fault: 'f2', hits: 0 }, 0, 'faults'],
    [{ change: 'removed', fault: 'f1', hits: 0 }, 0, 'faults'],
    [{ change: 'died', fault: 'f1', hits: 2 }, 0, 'faults'],
  ])('of faults: %j', (data, hits, reload) => {
    const { lists, reload: wanted } = told(data);
    expect([lists.faults[0]?.hits, wanted]).toEqual([hits, reload]);
  });

  test.each([{}, null, 'text', { key: {} }, { id: 7 }])('that say nothing change nothing: %j', (data) => {
    const events = ['key', 'request', 'clock', 'news'].map((type, id) => ({ id, type, data }));
    const { lists, reload } = reduce(noLists, events);
    expect([seen(lists), reload]).toEqual([seen(noLists), null]);
  });
});
