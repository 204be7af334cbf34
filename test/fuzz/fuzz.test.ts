import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { loadProviders } from '../../src/providers/index.ts';
import type { FuzzTarget } from '../providers/fuzz-target.ts';
import { emulatorForTests } from '../support/emulator.ts';
import { type FuzzedRequest, requests } from './requests.ts';

/** So many for each provider; the gate asks for more (`npm run fuzz`). */
const count = Number(process.env['FUZZ_REQUESTS'] ?? 1000);
/** Longer than anything takes, even on a machine that is busy: what takes longer hangs. */
const patienceMs = 10_000;
/** What tells of our inside: a stack, a path, a module, SQL. */
const inside = /\n\s+at |node_modules|\.ts:\d+|SQLITE|SqliteError|api_keys|FST_ERR|Internal Server Error: (?!Unexpected)/;

const lk = emulatorForTests();
const agent = new Agent({ keepAlive: true });
afterAll(() => agent.destroy());
const providers = await loadProviders();

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

describe.each(providers.map((provider) => [provider.name, provider] as const))('%s', async (name, provider) => {
  const { target }: { readonly target: FuzzTarget } = await import(`../providers/${name}/fuzz.ts`);

  test('whatever it is sent, it answers in time, in its own words, and what it refuses changes nothing', async () => {
    const aims = await aimsOf(name, provider.unimplemented);
    let sent = 0;
    await fc.assert(
      fc.asyncProperty(requests(target, aims), async (request) => {
        if (sent++ % 250 === 0) await lk.world.reset('everything');
        const before = await stateOf(name, target);
        const answer = await send(`${lk.url}/${name}`, request);
        expect(answer.body).not.toMatch(inside);
        if (answer.status >= 500) expect(isKnown(answer, target), `${answer.status} ${answer.body}`).toBe(true);
        if (answer.status >= 400) expect(await stateOf(name, target)).toBe(before);
      }),
      { numRuns: count, interruptAfterTimeLimit: 600_000, markInterruptAsFailure: true },
    );
  }, 620_000);
});

async function aimsOf(name: string, unimplemented: readonly { readonly method: string; readonly path: string }[]) {
  const { body } = await lk.request.get('/_latchkey/providers').expect(200);
  const found: { readonly operations: readonly { readonly method: string; readonly path: string }[] } | undefined =
    body.providers.find((one: { readonly name: string }) => one.name === name);
  const operations = found?.operations ?? [];
  // Those that are emulated deserve most of the attention.
  return [...operations, ...operations, ...operations, ...unimplemented];
}

function isKnown({ status, headers, body }: Answer, target: FuzzTarget): boolean {
  return (status === 501 && headers.link !== undefined) || target.isKnownFailure(status, body);
}

/** Everything that is stored, but for uses and for what the provider counts of its refusals. */
async function stateOf(provider: string, { bookkeeping = [] }: FuzzTarget): Promise<string> {
  const keys = await lk.world.keys(provider).find({});
  const resources = await lk.world.resources(provider).listAll();
  const kept = resources.filter(({ kind }) => !bookkeeping.includes(kind));
  return JSON.stringify([keys.map((key) => ({ ...key, lastUsedAt: null })), kept]);
}

function send(base: string, { method, path, headers, body }: FuzzedRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // Node would send the body of a DELETE without saying how long it is.
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const options = { method, headers: { ...headers, ...length }, agent, timeout: patienceMs };
    const sending = httpRequest(base + path, options, async (response) => {
      const parts: Buffer[] = [];
      for await (const part of response) parts.push(part);
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts).toString('utf8') });
    });
    sending.on('timeout', () => sending.destroy(new Error(`${method} ${path} hangs`)));
    sending.on('error', reject);
    sending.end(body);
  });
}
