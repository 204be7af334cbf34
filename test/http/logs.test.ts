import { beforeEach, describe, expect, test } from 'vitest';
import * as estuary from '../providers/estuary/estuary.ts';
import * as whylabs from '../providers/whylabs/whylabs.ts';
import { startTestEmulator, type TestEmulator } from '../support/emulator.ts';
import { keptLog } from '../support/log-lines.ts';

/** Starts an emulator that logs at a level. Gives it and the parsed lines about requests, without what differs at every start. */
async function logging(level: 'trace' | 'debug' | 'info' | 'warn'): Promise<TestEmulator & { lines(): object[] }> {
  const { logger, lines } = keptLog(level);
  const started = await startTestEmulator({ logger });
  const read = () =>
    lines.map((line): object => {
      const { pid: _pid, hostname: _hostname, time: _time, ...rest } = JSON.parse(line);
      return rest;
    });
  return { ...started, lines: read };
}

/** Requests of every outcome: accepted, refused, without a key, in another world, for an unknown path, hit by a fault. */
async function sendSome({ request, url }: TestEmulator): Promise<void> {
  await request.get('/viewer').set('Authorization', estuary.alice).expect(200);
  await request.get('/viewer').set('Authorization', 'Bearer unknown').expect(401);
  await request.get('/health').expect(200);
  await request.get('/~checkout/v1/api-key/validate').set('X-API-Key', whylabs.admin).expect(200);
  await request.get('/rockset/nowhere').expect(404);
  await request.post('/_latchkey/faults').send({ effect: { reset: true } });
  await fetch(`${url}/health`).catch(() => undefined);
}

let lk: Awaited<ReturnType<typeof logging>>;

describe('at level debug', () => {
  beforeEach(async () => {
    lk = await logging('debug');
    return () => lk.close();
  });

  test('every request has one line, with its world, provider, operation, key, status and code', async () => {
    await sendSome(lk);
    const keyOf = async (world: string, owner: string) => (await (await lk.worlds.open(world)).store.keys.find({ owner }))[0]?.id;
    const answered = { level: 20, msg: 'answered', world: 'default', provider: 'estuary' };
    const lines = lk.lines().filter((line) => 'msg' in line && line.msg === 'answered');
    expect(lines).toEqual([
      { ...answered, operation: 'viewerGet', key: await keyOf('default', '2'), status: 200, code: null },
      { ...answered, operation: 'viewerGet', status: 401, code: 'key_unknown' },
      { ...answered, operation: 'healthGet', status: 200, code: null },
      {
        ...{ ...answered, world: 'checkout', provider: 'whylabs', operation: 'ValidateApiKey' },
        ...{ key: await keyOf('checkout', 'user-admin'), status: 200, code: null },
      },
      { ...answered, provider: 'rockset', operation: null, status: 404, code: 'route_not_found' },
      { ...answered, operation: 'healthGet', status: 0, code: null },
    ]);
  });

  test('calls of the control plane have no line', async () => {
    await lk.request.get('/_latchkey/keys').expect(200);
    expect(lk.lines()).toEqual([]);
  });
});

describe.each(['info', 'warn'] as const)('at level %s', (level) => {
  beforeEach(async () => {
    lk = await logging(level);
    return () => lk.close();
  });

  test('no request has a line, whatever its outcome', async () => {
    await sendSome(lk);
    expect(lk.lines()).toEqual([]);
  });
});

test('at level trace requests have the same lines as at debug', async () => {
  const [traced, debugged] = [await logging('trace'), await logging('debug')];
  try {
    for (const one of [traced, debugged]) await sendSome(one);
    const shapes = (lines: object[]) => lines.map((line) => ({ ...line, key: undefined }));
    expect(shapes(traced.lines())).toEqual(shapes(debugged.lines()));
  } finally {
    await Promise.all([traced.close(), debugged.close()]);
  }
});
