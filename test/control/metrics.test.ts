import { beforeEach, describe, expect, test } from 'vitest';
import * as estuary from '../providers/estuary/estuary.ts';
import { startTestEmulator, type TestEmulator } from '../support/emulator.ts';

/** Metrics count from the start of an emulator on, so every test has an emulator of its own. */
let lk: TestEmulator;
beforeEach(async () => {
  lk = await startTestEmulator();
  return () => lk.close();
});

const metrics = async () => (await lk.request.get('/_latchkey/metrics').expect(200)).text;

/** The lines of a metric, without those of other names. */
async function linesOf(name: string): Promise<string[]> {
  return (await metrics()).split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
}

const counted = (labels: string, count: number) => `latchkey_requests_total{${labels}} ${count}`;

test('metrics are text in the format of Prometheus, each with its help and type once', async () => {
  await lk.request.get('/viewer').expect(401);
  const { text, headers } = await lk.request.get('/_latchkey/metrics').expect(200);
  expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(text.endsWith('\n')).toBe(true);
  const said = text.split('\n').filter((line) => line.startsWith('# TYPE '));
  expect(new Set(said).size).toBe(said.length);
  expect(said).toEqual(
    expect.arrayContaining([
      '# TYPE latchkey_requests_total counter',
      '# TYPE latchkey_request_duration_ms histogram',
      '# TYPE latchkey_keys gauge',
      '# TYPE latchkey_worlds gauge',
      '# TYPE latchkey_mutant gauge',
      '# TYPE process_cpu_seconds_total counter',
    ]),
  );
  const typed = said.map((line) => line.split(' ')[2] ?? '');
  const sample = /^[a-z_]\w*(?:\{(?:\w+="(?:[^"\\\n]|\\.)*",?)*\})? (?:-?[\d.e+-]+|NaN|[+-]Inf)$/i;
  for (const line of text.split('\n').filter((one) => one !== '' && !one.startsWith('#'))) {
    expect(line).toMatch(sample);
    expect(typed.some((name) => line.startsWith(name))).toBe(true);
  }
});

test('a latchkey that does not err on purpose says so', async () => {
  expect(await linesOf('latchkey_mutant')).toEqual(['latchkey_mutant 0']);
});

test('requests are counted by world, provider, operation and status', async () => {
  for (let count = 0; count < 3; count++) await lk.request.get('/viewer').set('Authorization', estuary.alice).expect(200);
  await lk.request.get('/viewer').expect(401);
  await lk.request.get('/~checkout/v1/orgs/self').expect(401);
  await lk.request.get('/estuary/nowhere').expect(404);
  await lk.request.post('/_latchkey/faults').send({ effect: { reset: true } });
  await expect(fetch(`${lk.url}/health`)).rejects.toThrow();
  expect((await linesOf('latchkey_requests_total')).sort()).toEqual([
    counted('world="checkout",provider="rockset",operation="getOrganization",status="401"', 1),
    counted('world="default",provider="estuary",operation="",status="404"', 1),
    counted('world="default",provider="estuary",operation="healthGet",status="0"', 1),
    counted('world="default",provider="estuary",operation="viewerGet",status="200"', 3),
    counted('world="default",provider="estuary",operation="viewerGet",status="401"', 1),
  ]);
});

test('calls of the control plane and forward-auth are not counted', async () => {
  await lk.request.get('/_latchkey/keys').expect(200);
  await lk.request.get('/_latchkey/authorize/estuary').expect(401);
  expect(await linesOf('latchkey_requests_total')).toEqual([]);
});

test('durations are a histogram: each class counts the durations up to its bound, the last class all', async () => {
  await lk.request.post('/_latchkey/faults').send({ effect: { delay: '60ms' } });
  for (let count = 0; count < 4; count++) await lk.request.get('/health').expect(200);
  const buckets = await linesOf('latchkey_request_duration_ms_bucket');
  const counts = buckets.map((line) => Number(line.split(' ')[1]));
  const ends = ['1', '2', '5', '10', '25', '50', '100', '250', '500', '1000', '5000', '+Inf'];
  expect(buckets.map((line) => line.split(' ')[0])).toEqual(
    ends.map((end) => `latchkey_request_duration_ms_bucket{provider="estuary",le="${end}"}`),
  );
  expect(counts).toEqual(counts.toSorted((one, other) => one - other));
  expect(counts[5]).toBeLessThan(4);
  expect(counts.at(-1)).toBe(4);
  expect(await linesOf('latchkey_request_duration_ms_count')).toEqual([
    'latchkey_request_duration_ms_count{provider="estuary"} 4',
  ]);
  const [sum = ''] = await linesOf('latchkey_request_duration_ms_sum');
  expect(Number(sum.split(' ')[1])).toBeGreaterThanOrEqual(59);
});

describe('worlds', () => {
  test('are counted, and the keys of each', async () => {
    await lk.request.get('/~checkout/health').expect(200);
    expect(await linesOf('latchkey_worlds')).toEqual(['latchkey_worlds 2']);
    const keys = (await lk.request.get('/_latchkey/keys')).body.total;
    expect(await linesOf('latchkey_keys')).toEqual([
      `latchkey_keys{world="default"} ${keys}`,
      `latchkey_keys{world="checkout"} ${keys}`,
    ]);
    await lk.request.get('/~checkout/register-new-token').expect(200);
    expect((await linesOf('latchkey_keys'))[1]).toBe(`latchkey_keys{world="checkout"} ${keys + 1}`);
  });

  test('are forgotten once they are dropped', async () => {
    await lk.request.get('/~checkout/health').expect(200);
    await lk.request.get('/health').expect(200);
    expect(await metrics()).toContain('checkout');
    await lk.request.delete('/_latchkey/worlds/checkout').expect(200);
    expect(await metrics()).not.toContain('checkout');
    expect(await linesOf('latchkey_requests_total')).toEqual([
      counted('world="default",provider="estuary",operation="healthGet",status="200"', 1),
    ]);
  });

  test('all give the same metrics: those of the whole emulator', async () => {
    await lk.request.get('/~checkout/health').expect(200);
    const { text } = await lk.request.get('/~checkout/_latchkey/metrics').expect(200);
    expect(text).toContain(counted('world="checkout",provider="estuary",operation="healthGet",status="200"', 1));
    expect(text).toContain('latchkey_worlds 2');
  });

  test('keep counting over a reset: a counter never falls', async () => {
    await lk.request.get('/health').expect(200);
    await lk.world.reset('everything');
    await lk.request.get('/health').expect(200);
    expect(await linesOf('latchkey_requests_total')).toEqual([
      counted('world="default",provider="estuary",operation="healthGet",status="200"', 2),
    ]);
  });
});

test('there are only as many lines as worlds, operations and statuses, whatever clients send', async () => {
  for (let count = 0; count < 50; count++) await lk.request.get(`/estuary/path-${count}`).set('Authorization', `Bearer ${count}`);
  expect(await linesOf('latchkey_requests_total')).toEqual([
    counted('world="default",provider="estuary",operation="",status="404"', 50),
  ]);
});
