import { get } from 'node:http';
import { describe, expect, test } from 'vitest';
import { exchange } from '../control/exchange.ts';
import { seededCalls } from '../control/seeded-calls.ts';
import { emulatorForTests } from '../support/emulator.ts';

const lk = emulatorForTests();
const dateOf = async (path: string, headers: Readonly<Record<string, string>> = {}) =>
  (await exchange(lk.url + path, { headers })).headers.date;

/** The names of an answer's headers, as they are spelt and in their order. */
function headerNames(path: string, headers: Readonly<Record<string, string>>): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const call = get(lk.url + path, { headers, agent: false }, (answer) => {
      answer.resume().on('end', () => resolve(answer.rawHeaders.filter((_, index) => index % 2 === 0)));
    });
    call.on('error', reject);
  });
}

describe("found 3.3: the header Date is by the world's clock", () => {
  test.each(seededCalls)('of $provider, in answers and refusals', async ({ provider, path, header, scheme, secret }) => {
    await lk.request.put('/_latchkey/clock').send({ now: '2031-02-03T04:05:06.789Z' }).expect(200);
    for (const headers of [{ [header]: scheme + secret }, {}]) {
      expect(await dateOf(`/${provider}${path}`, headers)).toBe('Mon, 03 Feb 2031 04:05:06 GMT');
    }
    expect(await dateOf(`/_latchkey/authorize/${provider}`)).toBe('Mon, 03 Feb 2031 04:05:06 GMT');
    expect(await dateOf(`/~other/${provider}${path}`)).toBe('Tue, 01 Jan 2030 00:00:00 GMT');
  });

  test('of paths that no provider owns', async () => {
    expect(await dateOf('/nowhere')).toBe('Tue, 01 Jan 2030 00:00:00 GMT');
  });

  test('in the first and in the last year', async () => {
    await lk.request.put('/_latchkey/clock').send({ now: '0001-01-01T00:00:00Z' }).expect(200);
    expect(await dateOf('/health')).toBe('Mon, 01 Jan 0001 00:00:00 GMT');
    await lk.request.put('/_latchkey/clock').send({ now: '9999-12-31T23:59:59Z' }).expect(200);
    expect(await dateOf('/health')).toBe('Fri, 31 Dec 9999 23:59:59 GMT');
  });

  test('comes once, and a fault may set it', async () => {
    const effect = { respond: { status: 200, headers: { date: 'Thu, 01 Jan 1970 00:00:00 GMT' }, body: {} } };
    await lk.request.post('/_latchkey/faults').send({ effect }).expect(200);
    expect(await dateOf('/health')).toBe('Thu, 01 Jan 1970 00:00:00 GMT');
  });

  test('of the control plane is in real time', async () => {
    expect(await dateOf('/_latchkey/clock')).not.toContain('2030');
  });

  test.each(seededCalls)('stands where Node writes its own: behind the headers of $provider', async (call) => {
    const { provider, path, header, scheme, secret } = call;
    const accepted = { [header]: scheme + secret };
    for (const headers of [accepted, {}]) {
      expect((await headerNames(`/${provider}${path}`, headers)).slice(-2)).toEqual(['Date', 'Connection']);
    }
    // Its head is written otherwise: the body of the answer is a stream.
    await lk.request
      .post('/_latchkey/faults')
      .send({ effect: { slowBody: '1ms' } })
      .expect(200);
    expect((await headerNames(`/${provider}${path}`, accepted)).slice(-2)).toEqual(['Date', 'Connection']);
  });

  test('stands there in answers that no provider gives', async () => {
    expect((await headerNames('/nowhere', {})).slice(-2)).toEqual(['Date', 'Connection']);
  });
});
