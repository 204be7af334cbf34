import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Exchange, exchange } from '../../control/exchange.ts';
import { type Serving, serveCommand } from '../../support/command.ts';

// The client would keep its connections.
const keeping = { connection: 'keep-alive' };
const headers = { ...keeping, authorization: 'Bearer EST00000000-0000-4000-8000-000000000002ARY' };
const issue = ({ url }: Serving) => exchange(`${url}/user/api-keys`, { method: 'POST', headers });
const stopping = '{"status":"not ready","reason":"latchkey is stopping"}\n';

/** Asks until it is no longer ready. */
async function notReady({ url }: Serving): Promise<Exchange> {
  for (;;) {
    const answer = await exchange(`${url}/_latchkey/ready`, { headers: keeping });
    if (answer.status !== 200) return answer;
  }
}

describe('--drain', () => {
  test('requests are answered between the signal and the end, on connections that end; nothing that was answered is lost', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-drain-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const db = join(folder, 'keys.sqlite');
    const serving = await serveCommand(['--db', db, '--drain', '1s']);
    expect((await issue(serving)).headers.connection).toBe('keep-alive');
    const began = performance.now();
    const end = serving.stop();
    const { status, body, headers: head } = await notReady(serving);
    expect([status, body, head.connection]).toEqual([503, stopping, 'close']);
    const issued: string[] = [];
    for (;;) {
      const answer = await issue(serving);
      if (answer.status === undefined) break;
      expect([answer.status, answer.headers.connection, answer.failure]).toEqual([200, 'close', undefined]);
      issued.push(JSON.parse(answer.body).token);
    }
    const { status: ended, stderr } = await end;
    expect(performance.now() - began).toBeGreaterThan(990);
    expect(ended).toBe(0);
    expect(JSON.parse(stderr).msg).toBe('it is no longer ready, and stops in 1 s: until then it answers');
    expect(issued.length).toBeGreaterThan(0);
    const again = await serveCommand(['--db', db]);
    const listed: readonly { readonly token: string }[] = JSON.parse(
      (await exchange(`${again.url}/user/api-keys`, { headers })).body,
    );
    const kept = new Set(listed.map(({ token }) => token));
    expect(issued.filter((token) => !kept.has(token))).toEqual([]);
  });

  test.each([
    ['SIGTERM', 'SIGTERM'],
    ['SIGTERM', 'SIGINT'],
    ['SIGINT', 'SIGINT'],
  ] as const)('%s begins it, and %s ends it at once, with status 0', async (first, second) => {
    const serving = await serveCommand([], { env: { LATCHKEY_DRAIN: '5m' } });
    serving.child.kill(first);
    expect((await notReady(serving)).body).toBe(stopping);
    expect((await issue(serving)).status).toBe(200);
    expect(await serving.stop(second)).toMatchObject({ status: 0 });
  });

  test('SIGHUP ends it too', async () => {
    const serving = await serveCommand(['--drain', '5m']);
    serving.child.kill('SIGTERM');
    await notReady(serving);
    expect(await serving.stop('SIGHUP')).toMatchObject({ status: 0 });
  });
});
