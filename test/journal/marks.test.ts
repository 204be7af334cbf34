import { describe, expect, test } from 'vitest';
import { connect } from '../../src/client/connect.ts';
import { stopwatchMs } from '../../src/clock.ts';
import { estuary } from '../control/seeded-calls.ts';
import { emulatorForTests } from '../support/emulator.ts';

// dashboard G8, G9 and G15: what requests belong to, when they arrived, and who sent them.

const lk = emulatorForTests();
const mark = (text: string | null) => lk.request.post('/_latchkey/mark').send({ text });
const viewer = () => lk.request.get('/viewer');
/** The marks of the entries, the oldest first. */
const marks = async (query = '') => {
  const { body } = await lk.request.get(`/_latchkey/requests${query}`).expect(200);
  return body.requests.map((entry: { mark: unknown }) => entry.mark).toReversed();
};
const count = async (query: string) => (await lk.request.get(`/_latchkey/requests/count?${query}`).expect(200)).body.count;

describe('POST /mark', () => {
  test('marks the requests that come after it, in that world alone, and null ends it', async () => {
    await viewer();
    expect((await mark('a.test.ts > one').expect(200)).body).toEqual({ marked: true });
    await viewer();
    await lk.request.get('/nobody/owns/this');
    await lk.request.get('/~marks/viewer');
    await mark('a.test.ts > other').expect(200);
    await viewer();
    expect((await mark(null).expect(200)).body).toEqual({ marked: false });
    await viewer();
    expect(await marks()).toEqual([null, 'a.test.ts > one', 'a.test.ts > one', 'a.test.ts > other', null]);
    const { body } = await lk.request.get('/~marks/_latchkey/requests').expect(200);
    expect(body.requests).toMatchObject([{ mark: null }]);
    await lk.worlds.drop('marks');
  });

  test('a request has the mark with which it arrived, however late it is answered', async () => {
    await mark('arrived').expect(200);
    await lk.request
      .post('/_latchkey/faults')
      .send({ effect: { delay: '100ms' } })
      .expect(200);
    const late = viewer().then(({ status }) => status);
    await expect.poll(() => lk.world.faults.list()[0]?.hits ?? 1).toBe(1);
    await mark('answered').expect(200);
    expect(await late).toBe(401);
    expect(await marks()).toEqual(['arrived']);
  });

  test.each([
    ['mark=a.test.ts%20%3E%20one', 1],
    ['mark=a.test.ts', 0],
    ['mark=a.test.ts%20%3E%20other', 2],
    ['mark=a.test.ts%20%3E%20other&status=401', 1],
    ['mark=', 0],
    ['mark=%E2%80%A6', 0],
  ])('GET /requests and /requests/count: ?%s selects by the whole mark', async (query, expected) => {
    await viewer();
    await mark('a.test.ts > one').expect(200);
    await viewer();
    await mark('a.test.ts > other').expect(200);
    await viewer();
    await lk.request.get('/nobody/owns/this');
    expect([(await marks(`?${query}`)).length, await count(query)]).toEqual([expected, expected]);
  });

  test.each([
    [{}, '/text is missing'],
    [{ text: '' }, '/text'],
    [{ text: 7 }, '/text'],
    [{ text: 'x'.repeat(501) }, '/text'],
    [{ text: 'x', txt: 'y' }, '/txt'],
  ])('refuses %j, and the mark stays', async (body, start) => {
    await mark('stays').expect(200);
    const { error } = (await lk.request.post('/_latchkey/mark').send(body).expect(400)).body;
    expect(error).toMatchObject({ code: 'request_invalid', message: expect.stringMatching(new RegExp(`^${start}`)) });
    await viewer();
    expect(await marks()).toEqual(['stays']);
  });

  test('takes 500 characters', async () => {
    await mark('é'.repeat(500)).expect(200);
  });

  test('shows no secrets: those of keys, those of any shape, passwords', async () => {
    await mark(`t > ${estuary.secret} is refused, passwordHash: hunter2hunter2`).expect(200);
    await viewer();
    const { text } = await lk.request.get('/_latchkey/requests').expect(200);
    expect(text).not.toContain(estuary.secret);
    expect(text).not.toContain('hunter2');
    const [shown] = await marks();
    expect(shown).toBe('t > EST00000000… is refused, passwordHash: "…"');
    // By what was said, and by what is shown.
    expect(await count(`mark=${encodeURIComponent(shown)}`)).toBe(1);
    expect(await count(`mark=${encodeURIComponent(`t > ${estuary.secret} is refused, passwordHash: hunter2hunter2`)}`)).toBe(1);
  });
});

describe('POST /reset', () => {
  test('takes a mark, and ends the one before', async () => {
    await lk.request.post('/_latchkey/reset').send({ mark: 'a > one' }).expect(200);
    await viewer();
    expect(await marks()).toEqual(['a > one']);
    await lk.request.post('/_latchkey/reset').send({ to: 'empty' }).expect(200);
    await viewer();
    expect(await marks()).toEqual([null]);
  });

  test('by the client', async () => {
    const client = await connect(lk.url);
    await client.reset('seed', { mark: 'by reset' });
    await viewer();
    await client.mark('by mark');
    await viewer();
    await client.mark(null);
    await viewer();
    expect((await client.requests()).map((entry) => entry.mark)).toEqual([null, 'by mark', 'by reset']);
    expect(await client.countRequests({ mark: 'by mark' })).toEqual({ count: 1, forgotten: 0 });
    await client.reset();
    await viewer();
    expect(await marks()).toEqual([null]);
  });
});

describe('an entry', () => {
  test('says when it arrived, by real time, and from where', async () => {
    const before = stopwatchMs();
    await viewer();
    lk.world.clock.advance(3_600_000);
    await lk.request
      .post('/_latchkey/faults')
      .send({ effect: { delay: '40ms' } })
      .expect(200);
    await viewer();
    const passed = stopwatchMs() - before;
    const [last, first] = (await lk.request.get('/_latchkey/requests').expect(200)).body.requests;
    expect(first.elapsedMs).toBeGreaterThan(0);
    const between = last.elapsedMs - first.elapsedMs;
    expect(between).toBeGreaterThan(0);
    // The delay comes after the arrival.
    expect(between + last.durationMs).toBeLessThanOrEqual(passed + 1);
    expect([first.from, last.from]).toEqual(['127.0.0.1', '127.0.0.1']);
  });

  test.each([
    ['teller/1.0', 'teller/1.0'],
    [`${'ab '.repeat(39)}abc`, `${'ab '.repeat(39)}abc`],
    [`${'ab '.repeat(40)}a`, `${'ab '.repeat(39)}ab…`],
    [`sdk ${estuary.secret}`, 'sdk EST00000000…'],
    [`${'ab '.repeat(34)}${estuary.secret}`, `${'ab '.repeat(34)}EST00000000…`],
  ])('the client that calls itself %j is %j', async (sent, shown) => {
    await viewer().set('User-Agent', sent);
    const [entry] = (await lk.request.get('/_latchkey/requests').expect(200)).body.requests;
    expect(entry.client).toBe(shown);
    expect(lk.world.journal.find({})[0]?.texts.head().client).toBe(shown);
  });

  test('the client that does not say what it is called', async () => {
    await viewer().unset('User-Agent');
    expect((await lk.request.get('/_latchkey/requests')).body.requests).toMatchObject([{ client: null }]);
  });
});
