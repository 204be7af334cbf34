import { describe, expect, test } from 'vitest';
import { keyOf } from '../store/key-of.ts';
import { emulatorForTests, epoch } from '../support/emulator.ts';
import { issueKey } from './issued-key.ts';

const lk = emulatorForTests();
const agenda = (query = '') => lk.request.get(`/_latchkey/agenda${query}`);
const keyView = async (id: string) => (await lk.request.get(`/_latchkey/keys/${id}`).expect(200)).body;
const issue = (life: object, world = '') => issueKey(lk, { provider: 'estuary', owner: 'alice', ...life }, world);

interface AgendaEvent {
  readonly at: string;
  readonly event: string;
  readonly key: { readonly id: string; readonly name: string };
}

/** The agenda in short, without the keys of the seed. */
async function planned(query = ''): Promise<[at: string, event: string, id: string][]> {
  const events: readonly AgendaEvent[] = (await agenda(query).expect(200)).body.events;
  return events.filter(({ at }) => at < '2031').map(({ at, event, key }) => [at, event, key.id]);
}

const delay = (propagation: object) =>
  lk.request
    .post('/_latchkey/faults')
    .send({ match: { provider: 'estuary' }, effect: { propagation } })
    .expect(200);

describe('GET /agenda', () => {
  test('of a fresh world holds the expiries of the seed, each with its whole key', async () => {
    const { body } = await agenda().expect(200);
    const keys = (await lk.request.get('/_latchkey/keys?provider=estuary')).body.keys;
    expect(keys).toHaveLength(3);
    const events = keys.map((key: { expiresAt: string }) => ({ at: key.expiresAt, event: 'expiry', key }));
    expect(body).toEqual({ events, total: 3, cursor: null });
  });

  test('is in order of time, whatever the order of issue and the provider', async () => {
    const late = await issue({ expiresIn: '3h' });
    const early = await issueKey(lk, { provider: 'rockset', owner: 'member@me.com', name: 'early', expiresIn: '1h' });
    const middle = await issueKey(lk, { provider: 'whylabs', organization: 'org-123', owner: 'user-123', expiresIn: '2h' });
    expect(await planned()).toEqual([
      ['2030-01-01T01:00:00.000Z', 'expiry', early.id],
      ['2030-01-01T02:00:00.000Z', 'expiry', middle.id],
      ['2030-01-01T03:00:00.000Z', 'expiry', late.id],
    ]);
    expect((await agenda()).body.events[0].key).toEqual(await keyView(early.id));
  });

  test('lists keys of one instant in the order of their issue', async () => {
    const keys = [await issue({ expiresIn: '1h' }), await issue({ expiresIn: '1h' }), await issue({ expiresIn: '1h' })];
    expect((await planned()).map(([, , id]) => id)).toEqual(keys.map(({ id }) => id));
  });

  test('holds an expiry up to and including its instant', async () => {
    const { id } = await issue({ expiresIn: '1h' });
    lk.world.clock.advance(3_600_000);
    expect(await planned()).toEqual([['2030-01-01T01:00:00.000Z', 'expiry', id]]);
    lk.world.clock.advance(1);
    expect(await planned()).toEqual([]);
    lk.world.clock.advance(-1);
    expect(await planned()).toHaveLength(1);
  });

  test('holds no key that can no longer expire', async () => {
    const moves = ['suspend', 'revoke', 'expire'] as const;
    const keys = await Promise.all(moves.map(() => issue({ expiresIn: '1h' })));
    expect(await planned()).toHaveLength(3);
    for (const [index, move] of moves.entries()) {
      await lk.request.post(`/_latchkey/keys/${keys[index]?.id}/${move}`).expect(200);
      expect(await planned()).toHaveLength(2 - index);
    }
    await lk.request.post(`/_latchkey/keys/${keys[0]?.id}/resume`).expect(200);
    expect(await planned()).toEqual([['2030-01-01T01:00:00.000Z', 'expiry', keys[0]?.id]]);
  });

  test('shows only its own world', async () => {
    const here = await issue({ expiresIn: '1h' });
    const there = await issue({ expiresIn: '2h' }, '/~elsewhere');
    expect((await planned()).map(([, , id]) => id)).toEqual([here.id]);
    const { body } = await lk.request.get('/~elsewhere/_latchkey/agenda').expect(200);
    expect(body.events.map(({ key }: AgendaEvent) => key.id)).toContain(there.id);
    expect(body.total).toBe(4);
    await lk.worlds.drop('elsewhere');
  });
});

describe('a propagation that a fault delays', () => {
  test('of an issue or of a revocation is among the expiries until it is seen', async () => {
    await delay({ issue: '2s', revoke: '10s' });
    const { id } = await issue({ expiresIn: '5s' });
    await lk.request.post(`/_latchkey/keys/${id}/revoke`).expect(200);
    const other = await issue({ expiresIn: '5s' });
    expect(await planned()).toEqual([
      ['2030-01-01T00:00:02.000Z', 'issue seen', id],
      ['2030-01-01T00:00:02.000Z', 'issue seen', other.id],
      ['2030-01-01T00:00:05.000Z', 'expiry', other.id],
      ['2030-01-01T00:00:10.000Z', 'revocation seen', id],
    ]);
    lk.world.clock.advance(2_000);
    expect(await planned()).toEqual([
      ['2030-01-01T00:00:05.000Z', 'expiry', other.id],
      ['2030-01-01T00:00:10.000Z', 'revocation seen', id],
    ]);
    lk.world.clock.advance(8_001);
    expect(await planned()).toEqual([]);
  });

  test('counts in the total, and disappears with its fault', async () => {
    const { body: fault } = await delay({ issue: '2s' });
    await issue({});
    expect((await agenda('?limit=1')).body).toMatchObject({ events: [{ event: 'issue seen' }], total: 5 });
    await lk.request.delete(`/_latchkey/faults/${fault.id}`).expect(200);
    expect((await agenda('?limit=1')).body).toMatchObject({ events: [{ event: 'expiry' }], total: 4 });
  });
});

describe('pages', () => {
  /** The pages of so many events, each by the cursor of the one before. */
  async function pagesOf(limit: number): Promise<AgendaEvent[][]> {
    const pages: AgendaEvent[][] = [];
    for (let query = `?limit=${limit}`; ; ) {
      const { body } = await agenda(query).expect(200);
      pages.push(body.events);
      if (body.cursor === null) return pages;
      query = `?limit=${limit}&cursor=${encodeURIComponent(body.cursor)}`;
    }
  }

  test('found 6.10: follow each other without gaps, by the last event, and end', async () => {
    for (let hour = 1; hour <= 4; hour++) await issue({ expiresIn: `${hour}h` });
    await issue({ expiresIn: '4h' });
    const all = (await agenda()).body.events;
    expect(all).toHaveLength(8);
    for (const limit of [1, 3, 8]) {
      const pages = await pagesOf(limit);
      expect(pages.flat()).toEqual(all);
      expect(pages).toHaveLength(Math.ceil(8 / limit));
    }
    expect((await agenda('?limit=3')).body).toMatchObject({
      total: 8,
      cursor: `${Date.parse(all[2].at)}.expiry.${all[2].key.id}`,
    });
  });

  test('also with changes that a fault delays, between the expiries', async () => {
    await delay({ issue: '3h' });
    for (let hour = 1; hour <= 4; hour++) await issue({ expiresIn: `${hour}h` });
    const all = (await agenda()).body.events;
    expect(new Set(all.map(({ event }: AgendaEvent) => event))).toEqual(new Set(['expiry', 'issue seen']));
    for (const limit of [1, 2, 5]) expect((await pagesOf(limit)).flat()).toEqual(all);
  });

  test('go on where they were when the clock has passed the last event', async () => {
    for (let hour = 1; hour <= 3; hour++) await issue({ expiresIn: `${hour}h` });
    const { events, cursor } = (await agenda('?limit=1')).body;
    lk.world.clock.set(Date.parse(events[0].at) + 1);
    const rest = (await agenda()).body.events;
    expect((await agenda(`?cursor=${cursor}`)).body.events).toEqual(rest);
  });

  test('count all expiries, even more than a page can hold', async () => {
    const keys = Array.from({ length: 10_500 }, (_, index) => ({
      key: keyOf(`k${index}`, { provider: 'estuary', expiresAt: epoch + index }),
      keptSecret: null,
    }));
    lk.world.store.seed([{ provider: 'estuary', keys, resources: [] }], epoch, false);
    const { body } = await agenda(`?limit=2&cursor=${epoch + 10_497}.expiry.k10497`).expect(200);
    expect(body.events.map(({ key }: AgendaEvent) => key.id)).toEqual(['k10498', 'k10499']);
    expect(body).toMatchObject({ total: 10_503, cursor: `${epoch + 10_499}.expiry.k10499` });
  });

  test.each([
    ['?limit=0', '/limit', 'must be at least 1, not 0'],
    ['?limit=10001', '/limit', 'must be at most 10000, not 10001'],
    ['?limit=some', '/limit', 'must be a whole number, not "some"'],
  ])('%s is refused', async (query, path, problem) => {
    const { body } = await agenda(query).expect(400);
    expect(body).toEqual({
      error: { code: 'request_invalid', message: `${path} ${problem}`, details: [{ path, problem }] },
    });
  });

  test.each(['x', '-1', '1.5', '1.x.y', ''])('a cursor that no page gave is refused: %j', async (cursor) => {
    for (const list of ['agenda', 'audit', 'faults', 'keys', 'requests', 'worlds']) {
      const { body } = await lk.request.get(`/_latchkey/${list}?cursor=${cursor}`).expect(400);
      const problem = `must be the cursor of the previous page, not ${JSON.stringify(cursor)}`;
      const details = [{ path: '/cursor', problem }];
      expect([list, body]).toEqual([list, { error: { code: 'request_invalid', message: `/cursor ${problem}`, details } }]);
    }
  });
});
