import { connect } from 'node:net';
import pino from 'pino';
import { describe, expect, test } from 'vitest';
import { emulatorForTests } from '../support/emulator.ts';
import { lateWrites } from '../worlds/late-writes.ts';

const lines: string[] = [];
const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
const lk = emulatorForTests({ logger });

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const headerOf = async (provider: string, name: string) =>
  (await lk.world.credentials()).get(provider)?.find((credential) => credential.name === name)?.header ?? expect.unreachable();

describe('a body that is nested deeply (found 6.14)', () => {
  const refusal = {
    error: { code: 'request_invalid', message: 'the body is nested more than 100 levels deep', details: null },
  };

  test.each([
    ['faults', (deep: string) => `{"effect":{"respond":{"status":200,"body":${deep}}}}`],
    ['keys', (deep: string) => `{"provider":"estuary","owner":${deep}}`],
    ['clock/advance', (deep: string) => deep],
    ['introspect', (deep: string) => `{"secret":${deep}}`],
  ])('is refused by /_latchkey/%s, and nothing is done', async (call, bodyOf) => {
    for (const depth of [101, 9_000, 100_000]) {
      const { body } = await lk.request
        .post(`/_latchkey/${call}`)
        .type('json')
        .send(bodyOf(nested(depth)))
        .expect(400);
      expect(body).toEqual(refusal);
    }
    expect(lk.world.faults.list()).toEqual([]);
  });

  test('is taken up to that depth', async () => {
    const deep = nested(90);
    const body = `{"match":{"provider":"estuary"},"effect":{"respond":{"status":200,"body":${deep}}}}`;
    await lk.request.post('/_latchkey/faults').type('json').send(body).expect(200);
    expect((await lk.request.get('/viewer').expect(200)).text).toBe(deep);
  });

  test.each(lateWrites)('is answered by %s in its own shape, and is in the journal', async (provider, name, line) => {
    const [method = '', path = ''] = line.split(' ');
    const header = await headerOf(provider, name);
    for (const depth of [500, 9_000, 100_000]) {
      lines.length = 0;
      const answer = await fetch(`${lk.url}/${provider}${path}`, {
        method,
        headers: { [header.name]: header.value, 'content-type': 'application/json' },
        body: `{"name":${nested(depth)}}`,
      });
      const text = await answer.text();
      expect([text, answer.status]).not.toEqual([expect.stringContaining('statusCode":500'), 500]);
      expect(text).not.toMatch(/FST_|call stack/);
      const { requests } = (await lk.request.get('/_latchkey/requests?limit=1').expect(200)).body;
      expect(requests).toMatchObject([{ provider, method, status: answer.status }]);
      await lk.request.get(`/_latchkey/requests/${requests[0].id}`).expect(200);
      expect(lines).toEqual([]);
    }
  });
});

describe('a client that goes away while it sends its body (found 6.15)', () => {
  test.each(lateWrites)('is in the journal of %s, and no error in the log', async (provider, name, line) => {
    const [method = '', path = ''] = line.split(' ');
    const header = await headerOf(provider, name);
    lines.length = 0;
    const recorded = new Promise<void>((resolve) => {
      const stop = lk.world.events.listen(
        ({ type }) => {
          if (type !== 'request') return;
          stop();
          resolve();
        },
        () => undefined,
      );
    });
    const socket = connect(Number(new URL(lk.url).port), '127.0.0.1');
    const head = [`${method} /${provider}${path} HTTP/1.1`, 'Host: localhost', `${header.name}: ${header.value}`];
    socket.write([...head, 'Content-Type: application/json', 'Expect: 100-continue', 'Content-Length: 100', '', ''].join('\r\n'));
    await new Promise((resolve) => socket.once('data', resolve));
    socket.write('{"name"', () => socket.destroy());
    await recorded;
    const { requests } = (await lk.request.get('/_latchkey/requests?limit=1').expect(200)).body;
    expect(requests).toMatchObject([{ provider, method, status: 0, code: null, fault: null }]);
    const { explanation } = (await lk.request.get(`/_latchkey/requests/${requests[0].id}`).expect(200)).body;
    expect([explanation.verdict, explanation.sentence]).toEqual([
      'client gone',
      'The client closed the connection before it was answered.',
    ]);
    expect(lines).toEqual([]);
  });
});
