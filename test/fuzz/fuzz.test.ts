import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadProviders } from '../../src/providers/index.ts';
import { emulatorForTests } from '../providers/emulator.ts';
import type { FuzzTarget } from '../providers/fuzz-target.ts';
import { requests } from './requests.ts';
import { type Answer, aimsOf, send } from './sending.ts';

/** Requests to each provider; `npm run fuzz` sends more. */
const count = Number(process.env['FUZZ_REQUESTS'] ?? 1000);
/** Text that gives our internals away: a stack, a path, a module, SQL. */
const inside = /\n\s+at |node_modules|\.ts:\d+|SQLITE|SqliteError|api_keys|FST_ERR|Internal Server Error: (?!Unexpected)/;

const lk = emulatorForTests();
const providers = await loadProviders();

describe.each(providers.map((provider) => [provider.name, provider] as const))('%s', async (name, provider) => {
  const { target }: { readonly target: FuzzTarget } = await import(`../providers/${name}/fuzz.ts`);

  test('answers every request in time and in its own words, and a refused request changes nothing', async () => {
    const aims = await aimsOf(lk, name, provider.unimplemented);
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

function isKnown({ status, headers, body }: Answer, target: FuzzTarget): boolean {
  return (status === 501 && headers.link !== undefined) || target.isKnownFailure(status, body);
}

/** Everything that is stored, except uses of keys and the provider's counts of refused requests. */
async function stateOf(provider: string, { bookkeeping = [] }: FuzzTarget): Promise<string> {
  const keys = await lk.world.keys(provider).find({});
  const resources = await lk.world.resources(provider).listAll();
  const kept = resources.filter(({ kind }) => !bookkeeping.includes(kind));
  return JSON.stringify([keys.map((key) => ({ ...key, lastUsedAt: null })), kept]);
}
