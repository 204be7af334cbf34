import { describe, expect, test, vi } from 'vitest';
import { systemClock, toIso } from '../../src/clock.ts';
import { emulatorForTests } from '../support/emulator.ts';

const lk = emulatorForTests();
const clock = () => lk.request.get('/_latchkey/clock');
const post = (call: string, body: object = {}) => lk.request.post(`/_latchkey/clock/${call}`).send(body);

describe('reading', () => {
  test('a frozen clock shows the same instant again and again', async () => {
    const first = await clock().expect(200);
    expect(first.body).toEqual({ now: '2030-01-01T00:00:00.000Z', frozen: true, offsetMs: expect.any(Number) });
    const { body } = await clock();
    expect(body.now).toBe(first.body.now);
  });

  test('every time obeys it: a key issued after a move is dated after the move', async () => {
    await post('advance', { by: '720h' }).expect(200);
    const token = (await lk.world.credentials()).get('estuary')?.[1]?.header?.value ?? '';
    const { body } = await lk.request.post('/user/api-keys?expiry=1h').set('Authorization', token).expect(200);
    expect(body.expiry).toBe('2030-01-31T01:00:00Z');
  });
});

describe('PUT /clock', () => {
  test('sets it to an instant in any zone, and a frozen clock stays frozen', async () => {
    const { body } = await lk.request.put('/_latchkey/clock').send({ now: '2031-06-01T02:00:00.5+02:00' }).expect(200);
    expect(body).toEqual({ now: '2031-06-01T00:00:00.500Z', frozen: true, offsetMs: expect.any(Number) });
  });

  test('a running clock keeps running', async () => {
    await post('resume').expect(200);
    const { body } = await lk.request.put('/_latchkey/clock').send({ now: '2031-06-01T00:00:00Z' }).expect(200);
    expect(body.frozen).toBe(false);
  });

  test.each(['yesterday', '2031-06-01', '2031-02-30T00:00:00Z', '2031-06-01T00:00:00', ''])(
    '%j is refused, and the clock stays as it was',
    async (now) => {
      const { body } = await lk.request.put('/_latchkey/clock').send({ now }).expect(400);
      expect(body).toEqual({
        error: {
          code: 'request_invalid',
          message: 'now must be an RFC 3339 date-time such as 2030-01-01T00:00:00Z',
          details: null,
        },
      });
      expect((await clock()).body.now).toBe('2030-01-01T00:00:00.000Z');
    },
  );
});

describe('PUT /clock moves and freezes in one move (G13)', () => {
  const put = (body: object) => lk.request.put('/_latchkey/clock').send(body);
  const offsetMs = expect.any(Number);

  test('a running clock is frozen exactly at the instant, with one event', async () => {
    await post('resume').expect(200);
    const moves: object[] = [];
    const stop = lk.world.events.listen(
      (event) => event.type === 'clock' && moves.push(event.data()),
      () => undefined,
    );
    const { body } = await put({ now: '2031-06-01T00:00:00Z', frozen: true }).expect(200);
    stop();
    expect(body).toEqual({ now: '2031-06-01T00:00:00.000Z', frozen: true, offsetMs });
    expect(moves).toEqual([{ now: lk.world.clock.now(), frozen: true, offsetMs }]);
    expect((await clock()).body.now).toBe('2031-06-01T00:00:00.000Z');
  });

  test('a frozen one runs on from the instant', async () => {
    const { body } = await put({ now: '2031-06-01T00:00:00Z', frozen: false }).expect(200);
    expect(body).toEqual({ now: '2031-06-01T00:00:00.000Z', frozen: false, offsetMs });
  });

  test('without an instant it stays where it is', async () => {
    expect((await put({ frozen: true }).expect(200)).body).toEqual({ now: '2030-01-01T00:00:00.000Z', frozen: true, offsetMs });
    expect((await put({ frozen: false }).expect(200)).body).toEqual({ now: '2030-01-01T00:00:00.000Z', frozen: false, offsetMs });
  });

  test('without anything it is refused', async () => {
    const { body } = await put({}).expect(400);
    const message = 'say where to set the clock: {"now": …}, {"frozen": true or false}, or both';
    expect(body).toEqual({ error: { code: 'request_invalid', message, details: null } });
  });

  test('a bad instant freezes nothing', async () => {
    await post('resume').expect(200);
    await put({ now: 'tomorrow', frozen: true }).expect(400);
    expect((await clock()).body.frozen).toBe(false);
  });
});

describe('POST /clock/advance', () => {
  test('a running clock is moved exactly so far, however much time goes by meanwhile', async () => {
    await post('resume').expect(200);
    const { offsetMs } = (await clock()).body;
    let real = systemClock.now();
    const ticking = vi.spyOn(systemClock, 'now').mockImplementation(() => real++);
    const { body } = await post('advance', { by: '1h' });
    ticking.mockRestore();
    expect(body.offsetMs).toBe(offsetMs + 3_600_000);
  });

  test.each([
    ['720h', '2030-01-31T00:00:00.000Z'],
    ['-1m30s', '2029-12-31T23:58:30.000Z'],
    ['P1DT1H', '2030-01-02T01:00:00.000Z'],
    ['1ms', '2030-01-01T00:00:00.001Z'],
    ['0', '2030-01-01T00:00:00.000Z'],
  ])('by %s', async (by, now) => {
    const { body } = await post('advance', { by }).expect(200);
    expect(body).toEqual({ now, frozen: true, offsetMs: expect.any(Number) });
  });

  test.each(['application/x-www-form-urlencoded', 'text/plain', 'foo'])(
    'JSON is understood with the content type %s',
    async (type) => {
      const answer = await lk.request.post('/_latchkey/clock/advance').set('Content-Type', type).send('{"by":"1h"}').expect(200);
      expect(answer.body.now).toBe('2030-01-01T01:00:00.000Z');
    },
  );

  test.each([
    [{ by: '1d' }, 'by must be a duration: Go-style such as 720h or -1m30s, or ISO 8601 such as P30D', null],
    [{ by: 'P9000000D' }, 'the clock cannot leave the years 0000 to 9999', null],
    [{ by: 5 }, '/by must be a string, not 5', [{ path: '/by', problem: 'must be a string, not 5' }]],
    [{}, '/by is missing', [{ path: '/by', problem: 'is missing' }]],
  ])('%j is refused, and the clock stays as it was', async (body, message, details) => {
    const answer = await post('advance', Object(body)).expect(400);
    expect(answer.body).toEqual({ error: { code: 'request_invalid', message, details } });
    expect((await clock()).body.now).toBe('2030-01-01T00:00:00.000Z');
  });

  test('a body that is not JSON is refused', async () => {
    const answer = await lk.request
      .post('/_latchkey/clock/advance')
      .set('Content-Type', 'application/json')
      .send('{by')
      .expect(400);
    expect(answer.body).toEqual({ error: { code: 'request_invalid', message: 'the body is not JSON', details: null } });
  });
});

test('resume continues from the frozen instant, freeze stops the clock again', async () => {
  const running = await post('resume').expect(200);
  expect(running.body.frozen).toBe(false);
  expect(running.body.now >= '2030-01-01T00:00:00.000Z').toBe(true);
  const frozen = await post('freeze').expect(200);
  expect(frozen.body.frozen).toBe(true);
  expect(toIso(lk.world.clock.now())).toBe(frozen.body.now);
});
